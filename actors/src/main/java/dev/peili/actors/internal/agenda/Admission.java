package dev.peili.actors.internal.agenda;

/**
 * The door of a group: open until the group is closed, and drained when all that came in before has run. Guarded by the
 * lock of the family.
 */
public final class Admission {
    private final Runnable whenDrained;
    /** Written under the lock, read anywhere. */
    private volatile boolean open = true;

    private int pending;
    private boolean told;

    /** @param whenDrained called once, with no lock held, when the door is closed and nothing is pending */
    public Admission(Runnable whenDrained) {
        this.whenDrained = whenDrained;
    }

    /** Whether it is open; once it is not, it never is again. Any thread. */
    public boolean isOpen() {
        return open;
    }

    void admit() {
        pending++;
    }

    void close() {
        open = false;
    }

    void done(int count) {
        pending -= count;
    }

    /** Whether this is the moment to call {@link #drained}; true at most once. */
    boolean justDrained() {
        boolean now = !open && pending == 0 && !told;
        told |= now;
        return now;
    }

    void drained() {
        whenDrained.run();
    }
}
