package dev.peili.actors.internal.agenda;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.peili.stress.Meeting;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** {@link BriefLock}: one at a time, and who comes next sees what the one before has written. */
final class BriefLockStress {
    private BriefLockStress() {}

    @JCStressTest
    @Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "The first actor had the lock first.")
    @Outcome(id = "2, 1", expect = ACCEPTABLE, desc = "The second actor had the lock first.")
    @Outcome(id = "1, 1", expect = FORBIDDEN, desc = "Both had the lock at the same time, or one saw an old count.")
    @State
    public static class OneAtATime extends BriefLock {
        private int count;

        @Actor
        public void first(II_Result r) {
            lock();
            r.r1 = ++count;
            unlock();
        }

        @Actor
        public void second(II_Result r) {
            lock();
            r.r2 = ++count;
            unlock();
        }
    }

    @JCStressTest
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "The reader had the lock first.")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "The writer had the lock first; all of its writes are seen.")
    @Outcome(id = "1, 0", expect = FORBIDDEN, desc = "A write moved out of the critical section.")
    @Outcome(id = "0, 1", expect = FORBIDDEN, desc = "A write or a read moved out of the critical section.")
    @State
    public static class AllWritesAreSeen extends BriefLock {
        private int x;
        private int y;

        @Actor
        public void writer() {
            lock();
            x = 1;
            y = 1;
            unlock();
        }

        @Actor
        public void reader(II_Result r) {
            lock();
            r.r1 = x;
            r.r2 = y;
            unlock();
        }
    }

    /**
     * The holder comes back at once whenever it has given the lock back, and now and then keeps it for longer than anybody
     * spins, until the sleeper has had it often enough.
     */
    @JCStressTest
    @Outcome(id = "0", expect = ACCEPTABLE, desc = "Who found the lock taken spun, or slept, and then had it alone.")
    @Outcome(expect = FORBIDDEN, desc = "Who came back from spinning or sleeping went in beside the other.")
    @State
    public static class LongHolder extends BriefLock {
        private static final int LONG = 600;
        private static final int EVERY = 64;
        private static final int TIMES_OF_SLEEPER = 4;

        private final Meeting meeting = new Meeting(2);
        private volatile boolean enough;
        private int count;
        private int timesOfHolder;

        @Actor
        public void holder() {
            meeting.await();
            for (int times = 0; !enough; times++) {
                lock();
                int before = count;
                if (times % EVERY == 0) {
                    for (int spins = 0; spins < LONG; spins++) {
                        Thread.onSpinWait();
                    }
                }
                count = before + 1;
                unlock();
                timesOfHolder++;
            }
        }

        @Actor
        public void sleeper() {
            meeting.await();
            for (int times = 0; times < TIMES_OF_SLEEPER; times++) {
                lock();
                count++;
                unlock();
            }
            enough = true;
        }

        @Arbiter
        public void afterwards(I_Result r) {
            r.r1 = count - timesOfHolder - TIMES_OF_SLEEPER;
        }
    }
}
