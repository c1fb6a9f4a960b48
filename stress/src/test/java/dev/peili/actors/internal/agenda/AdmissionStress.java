package dev.peili.actors.internal.agenda;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.peili.stress.Meeting;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIII_Result;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * Promise G6 at a group's {@link Admission}: what comes while it is closed is either accepted and runs, or rejected, and
 * the group is told once, when the last that was accepted has ended.
 */
final class AdmissionStress {
    private AdmissionStress() {}

    private static final int TASK = 1;
    private static final int NEIGHBOUR = 2;

    /** A door, and who was told that it is drained. */
    private static final class Door {
        final Admission admission = new Admission(this::drained);
        private final AtomicInteger times = new AtomicInteger();
        private volatile @Nullable Thread teller;

        private void drained() {
            teller = Thread.currentThread();
            times.incrementAndGet();
        }

        int times() {
            return times.get();
        }

        /** 1 if the calling thread was told. */
        int told() {
            return teller == Thread.currentThread() ? 1 : 0;
        }
    }

    /** A task comes in while the group is closed. */
    @JCStressTest
    @Outcome(id = "1, 0, 1, 1", expect = ACCEPTABLE, desc = "In before the door closed: it runs, and then all is told.")
    @Outcome(id = "0, 1, 0, 1", expect = ACCEPTABLE, desc = "Rejected; who closed the door is told at once.")
    @Outcome(id = "1, 1, ., .", expect = FORBIDDEN, desc = "Accepted, and yet the group was told before it had run.")
    @Outcome(expect = FORBIDDEN, desc = "Lost, run although it was rejected, or told not once.")
    @State
    public static class EnqueueAgainstClose {
        private final Meeting meeting = new Meeting(2);
        private final Scene scene = new Scene();
        private final Door door = new Door();

        @Actor
        public void enqueuer(IIII_Result r) {
            meeting.await();
            r.r1 = scene.enqueue(Job.task(scene.doc, TASK, door.admission)) ? 1 : 0;
        }

        @Actor
        public void closer() {
            meeting.await();
            scene.agenda.close(scene.doc, door.admission);
        }

        @Arbiter
        public void afterwards(IIII_Result r) {
            r.r2 = door.times();
            r.r3 = scene.drain()[TASK];
            r.r4 = door.times();
        }
    }

    /** The group is closed while the turn of its last task ends. */
    @JCStressTest
    @Outcome(id = "1, 0, 1", expect = ACCEPTABLE, desc = "Closed first: the end of the turn is told.")
    @Outcome(id = "0, 1, 1", expect = ACCEPTABLE, desc = "Ended first: who closes is told.")
    @Outcome(id = ".*, 2", expect = FORBIDDEN, desc = "Each took itself for the last.")
    @Outcome(id = ".*, 0", expect = FORBIDDEN, desc = "Each left it to the other.")
    @State
    public static class LastEndAgainstClose {
        private final Meeting meeting = new Meeting(2);
        private final Scene scene = new Scene();
        private final Door door = new Door();

        public LastEndAgainstClose() {
            scene.open(scene.seat, Job.task(scene.doc, TASK, door.admission));
        }

        @Actor
        public void owner(III_Result r) {
            meeting.await();
            scene.agenda.end(scene.seat);
            r.r1 = door.told();
        }

        @Actor
        public void closer(III_Result r) {
            meeting.await();
            scene.agenda.close(scene.doc, door.admission);
            r.r2 = door.told();
        }

        @Arbiter
        public void afterwards(III_Result r) {
            r.r3 = door.times();
        }
    }

    /** The group is closed, and at the same time its supervisor has stopped. */
    @JCStressTest
    @Outcome(id = "1, 0, 1", expect = ACCEPTABLE, desc = "Who closed came first.")
    @Outcome(id = "0, 1, 1", expect = ACCEPTABLE, desc = "Who dropped came first.")
    @Outcome(expect = FORBIDDEN, desc = "Told not once.")
    @State
    public static class CloseAgainstDrop {
        private final Meeting meeting = new Meeting(2);
        private final Scene scene = new Scene();
        private final Door door = new Door();

        @Actor
        public void closer(III_Result r) {
            meeting.await();
            scene.agenda.close(scene.doc, door.admission);
            r.r1 = door.told();
        }

        @Actor
        public void dropper(III_Result r) {
            meeting.await();
            scene.agenda.drop(scene.doc, door.admission);
            r.r2 = door.told();
        }

        @Arbiter
        public void afterwards(III_Result r) {
            r.r3 = door.times();
        }
    }

    /** A task comes in while its group ends; the work of another group with the same node stays. */
    @JCStressTest
    @Outcome(id = "1, 1, 1, 1", expect = ACCEPTABLE, desc = "In before the door closed: it is dropped.")
    @Outcome(id = "0, 0, 1, 1", expect = ACCEPTABLE, desc = "Rejected; there is nothing to drop.")
    @Outcome(id = "1, 0, ., .", expect = FORBIDDEN, desc = "Accepted and not dropped, though nobody is left for it.")
    @Outcome(expect = FORBIDDEN, desc = "The neighbour's work was lost, or the group told not once.")
    @State
    public static class EnqueueAgainstDrop {
        private final Meeting meeting = new Meeting(2);
        private final Scene scene = new Scene();
        private final Door door = new Door();

        public EnqueueAgainstDrop() {
            scene.enqueue(Job.task(scene.doc, NEIGHBOUR));
        }

        @Actor
        public void enqueuer(IIII_Result r) {
            meeting.await();
            r.r1 = scene.enqueue(Job.task(scene.doc, TASK, door.admission)) ? 1 : 0;
        }

        @Actor
        public void dropper(IIII_Result r) {
            meeting.await();
            r.r2 = scene.agenda.drop(scene.doc, door.admission).size();
        }

        @Arbiter
        public void afterwards(IIII_Result r) {
            int[] begun = scene.drain();
            r.r3 = begun[NEIGHBOUR] + 2 * begun[TASK];
            r.r4 = door.times();
        }
    }

    /** A task is begun while its group ends. */
    @JCStressTest
    @Outcome(id = "1, 0, 0, 1", expect = ACCEPTABLE, desc = "Begun first: it runs to its end, which is told.")
    @Outcome(id = "0, 1, 0, 1", expect = ACCEPTABLE, desc = "Dropped first: the seat finds nothing.")
    @Outcome(id = "1, 1, ., .", expect = FORBIDDEN, desc = "Begun, and a dead letter as well.")
    @Outcome(expect = FORBIDDEN, desc = "Lost, or the books do not balance.")
    @State
    public static class BeginAgainstDrop {
        private final Meeting meeting = new Meeting(2);
        private final Scene scene = new Scene();
        private final Door door = new Door();

        public BeginAgainstDrop() {
            scene.enqueue(Job.task(scene.doc, TASK, door.admission));
        }

        @Actor
        public void owner(IIII_Result r) {
            meeting.await();
            r.r1 = scene.next(scene.seat);
        }

        @Actor
        public void dropper(IIII_Result r) {
            meeting.await();
            r.r2 = scene.agenda.drop(scene.doc, door.admission).size();
        }

        @Arbiter
        public void afterwards(IIII_Result r) {
            r.r3 = scene.drain()[TASK];
            r.r4 = door.times();
        }
    }
}
