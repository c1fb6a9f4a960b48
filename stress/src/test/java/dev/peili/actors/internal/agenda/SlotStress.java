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

/**
 * Promise G6 for what waits in a {@link Seat}'s slot: the seat's own thread puts it there and wants to go on with it, others
 * take it out, and it runs exactly once.
 */
final class SlotStress {
    private SlotStress() {}

    private static final int MESSAGE = 1;
    private static final int SECOND = 2;
    private static final int OPENING = 3;

    /** The ticker takes out what the turn has just sent, while that turn ends. */
    @JCStressTest
    @Outcome(id = "1, 0, 0", expect = ACCEPTABLE, desc = "The owner found it in its slot, or queued, and ran it.")
    @Outcome(id = "0, 1, 0", expect = ACCEPTABLE, desc = "Taken out and queued, it was begun by the other seat.")
    @Outcome(id = "0, 0, .*", expect = FORBIDDEN, desc = "Neither found it, though each looks after it was queued.")
    @Outcome(expect = FORBIDDEN, desc = "Begun twice.")
    @State
    public static class TickAgainstEnd {
        private final Meeting meeting = new Meeting(2);
        private final Scene scene = new Scene();
        private final Job message = Job.message(scene.doc, MESSAGE);

        public TickAgainstEnd() {
            scene.open(scene.seat, Job.task(scene.away, OPENING));
        }

        @Actor
        public void owner(III_Result r) {
            meeting.await();
            scene.enqueue(message, scene.seat);
            r.r1 = scene.endAndNext(scene.seat);
        }

        @Actor
        public void ticker(III_Result r) {
            meeting.await();
            scene.agenda.emptySlot(scene.seat);
            r.r2 = scene.next(scene.other);
        }

        @Arbiter
        public void afterwards(III_Result r) {
            r.r3 = scene.drain()[MESSAGE];
        }
    }

    /** The turn sends a second message, which drives the first one out, while the ticker takes out either. */
    @JCStressTest
    @Outcome(id = "0, 1, 1", expect = ACCEPTABLE, desc = "The other seat looked before anything was queued.")
    @Outcome(id = "1, 0, 1", expect = ACCEPTABLE, desc = "The first, driven out or taken out, was begun elsewhere.")
    @Outcome(id = "2, 1, 0", expect = ACCEPTABLE, desc = "The second, taken out and queued, was begun elsewhere.")
    @Outcome(expect = FORBIDDEN, desc = "One of them was lost or begun twice.")
    @State
    public static class TickAgainstNextMessage {
        private final Meeting meeting = new Meeting(2);
        private final Scene scene = new Scene();
        private final Job first = Job.message(scene.doc, MESSAGE);
        private final Job second = Job.message(scene.doc2, SECOND);

        public TickAgainstNextMessage() {
            scene.open(scene.seat, Job.task(scene.away, OPENING));
        }

        @Actor
        public void owner() {
            meeting.await();
            scene.enqueue(first, scene.seat);
            scene.enqueue(second, scene.seat);
        }

        @Actor
        public void ticker(III_Result r) {
            meeting.await();
            scene.agenda.emptySlot(scene.seat);
            r.r1 = scene.next(scene.other);
        }

        @Arbiter
        public void afterwards(III_Result r) {
            int[] begun = scene.drain();
            r.r2 = begun[MESSAGE];
            r.r3 = begun[SECOND];
        }
    }

    /** A seat with nothing to do looks for urgent work in the slots of others. */
    @JCStressTest
    @Outcome(id = "1, 0, 0", expect = ACCEPTABLE, desc = "The owner found it in its slot, or queued, and ran it.")
    @Outcome(id = "0, 1, 0", expect = ACCEPTABLE, desc = "The other seat took it out, and began it.")
    @Outcome(id = "0, 0, .*", expect = FORBIDDEN, desc = "Neither found it, though each looks after it was queued.")
    @Outcome(expect = FORBIDDEN, desc = "Begun twice.")
    @State
    public static class UrgentSearchAgainstEnd {
        private final Meeting meeting = new Meeting(2);
        private final Scene scene = new Scene();
        private final Job message = Job.message(scene.doc, MESSAGE);

        public UrgentSearchAgainstEnd() {
            scene.agenda.setVisible(scene.tab, true);
            scene.open(scene.seat, Job.task(scene.doc2, OPENING));
        }

        @Actor
        public void owner(III_Result r) {
            meeting.await();
            scene.enqueue(message, scene.seat);
            r.r1 = scene.endAndNext(scene.seat);
        }

        @Actor
        public void searcher(III_Result r) {
            meeting.await();
            r.r2 = scene.next(scene.other);
        }

        @Arbiter
        public void afterwards(III_Result r) {
            r.r3 = scene.drain()[MESSAGE];
        }
    }

    /** An actor's mailbox is one object that is scheduled again and again, so what is taken out may be of an earlier time. */
    @JCStressTest
    @Outcome(id = "2, 2, 0", expect = ACCEPTABLE, desc = "The owner ran both batches.")
    @Outcome(id = "2, 1, 1", expect = ACCEPTABLE, desc = "The second batch was taken out, and begun elsewhere.")
    @Outcome(id = "1, 0, 1", expect = ACCEPTABLE, desc = "The first batch was taken out, and begun elsewhere.")
    @Outcome(expect = FORBIDDEN, desc = "A batch was lost or begun twice.")
    @State
    public static class ScheduledAgain {
        private final Meeting meeting = new Meeting(2);
        private final Scene scene = new Scene();
        private final Job message = Job.message(scene.doc, MESSAGE);

        public ScheduledAgain() {
            scene.open(scene.seat, Job.task(scene.away, OPENING));
        }

        @Actor
        public void owner(III_Result r) {
            meeting.await();
            scene.enqueue(message, scene.seat);
            r.r1 = 1;
            if (scene.endAndNext(scene.seat) == MESSAGE) {
                r.r2 = 1;
                scene.enqueue(message, scene.seat);
                r.r1 = 2;
                r.r2 += scene.endAndNext(scene.seat);
            }
        }

        @Actor
        public void ticker(III_Result r) {
            meeting.await();
            scene.agenda.emptySlot(scene.seat);
            scene.agenda.emptySlot(scene.seat);
            r.r3 = scene.next(scene.other);
        }

        @Arbiter
        public void afterwards(III_Result r) {
            r.r3 += scene.drain()[MESSAGE];
        }
    }
}
