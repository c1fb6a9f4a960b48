package dev.peili.testkit.internal;

import dev.peili.testkit.CannotSimulateException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What other threads brought, and why the schedule cannot be simulated, be it for that or for something else. Thread-safe.
 */
final class Strays {
    private static final long LOOK_NANOS = 1_000_000;

    /** Something that was to run, and who brought it. */
    private record Stray(Thread thread, Runnable runnable) {}

    private final Queue<Stray> strays = new ConcurrentLinkedQueue<>();
    private volatile @Nullable CannotSimulateException obstacle;

    /** Keeps it, so that nothing is lost of what the actor system itself needs. */
    void add(Runnable runnable) {
        strays.add(new Stray(Thread.currentThread(), runnable));
    }

    /** Hands over what has come. */
    void drainTo(Consumer<Runnable> receiver) {
        for (Stray stray = strays.poll(); stray != null; stray = strays.poll()) {
            receiver.accept(stray.runnable());
        }
    }

    /**
     * A schedule begins on the calling thread. What this thread itself brought between two schedules is what they begin with;
     * what others brought belongs to one that is over. False if there is nothing.
     */
    boolean begin(Consumer<Runnable> receiver) {
        obstacle = null;
        boolean any = !strays.isEmpty();
        for (Stray stray : strays) {
            if (stray.thread() != Thread.currentThread()) {
                obstacle = Obstacles.late(stray.thread(), stray.runnable());
            }
        }
        drainTo(receiver);
        return any;
    }

    /** Takes note of what another thread did. */
    void note(String did, Object subject) {
        if (obstacle == null) {
            obstacle = Obstacles.stray(Thread.currentThread(), did, subject);
        }
    }

    void obstacle(CannotSimulateException found) {
        obstacle = found;
    }

    @Nullable
    CannotSimulateException obstacle() {
        return obstacle;
    }

    /** Gives other threads some real time to come up, and ends early if one has. */
    void await(long nanos) {
        long end = System.nanoTime() + nanos;
        while (obstacle == null
                && System.nanoTime() < end
                && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(this, LOOK_NANOS);
        }
    }
}
