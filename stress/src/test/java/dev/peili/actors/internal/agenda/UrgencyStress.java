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
import org.openjdk.jcstress.infra.results.II_Result;

/** Promises G4 and G6 where a group changes sides, and where a turn is paused or parked, while others look for work. */
final class UrgencyStress {
    private UrgencyStress() {}

    private static final int TASK = 1;
    private static final int OPENING = 3;

    /** A task comes in while its group becomes visible. */
    @JCStressTest
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "Whoever came later has put the group among the urgent ones.")
    @Outcome(
            id = "0, 1",
            expect = FORBIDDEN,
            desc = "Queued as background, and passed over when its group became urgent.")
    @Outcome(expect = FORBIDDEN, desc = "Lost or begun twice.")
    @State
    public static class EnqueueAgainstVisible {
        private final Meeting meeting = new Meeting(2);
        private final Scene scene = new Scene();

        @Actor
        public void enqueuer() {
            meeting.await();
            scene.enqueue(Job.task(scene.doc, TASK));
        }

        @Actor
        public void user() {
            meeting.await();
            scene.agenda.setVisible(scene.tab, true);
        }

        @Arbiter
        public void afterwards(II_Result r) {
            r.r1 = scene.agenda.hasUrgent() ? 1 : 0;
            r.r2 = scene.drain()[TASK];
        }
    }

    /** A message goes to the slot while its group becomes visible. */
    @JCStressTest
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "Taken out by whoever made it visible, or else at the next tick.")
    @Outcome(id = "0, 1", expect = FORBIDDEN, desc = "Queued as background although its group is urgent.")
    @Outcome(expect = FORBIDDEN, desc = "Lost or begun twice.")
    @State
    public static class MessageAgainstVisible {
        private final Meeting meeting = new Meeting(2);
        private final Scene scene = new Scene();
        private final Job message = Job.message(scene.doc, TASK);

        public MessageAgainstVisible() {
            scene.open(scene.seat, Job.task(scene.away, OPENING));
        }

        @Actor
        public void owner() {
            meeting.await();
            scene.enqueue(message, scene.seat);
        }

        @Actor
        public void user() {
            meeting.await();
            scene.agenda.setVisible(scene.tab, true);
        }

        @Arbiter
        public void afterwards(II_Result r) {
            scene.agenda.emptySlot(scene.seat);
            r.r1 = scene.agenda.hasUrgent() ? 1 : 0;
            r.r2 = scene.drain()[TASK];
        }
    }

    /** A background turn is at a checkpoint, and an idle seat looks for the same urgent task. */
    @JCStressTest
    @Outcome(id = "1, 0, 0", expect = ACCEPTABLE, desc = "It runs on top of the background turn.")
    @Outcome(id = "0, 1, 0", expect = ACCEPTABLE, desc = "The idle seat began it.")
    @Outcome(expect = FORBIDDEN, desc = "Lost or begun twice.")
    @State
    public static class OnTopAgainstNext {
        private final Meeting meeting = new Meeting(2);
        private final Scene scene = new Scene();

        public OnTopAgainstNext() {
            scene.open(scene.seat, Job.task(scene.away, OPENING));
            scene.agenda.setVisible(scene.tab, true);
            scene.enqueue(Job.task(scene.doc, TASK));
        }

        @Actor
        public void owner(III_Result r) {
            meeting.await();
            r.r1 = Scene.number(scene.agenda.nextOnTop(scene.seat));
        }

        @Actor
        public void idle(III_Result r) {
            meeting.await();
            r.r2 = scene.next(scene.other);
        }

        @Arbiter
        public void afterwards(III_Result r) {
            r.r3 = scene.drain()[TASK];
        }
    }

    /** A turn is parked while another seat looks for work, brings some for the same group, and looks again. */
    @JCStressTest
    @Outcome(
            id = "9, 1, 1, 1",
            expect = ACCEPTABLE,
            desc = "Picked at the first look, with all that its thread had written.")
    @Outcome(
            id = "90, 1, 1, 1",
            expect = ACCEPTABLE,
            desc = "Picked at the second look, with all that its thread had written.")
    @Outcome(id = "0, 1, 1, 1", expect = ACCEPTABLE, desc = "Not parked yet at the second look.")
    @Outcome(id = "90?, 0, ., .", expect = FORBIDDEN, desc = "Picked without what its thread had written before.")
    @Outcome(
            id = "1.?, ., ., .",
            expect = FORBIDDEN,
            desc = "G1: the group's task began while the parked turn was open.")
    @Outcome(expect = FORBIDDEN, desc = "The turn was lost or picked twice, or the task was.")
    @State
    public static class ParkAgainstPick {
        private final Meeting meeting = new Meeting(2);
        private final Scene scene = new Scene();
        private int written;

        public ParkAgainstPick() {
            scene.open(scene.seat, Job.task(scene.doc, OPENING));
        }

        @Actor
        public void owner() {
            meeting.await();
            written = 1;
            scene.agenda.park(scene.seat);
        }

        @Actor
        public void picker(IIII_Result r) {
            meeting.await();
            int first = scene.next(scene.other);
            scene.enqueue(Job.task(scene.doc, TASK));
            int second = scene.next(scene.other);
            r.r1 = first + 10 * second;
            r.r2 = r.r1 == 0 ? 1 : written;
        }

        @Arbiter
        public void afterwards(IIII_Result r) {
            int resumed = r.r1 == 0 ? 0 : 1;
            while (scene.next(scene.other) == Scene.RESUMED) {
                resumed++;
            }
            r.r3 = resumed;
            r.r4 = scene.drain()[TASK];
        }
    }

    /** A turn is parked while its group becomes visible. */
    @JCStressTest
    @Outcome(
            id = "1, 1",
            expect = ACCEPTABLE,
            desc = "Whoever came later has put the parked turn among the urgent ones.")
    @Outcome(
            id = "0, 1",
            expect = FORBIDDEN,
            desc = "Parked as background, and passed over when its group became urgent.")
    @Outcome(expect = FORBIDDEN, desc = "The parked turn was lost or is picked twice.")
    @State
    public static class ParkAgainstVisible {
        private final Meeting meeting = new Meeting(2);
        private final Scene scene = new Scene();

        public ParkAgainstVisible() {
            scene.open(scene.seat, Job.task(scene.doc, OPENING));
        }

        @Actor
        public void owner() {
            meeting.await();
            scene.agenda.park(scene.seat);
        }

        @Actor
        public void user() {
            meeting.await();
            scene.agenda.setVisible(scene.tab, true);
        }

        @Arbiter
        public void afterwards(II_Result r) {
            r.r1 = scene.agenda.hasUrgent() ? 1 : 0;
            while (scene.next(scene.other) == Scene.RESUMED) {
                r.r2++;
            }
        }
    }
}
