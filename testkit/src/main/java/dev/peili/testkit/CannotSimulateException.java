package dev.peili.testkit;

/**
 * Something was done that no schedule can repeat: work came from another thread, or the schedule's thread blocked. The
 * message says who did what and what to do instead; the cause is where.
 */
public final class CannotSimulateException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    /** Made by the simulation. */
    public CannotSimulateException(String message, Throwable where) {
        super(message, where);
    }
}
