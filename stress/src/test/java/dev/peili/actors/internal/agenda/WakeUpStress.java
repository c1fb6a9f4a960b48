package dev.peili.actors.internal.agenda;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.peili.stress.Meeting;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIII_Result;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * Promise G6 for a group that is queued by whoever finds it idle: what comes in while its last turn ends, or while others
 * queue it, is begun, or offered in the run queue and somebody is told.
 */
final class WakeUpStress {
    private WakeUpStress() {}

    private static final int FIRST = 1;
    private static final int SECOND = 2;
    private static final int OPENING = 3;

    /** A task comes in while the group's last turn ends and its seat looks for more. */
    @JCStressTest
    @Outcome(
            id = "1, 0, 0",
            expect = ACCEPTABLE,
            desc = "Queued while the turn was open: its end found it, and nobody was told.")
    @Outcome(id = "1, 0, 1", expect = ACCEPTABLE, desc = "Offered after the end, and found by the seat all the same.")
    @Outcome(id = "0, 1, 1", expect = ACCEPTABLE, desc = "Offered after the seat had looked; somebody is told.")
    @Outcome(id = "0, 1, 0", expect = FORBIDDEN, desc = "Offered, but nobody is told.")
    @Outcome(id = "0, 0, .", expect = FORBIDDEN, desc = "Lost: the end did not see it, and it saw the turn still open.")
    @State
    public static class EnqueueAgainstEndAndNext {
        private final Meeting meeting = new Meeting(2);
        private final Scene scene = new Scene();
        private final Job first = Job.task(scene.doc, FIRST);

        public EnqueueAgainstEndAndNext() {
            scene.open(scene.seat, Job.task(scene.doc, OPENING));
        }

        @Actor
        public void owner(III_Result r) {
            meeting.await();
            r.r1 = scene.endAndNext(scene.seat);
        }

        @Actor
        public void enqueuer() {
            meeting.await();
            scene.enqueue(first);
        }

        @Arbiter
        public void afterwards(III_Result r) {
            r.r2 = scene.agenda.hasReady() ? 1 : 0;
            r.r3 = scene.told() ? 1 : 0;
        }
    }

    /** The same with an end that looks for nothing, as that of a turn on top of another. */
    @JCStressTest
    @Outcome(id = "0, 1, 1", expect = ACCEPTABLE, desc = "Whoever came later has offered it, and somebody is told.")
    @Outcome(expect = FORBIDDEN, desc = "Lost: the end did not see it, and it saw the turn still open.")
    @State
    public static class EnqueueAgainstEnd {
        private final Meeting meeting = new Meeting(2);
        private final Scene scene = new Scene();
        private final Job first = Job.task(scene.doc, FIRST);

        public EnqueueAgainstEnd() {
            scene.open(scene.seat, Job.task(scene.doc, OPENING));
        }

        @Actor
        public void owner() {
            meeting.await();
            scene.agenda.end(scene.seat);
        }

        @Actor
        public void enqueuer() {
            meeting.await();
            scene.enqueue(first);
        }

        @Arbiter
        public void afterwards(III_Result r) {
            r.r2 = scene.agenda.hasReady() ? 1 : 0;
            r.r3 = scene.told() ? 1 : 0;
        }
    }

    /** Two threads queue something for one idle group, in two categories, and each looks for work itself. */
    @JCStressTest
    @Outcome(
            id = {"1, 0, 0, 1", "2, 0, 1, 0"},
            expect = ACCEPTABLE,
            desc = "The first seat began one of them; the other waits for its end.")
    @Outcome(
            id = {"0, 1, 0, 1", "0, 2, 1, 0"},
            expect = ACCEPTABLE,
            desc = "The second seat began one of them; the other waits for its end.")
    @Outcome(id = "0, 0, ., .", expect = FORBIDDEN, desc = "Nobody offered the group.")
    @Outcome(id = "[12], [12], ., .", expect = FORBIDDEN, desc = "G1: both seats have a turn of the group open.")
    @Outcome(expect = FORBIDDEN, desc = "One of them was lost or begun twice.")
    @State
    public static class TwoEnqueuersWhoTake {
        private final Meeting meeting = new Meeting(2);
        private final Scene scene = new Scene();

        @Actor
        public void first(IIII_Result r) {
            meeting.await();
            scene.enqueue(Job.task(scene.doc, FIRST));
            r.r1 = scene.next(scene.seat);
        }

        @Actor
        public void second(IIII_Result r) {
            meeting.await();
            scene.enqueue(Job.otherTask(scene.doc, SECOND));
            r.r2 = scene.next(scene.other);
        }

        @Arbiter
        public void afterwards(IIII_Result r) {
            int[] begun = scene.drain();
            r.r3 = begun[FIRST];
            r.r4 = begun[SECOND];
        }
    }

    /** Two threads queue something for one idle group, and a third takes. */
    @JCStressTest
    @Outcome(id = "0, 1, 1", expect = ACCEPTABLE, desc = "The taker looked before the group was offered.")
    @Outcome(id = "1, 0, 1", expect = ACCEPTABLE, desc = "The taker began the first; the second waits for its end.")
    @Outcome(id = "2, 1, 0", expect = ACCEPTABLE, desc = "The taker began the second; the first waits for its end.")
    @Outcome(expect = FORBIDDEN, desc = "One of them was lost or begun twice.")
    @State
    public static class TwoEnqueuersAndATaker {
        private final Meeting meeting = new Meeting(3);
        private final Scene scene = new Scene();

        @Actor
        public void first() {
            meeting.await();
            scene.enqueue(Job.task(scene.doc, FIRST));
        }

        @Actor
        public void second() {
            meeting.await();
            scene.enqueue(Job.task(scene.doc, SECOND));
        }

        @Actor
        public void taker(III_Result r) {
            meeting.await();
            r.r1 = scene.next(scene.seat);
        }

        @Arbiter
        public void afterwards(III_Result r) {
            int[] begun = scene.drain();
            r.r2 = begun[FIRST];
            r.r3 = begun[SECOND];
        }
    }
}
