package dev.peili.actors.internal.agenda;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.peili.stress.Meeting;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIII_Result;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;

/** Promise G6 in a {@link Batch}, whose tasks are started without the lock while others take them out or add to them. */
final class BatchStress {
    private BatchStress() {}

    private static final int FIRST = 1;
    private static final int SECOND = 2;
    private static final int THIRD = 3;
    private static final int ROOT = 4;

    /** A task of a batch is started while its group ends. */
    @JCStressTest
    @Outcome(id = "2, 1, 0, 1", expect = ACCEPTABLE, desc = "The second started first; the third is dropped.")
    @Outcome(id = "0, 2, 0, 1", expect = ACCEPTABLE, desc = "Dropped first: the seat finds nothing.")
    @Outcome(id = "3, 1, 0, 1", expect = FORBIDDEN, desc = "The third started although the second was dropped in time.")
    @Outcome(id = "2, 2, ., .", expect = FORBIDDEN, desc = "Started, and a dead letter as well.")
    @Outcome(expect = FORBIDDEN, desc = "Lost, or the books do not balance.")
    @State
    public static class StartAgainstDrop {
        private final Meeting meeting = new Meeting(2);
        private final Scene scene = new Scene();
        private final AtomicInteger times = new AtomicInteger();
        private final Admission door = new Admission(times::incrementAndGet);

        public StartAgainstDrop() {
            scene.enqueue(Job.task(scene.doc, FIRST, door));
            scene.enqueue(Job.task(scene.doc, SECOND, door));
            scene.enqueue(Job.task(scene.doc, THIRD, door));
            scene.begin(scene.seat, FIRST);
        }

        @Actor
        public void owner(IIII_Result r) {
            meeting.await();
            r.r1 = scene.endAndNext(scene.seat);
        }

        @Actor
        public void dropper(IIII_Result r) {
            meeting.await();
            r.r2 = scene.agenda.drop(scene.doc, door).size();
        }

        @Arbiter
        public void afterwards(IIII_Result r) {
            int[] begun = scene.drain();
            r.r3 = begun[SECOND] + begun[THIRD];
            r.r4 = times.get();
        }
    }

    /** A root task, and then another task for the document, are queued while its batch goes on. Promise G2. */
    @JCStressTest
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "The second task waits for the root task.")
    @Outcome(id = "4, 0", expect = ACCEPTABLE, desc = "The root task was found next.")
    @Outcome(id = "2, .", expect = FORBIDDEN, desc = "The second task started before the root task.")
    @Outcome(expect = FORBIDDEN, desc = "Lost, or started twice.")
    @State
    public static class FollowAgainstRootTask {
        private final Meeting meeting = new Meeting(2);
        private final Scene scene = new Scene();

        public FollowAgainstRootTask() {
            scene.enqueue(Job.task(scene.doc, FIRST));
            scene.enqueue(Job.task(scene.doc, FIRST));
            scene.begin(scene.seat, FIRST);
        }

        @Actor
        public void owner(II_Result r) {
            meeting.await();
            int next = scene.endAndNext(scene.seat);
            r.r1 = next == FIRST ? scene.endAndNext(scene.seat) : next;
        }

        @Actor
        public void dispatcher() {
            meeting.await();
            scene.enqueue(Job.task(scene.agenda.root(), ROOT));
            scene.enqueue(Job.task(scene.doc, SECOND));
        }

        @Arbiter
        public void afterwards(II_Result r) {
            r.r2 = scene.drain()[ROOT];
        }
    }

    /** A batch comes to its end while another task is queued behind it. */
    @JCStressTest
    @Outcome(id = "2, 3, 0", expect = ACCEPTABLE, desc = "Queued in time to follow.")
    @Outcome(id = "2, 0, 1", expect = ACCEPTABLE, desc = "Queued after the batch was over; it is found later.")
    @Outcome(expect = FORBIDDEN, desc = "Lost, started twice, or out of order.")
    @State
    public static class EndAgainstEnqueue {
        private final Meeting meeting = new Meeting(2);
        private final Scene scene = new Scene();

        public EndAgainstEnqueue() {
            scene.enqueue(Job.task(scene.doc, FIRST));
            scene.enqueue(Job.task(scene.doc, SECOND));
            scene.begin(scene.seat, FIRST);
        }

        @Actor
        public void owner(III_Result r) {
            meeting.await();
            r.r1 = scene.endAndNext(scene.seat);
            r.r2 = scene.endAndNext(scene.seat);
        }

        @Actor
        public void enqueuer() {
            meeting.await();
            scene.enqueue(Job.task(scene.doc, THIRD));
        }

        @Arbiter
        public void afterwards(III_Result r) {
            r.r3 = scene.drain()[THIRD];
        }
    }

    /** A turn queues the next task of its group while somebody else does. */
    @JCStressTest
    @Outcome(id = "2, 3, 0", expect = ACCEPTABLE, desc = "Its own came first, and the other in time to follow.")
    @Outcome(id = "3, 2, 0", expect = ACCEPTABLE, desc = "The other came first.")
    @Outcome(id = "2, 0, 1", expect = ACCEPTABLE, desc = "The other came after the batch was over; it is found later.")
    @Outcome(expect = FORBIDDEN, desc = "Lost, started twice, or out of order.")
    @State
    public static class OwnAgainstEnqueue {
        private final Meeting meeting = new Meeting(2);
        private final Scene scene = new Scene();

        public OwnAgainstEnqueue() {
            scene.enqueue(Job.task(scene.doc, FIRST));
            scene.begin(scene.seat, FIRST);
        }

        @Actor
        public void owner(III_Result r) {
            meeting.await();
            scene.enqueue(Job.task(scene.doc, SECOND), scene.seat);
            r.r1 = scene.endAndNext(scene.seat);
            r.r2 = scene.endAndNext(scene.seat);
        }

        @Actor
        public void enqueuer() {
            meeting.await();
            scene.enqueue(Job.task(scene.doc, THIRD));
        }

        @Arbiter
        public void afterwards(III_Result r) {
            r.r3 = scene.drain()[THIRD];
        }
    }
}
