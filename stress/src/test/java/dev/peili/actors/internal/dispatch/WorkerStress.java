package dev.peili.actors.internal.dispatch;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.peili.actors.internal.agenda.Node;
import dev.peili.stress.Meeting;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * Promise G6 between {@link Workers} and a {@link Worker}: no wake-up and no permit is lost.
 *
 * <p>In some of these tests an actor runs a worker's loop itself. That worker's permit is not counted, so a pool made for
 * no permits has one when the worker gives its up. Nobody uses the pool, so a worker that finds nothing to do ends.
 */
final class WorkerStress {
    private WorkerStress() {}

    @SuppressWarnings("DoNotCall") // an actor takes the place of the worker's thread
    private static void loop(Worker worker) {
        worker.run();
    }

    /** Work comes in while the only worker looks for the last time, stops searching, and gives its permit back. */
    @JCStressTest
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "The worker has found it, the last time it looked.")
    @Outcome(
            id = "1, 0",
            expect = ACCEPTABLE,
            desc = "Somebody saw it and a free permit, and has woken another worker.")
    @Outcome(
            id = "0, .",
            expect = FORBIDDEN,
            desc = "The worker looked too early, and who queued it saw it still at work.")
    @Outcome(expect = FORBIDDEN, desc = "Run twice.")
    @State
    public static class EnqueueAgainstBecomingIdle {
        private final Meeting meeting = new Meeting(2, 40);
        private final Workers workers = Pool.workers(0);
        private final Worker worker = new Worker(workers, workers.agenda().newSeat(), "stress");
        private final Thread[] ranOn = new Thread[1];
        private final Pool.Counted work = new Pool.Counted(workers.agenda().newTabGroup("tab")) {
            @Override
            public void run() {
                ranOn[0] = Thread.currentThread();
                super.run();
            }
        };

        public EnqueueAgainstBecomingIdle() {
            worker.grant(false);
        }

        @Actor
        public void worker() {
            meeting.await();
            loop(worker);
        }

        @Actor
        public void enqueuer() {
            meeting.await();
            workers.enqueue(work);
        }

        @Arbiter
        public void afterwards(II_Result r) {
            Pool.await(work::hasRun);
            r.r1 = work.times();
            r.r2 = ranOn[0] instanceof Worker ? 0 : 1;
        }
    }

    /** Work comes in while the one worker that searches has found something that takes long; there is another permit. */
    @JCStressTest
    @Outcome(
            id = "1, 1",
            expect = ACCEPTABLE,
            desc = "Woken by whoever queued it, or by the one that stopped searching.")
    @Outcome(expect = FORBIDDEN, desc = "Who queued it relied on the search, and who searched did not look once more.")
    @State
    public static class EnqueueAgainstStopSearching {
        private final Meeting meeting = new Meeting(2, 40);
        private final Workers workers = Pool.workers(1);
        private final Worker worker = new Worker(workers, workers.agenda().newSeat(), "stress");
        private final Pool.Counted second = new Pool.Counted(workers.agenda().newTabGroup("second"));
        private final Pool.Counted first = new Pool.Counted(workers.agenda().newTabGroup("first")) {
            @Override
            public void run() {
                if (Pool.await(second::hasRun)) {
                    super.run();
                }
            }
        };

        public EnqueueAgainstStopSearching() {
            workers.startSearching();
            worker.grant(true);
            workers.enqueue(first);
        }

        @Actor
        public void worker() {
            meeting.await();
            loop(worker);
        }

        @Actor
        public void enqueuer() {
            meeting.await();
            workers.enqueue(second);
        }

        @Arbiter
        public void afterwards(II_Result r) {
            Pool.await(second::hasRun);
            r.r1 = first.times();
            r.r2 = second.times();
        }
    }

    /** Work comes in while the only worker, a thread of its own, goes to sleep or is asleep. */
    @JCStressTest
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "Kept from sleeping, or woken with a permit.")
    @Outcome(expect = FORBIDDEN, desc = "It slept on: the permit was given before it waited for one, and not seen.")
    @State
    public static class EnqueueAgainstSleep {
        private final Meeting pause = new Meeting(1, 500);
        private final Workers workers = Pool.workers(1);
        private final Node node = workers.agenda().newTabGroup("tab");
        private final Pool.Counted first = new Pool.Counted(node);
        private final Pool.Counted second = new Pool.Counted(node);

        public EnqueueAgainstSleep() {
            workers.retain();
        }

        @Actor
        public void user() {
            workers.enqueue(first);
            Pool.await(first::hasRun);
            pause.await();
            workers.enqueue(second);
        }

        @Arbiter
        public void afterwards(II_Result r) {
            Pool.await(second::hasRun);
            r.r1 = first.times();
            r.r2 = second.times();
            workers.release();
        }
    }

    /** A permit is given to a worker that begins to wait for one. */
    @JCStressTest
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "Given before or after it went to sleep, the permit is there.")
    @Outcome(id = "0", expect = FORBIDDEN, desc = "It slept on.")
    @State
    public static class GrantAgainstAwait {
        private final Meeting meeting = new Meeting(2, 2000);
        private final Workers workers = Pool.workers(0);
        private final Worker worker = new Worker(workers, workers.agenda().newSeat(), "stress");

        public GrantAgainstAwait() {
            worker.setDaemon(true);
        }

        @Actor
        public void starter() {
            worker.start();
            meeting.await();
        }

        @Actor
        public void granter() {
            meeting.await();
            worker.grant(false);
        }

        @Arbiter
        public void afterwards(I_Result r) {
            r.r1 = Pool.await(() -> !worker.isAlive()) ? 1 : 0;
        }
    }

    /** A permit is given to a worker that waits for one with a limit of time, as often as that is over. */
    @JCStressTest
    @Outcome(id = "1, 1, 0", expect = ACCEPTABLE, desc = "It got the permit, with what was written before, and once.")
    @Outcome(id = "., 0, .", expect = FORBIDDEN, desc = "It went on without what had been written before.")
    @Outcome(expect = FORBIDDEN, desc = "The permit was lost, or is there twice.")
    @State
    public static class GrantAgainstTimeout {
        private final Meeting meeting = new Meeting(2);
        private final Workers workers = Pool.workers(0);
        private final Worker worker = new Worker(workers, workers.agenda().newSeat(), "stress");
        private int written;

        @Actor
        public void waiter(III_Result r) {
            meeting.await();
            r.r1 = Pool.await(() -> worker.awaitGrant(1)) ? 1 : 0;
            r.r2 = written;
        }

        @Actor
        public void granter() {
            meeting.await();
            written = 1;
            worker.grant(false);
        }

        @Arbiter
        public void afterwards(III_Result r) {
            r.r3 = worker.awaitGrant(0) ? 1 : 0;
        }
    }

    /** Two long turns with one permit: each is parked at a checkpoint for the other, and goes on again. */
    @JCStressTest
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "The permit went to the other, and came back.")
    @Outcome(expect = FORBIDDEN, desc = "The permit, or a parked turn, was lost.")
    @State
    public static class HandingOver {
        private final Meeting meeting = new Meeting(2);
        private final Workers workers = Pool.workers(1);
        private final Pool.Counted first = longWork("first");
        private final Pool.Counted second = longWork("second");

        public HandingOver() {
            workers.retain();
        }

        private Pool.Counted longWork(String label) {
            return new Pool.Counted(workers.agenda().newTabGroup(label)) {
                @Override
                public void run() {
                    boolean paused = Pool.await(() -> {
                        Workers.checkpoint();
                        return workers.pauses() > 1;
                    });
                    if (paused) {
                        super.run();
                    }
                }
            };
        }

        @Actor
        public void first() {
            meeting.await();
            workers.enqueue(first);
        }

        @Actor
        public void second() {
            meeting.await();
            workers.enqueue(second);
        }

        @Arbiter
        public void afterwards(II_Result r) {
            Pool.await(() -> first.hasRun() && second.hasRun());
            r.r1 = first.times();
            r.r2 = second.times();
            workers.release();
        }
    }
}
