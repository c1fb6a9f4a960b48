package dev.peili.actors.internal.dispatch;

import dev.peili.actors.internal.agenda.Limits;
import dev.peili.actors.internal.agenda.Node;
import dev.peili.actors.internal.agenda.Work;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;

/** What the stress tests of this package need: pools of their own, work that says that it has run, and patience. */
final class Pool {
    /** How long something may take that has been promised; a machine may be busy with other things for seconds. */
    static final long PATIENCE_NANOS = Duration.ofSeconds(10).toNanos();

    private static final VarHandle RUNNING;

    static {
        try {
            RUNNING = MethodHandles.privateLookupIn(Workers.class, MethodHandles.lookup())
                    .findVarHandle(Workers.class, "running", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private Pool() {}

    /** Workers that do not spin, hand over at each tick, and whose ticks are as short as the system's timers. */
    static Workers workers(int permits) {
        Duration nothing = Duration.ZERO;
        DispatcherSettings settings = new DispatcherSettings(
                1,
                permits,
                new Limits(1000, 256, 64, 16, 0, 1),
                Duration.ofNanos(1),
                nothing,
                true,
                8,
                false,
                new DispatcherSettings.WatchLimits(nothing, nothing, 1));
        ThreadTraits traits = new ThreadTraits("stress", true, null, Pool::failed);
        return new Workers("test", settings, traits);
    }

    /** Makes it look as if so many workers ran, who would do it with threads and too slowly to meet anybody. */
    static void running(Workers workers, int count) {
        RUNNING.setVolatile(workers, count);
    }

    private static void failed(Thread thread, Throwable failure) {
        throw new AssertionError(thread + " has failed", failure);
    }

    /** What is waited for. */
    interface Condition {
        boolean holds();
    }

    /** Waits until the condition holds; false if it does not for far longer than it should take. */
    static boolean await(Condition condition) {
        return await(condition, PATIENCE_NANOS);
    }

    @SuppressWarnings("ThreadPriorityCheck") // only saves time where there are fewer processors than threads
    static boolean await(Condition condition, long nanos) {
        long begin = System.nanoTime();
        while (!condition.holds()) {
            if (System.nanoTime() - begin > nanos) {
                return false;
            }
            Thread.yield();
        }
        return true;
    }

    /** Work that counts how often it has run. */
    static class Counted extends Work {
        private volatile int times;

        Counted(Node node) {
            super(node, 2);
        }

        int times() {
            return times;
        }

        boolean hasRun() {
            return times > 0;
        }

        @Override
        @SuppressWarnings("NonAtomicVolatileUpdate") // turns of one group never overlap
        public void run() {
            times++;
        }
    }
}
