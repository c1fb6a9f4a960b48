package dev.peili.actors.internal.agenda;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;

/**
 * A lock for critical sections of some dozen instructions that are rarely contended: one atomic operation to take it and
 * none to give it back, which is half of what a monitor costs. It is not re-entrant.
 *
 * <p>Whoever finds it taken spins for a moment and then sleeps for short times, because the holder may have been
 * taken off its core.
 */
public abstract class BriefLock {
    private static final VarHandle TAKEN;
    private static final int SPINS = 128;
    private static final int SLEEP_NANOS = 20_000;

    static {
        try {
            TAKEN = MethodHandles.lookup().findVarHandle(BriefLock.class, "taken", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @SuppressWarnings("UnusedVariable") // through the handle
    private int taken;

    public final void lock() {
        if (!TAKEN.compareAndSet(this, 0, 1)) {
            lockSlowly();
        }
    }

    private void lockSlowly() {
        for (int tries = 0; (int) TAKEN.getOpaque(this) != 0 || !TAKEN.compareAndSet(this, 0, 1); tries++) {
            if (tries < SPINS) {
                Thread.onSpinWait();
            } else {
                LockSupport.parkNanos(this, SLEEP_NANOS);
            }
        }
    }

    public final void unlock() {
        TAKEN.setRelease(this, 0);
    }
}
