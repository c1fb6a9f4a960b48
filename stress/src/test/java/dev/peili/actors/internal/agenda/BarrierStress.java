package dev.peili.actors.internal.agenda;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.peili.stress.Meeting;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Promise G6 for what was found blocked: whoever ends the last thing that it waits for offers it again, even if that
 * happens while it is being found blocked.
 */
final class BarrierStress {
    private BarrierStress() {}

    private static final int BARRIER = 1;
    private static final int OLDER = 2;
    private static final int OPENING = 3;

    /** A TabGroup's task finds a document's turn open while that ends. */
    @JCStressTest
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "The turn had ended before the task was looked at.")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "Found blocked; the end of the turn has offered it again.")
    @Outcome(id = "0, 0", expect = FORBIDDEN, desc = "Found blocked, but the end of the turn saw nobody who waits.")
    @Outcome(expect = FORBIDDEN, desc = "Begun, and offered again.")
    @State
    public static class TabFindsTurnThatEnds {
        private final Meeting meeting = new Meeting(2);
        private final Scene scene = new Scene();

        public TabFindsTurnThatEnds() {
            scene.open(scene.seat, Job.task(scene.doc, OPENING));
        }

        @Actor
        public void owner() {
            meeting.await();
            scene.agenda.end(scene.seat);
        }

        @Actor
        public void tab(II_Result r) {
            meeting.await();
            scene.enqueue(Job.task(scene.tab, BARRIER));
            r.r1 = scene.next(scene.other);
        }

        @Arbiter
        public void afterwards(II_Result r) {
            r.r2 = scene.agenda.hasReady() ? 1 : 0;
        }
    }

    /** A root task claims, and counts the open turns, while the only one ends. */
    @JCStressTest
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "The turn had ended before it was counted.")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "Counted; the end of the turn has offered the root group again.")
    @Outcome(id = "0, 0", expect = FORBIDDEN, desc = "Counted, but the end of the turn did not see that it was.")
    @Outcome(expect = FORBIDDEN, desc = "Begun, and offered again.")
    @State
    public static class RootCountsTurnThatEnds {
        private final Meeting meeting = new Meeting(2);
        private final Scene scene = new Scene();

        public RootCountsTurnThatEnds() {
            scene.open(scene.seat, Job.task(scene.doc, OPENING));
        }

        @Actor
        public void owner() {
            meeting.await();
            scene.agenda.end(scene.seat);
        }

        @Actor
        public void root(II_Result r) {
            meeting.await();
            scene.enqueue(Job.task(scene.agenda.root(), BARRIER));
            r.r1 = scene.next(scene.other);
        }

        @Arbiter
        public void afterwards(II_Result r) {
            r.r2 = scene.agenda.hasReady() ? 1 : 0;
        }
    }

    /** A root task marks the lanes with older work while the only such work begins, and ends. */
    @JCStressTest
    @Outcome(id = "2, 1, 0", expect = ACCEPTABLE, desc = "The older work had ended before the root task was looked at.")
    @Outcome(
            id = "2, 0, 1",
            expect = ACCEPTABLE,
            desc = "Found blocked by either; the last of it has offered the root.")
    @Outcome(id = "2, 0, 0", expect = FORBIDDEN, desc = "Found blocked, but nobody saw that the root group waits.")
    @Outcome(
            id = "0, 2, 0",
            expect = ACCEPTABLE,
            desc = "The second seat began the older work, which blocks the root's.")
    @Outcome(id = "0, 2, 1", expect = ACCEPTABLE, desc = "The same, and the root group is offered to find that out.")
    @Outcome(id = "0, 1, .", expect = FORBIDDEN, desc = "G2: the root task overtook the older work.")
    @Outcome(expect = FORBIDDEN, desc = "One of them was lost or begun twice.")
    @State
    public static class RootMarksWorkThatBegins {
        private final Meeting meeting = new Meeting(2);
        private final Scene scene = new Scene();

        public RootMarksWorkThatBegins() {
            scene.enqueue(Job.task(scene.doc, OLDER));
        }

        @Actor
        public void owner(III_Result r) {
            meeting.await();
            r.r1 = scene.next(scene.seat);
            if (r.r1 != 0) {
                scene.agenda.end(scene.seat);
            }
        }

        @Actor
        public void root(III_Result r) {
            meeting.await();
            scene.enqueue(Job.task(scene.agenda.root(), BARRIER));
            r.r2 = scene.next(scene.other);
        }

        @Arbiter
        public void afterwards(III_Result r) {
            r.r3 = scene.agenda.hasReady() ? 1 : 0;
        }
    }

    /** A group is resumed, so that its older work stands before a root task that claims, and waits for an open turn. */
    @JCStressTest
    @Outcome(
            id = "2, 0, 1",
            expect = ACCEPTABLE,
            desc = "Resumed first: the older work began, the root task waits for it.")
    @Outcome(
            id = "0, 1, 1",
            expect = ACCEPTABLE,
            desc = "Claimed first, or both looked at what the other was changing.")
    @Outcome(id = "1, ., .", expect = FORBIDDEN, desc = "G1: the root task began beside the open turn.")
    @Outcome(expect = FORBIDDEN, desc = "A claim that cannot be met was kept, or one of them was lost or begun twice.")
    @State
    public static class ResumeAgainstClaim {
        private final Meeting meeting = new Meeting(2);
        private final Scene scene = new Scene();

        public ResumeAgainstClaim() {
            scene.open(scene.seat, Job.task(scene.away, OPENING));
            scene.agenda.suspend(scene.doc);
            scene.enqueue(Job.task(scene.doc, OLDER));
        }

        @Actor
        public void user() {
            meeting.await();
            scene.agenda.resume(scene.doc);
        }

        @Actor
        public void root(III_Result r) {
            meeting.await();
            scene.enqueue(Job.task(scene.agenda.root(), BARRIER));
            r.r1 = scene.next(scene.other);
        }

        @Arbiter
        public void afterwards(III_Result r) {
            int[] begun = scene.drain();
            r.r2 = begun[OLDER];
            r.r3 = begun[BARRIER];
        }
    }

    /** A group is suspended while a seat is about to begin its work. */
    @JCStressTest
    @Outcome(id = "2, 0, 0", expect = ACCEPTABLE, desc = "Begun before the group was suspended.")
    @Outcome(
            id = "0, 0, 1",
            expect = ACCEPTABLE,
            desc = "Suspended first: it waits, and runs when the group is resumed.")
    @Outcome(id = "., 1, .", expect = FORBIDDEN, desc = "Begun although the group had been suspended before.")
    @Outcome(expect = FORBIDDEN, desc = "Lost or begun twice.")
    @State
    public static class SuspendAgainstBegin {
        private final Meeting meeting = new Meeting(2);
        private final Scene scene = new Scene();
        private volatile boolean suspended;

        public SuspendAgainstBegin() {
            scene.enqueue(Job.task(scene.doc, OLDER));
        }

        @Actor
        public void user() {
            meeting.await();
            scene.agenda.suspend(scene.doc);
            suspended = true;
        }

        @Actor
        public void owner(III_Result r) {
            meeting.await();
            boolean late = suspended;
            r.r1 = scene.next(scene.seat);
            r.r2 = late && r.r1 != 0 ? 1 : 0;
        }

        @Arbiter
        public void afterwards(III_Result r) {
            r.r2 += scene.drain()[OLDER];
            scene.agenda.resume(scene.doc);
            r.r3 = scene.drain()[OLDER];
        }
    }

    /** Work comes in while its group is resumed. */
    @JCStressTest
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "Whoever came later has offered the group.")
    @Outcome(expect = FORBIDDEN, desc = "Lost: the one saw no work, the other saw the group still suspended.")
    @State
    public static class EnqueueAgainstResume {
        private final Meeting meeting = new Meeting(2);
        private final Scene scene = new Scene();

        public EnqueueAgainstResume() {
            scene.agenda.suspend(scene.tab);
        }

        @Actor
        public void user() {
            meeting.await();
            scene.agenda.resume(scene.tab);
        }

        @Actor
        public void enqueuer() {
            meeting.await();
            scene.enqueue(Job.task(scene.doc, OLDER));
        }

        @Arbiter
        public void afterwards(II_Result r) {
            r.r1 = scene.agenda.hasReady() ? 1 : 0;
            r.r2 = scene.drain()[OLDER];
        }
    }
}
