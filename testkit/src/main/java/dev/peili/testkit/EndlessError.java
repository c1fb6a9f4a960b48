package dev.peili.testkit;

/** The schedule has more steps than it may: somebody keeps somebody busy for ever. */
public final class EndlessError extends AssertionError {
    private static final long serialVersionUID = 1L;

    /** Made by the simulation. */
    public EndlessError(long steps, String what) {
        super("still not " + what + " after " + steps + " steps (peili.testkit.max-steps)");
    }
}
