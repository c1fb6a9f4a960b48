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
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Promise G1 with two seats: turns of related groups are never open at the same time. In most of these tests no turn ends
 * before both actors are done, so two that could overlap do.
 */
final class IsolationStress {
    private IsolationStress() {}

    private static final int FIRST = 1;
    private static final int SECOND = 2;
    private static final int OPENING = 3;

    /** A task of the TabGroup and one of its document. */
    @JCStressTest
    @Outcome(id = "1, 0, 0, 1", expect = ACCEPTABLE, desc = "The first seat began the tab's, the document's waits.")
    @Outcome(id = "2, 0, 1, 0", expect = ACCEPTABLE, desc = "The first seat began the document's, the tab's waits.")
    @Outcome(id = "0, 1, 0, 1", expect = ACCEPTABLE, desc = "The second seat began the tab's, the document's waits.")
    @Outcome(id = "0, 2, 1, 0", expect = ACCEPTABLE, desc = "The second seat began the document's, the tab's waits.")
    @Outcome(id = "[12], [12], ., .", expect = FORBIDDEN, desc = "G1: both are open.")
    @Outcome(expect = FORBIDDEN, desc = "One of them was lost or begun twice.")
    @State
    public static class TabAndDocument {
        private final Meeting meeting = new Meeting(2);
        private final Scene scene = new Scene();

        @Actor
        public void first(IIII_Result r) {
            meeting.await();
            scene.enqueue(Job.task(scene.tab, FIRST));
            r.r1 = scene.next(scene.seat);
        }

        @Actor
        public void second(IIII_Result r) {
            meeting.await();
            scene.enqueue(Job.task(scene.doc, SECOND));
            r.r2 = scene.next(scene.other);
        }

        @Arbiter
        public void afterwards(IIII_Result r) {
            int[] begun = scene.drain();
            r.r3 = begun[FIRST];
            r.r4 = begun[SECOND];
        }
    }

    /** A task of the root group and one of a document. */
    @JCStressTest
    @Outcome(id = "1, 0, 0, 1", expect = ACCEPTABLE, desc = "The first seat began the root's, the document's waits.")
    @Outcome(id = "2, 0, 1, 0", expect = ACCEPTABLE, desc = "The first seat began the document's, the root's waits.")
    @Outcome(id = "0, 1, 0, 1", expect = ACCEPTABLE, desc = "The second seat began the root's, the document's waits.")
    @Outcome(id = "0, 2, 1, 0", expect = ACCEPTABLE, desc = "The second seat began the document's, the root's waits.")
    @Outcome(id = "[12], [12], ., .", expect = FORBIDDEN, desc = "G1: both are open.")
    @Outcome(expect = FORBIDDEN, desc = "One of them was lost or begun twice.")
    @State
    public static class RootAndDocument {
        private final Meeting meeting = new Meeting(2);
        private final Scene scene = new Scene();

        @Actor
        public void first(IIII_Result r) {
            meeting.await();
            scene.enqueue(Job.task(scene.agenda.root(), FIRST));
            r.r1 = scene.next(scene.seat);
        }

        @Actor
        public void second(IIII_Result r) {
            meeting.await();
            scene.enqueue(Job.task(scene.doc, SECOND));
            r.r2 = scene.next(scene.other);
        }

        @Arbiter
        public void afterwards(IIII_Result r) {
            int[] begun = scene.drain();
            r.r3 = begun[FIRST];
            r.r4 = begun[SECOND];
        }
    }

    /** A message that begins from its slot, past its lane and the run queue, and a task of the document's TabGroup. */
    @JCStressTest
    @Outcome(id = "1, 0, 0, 1", expect = ACCEPTABLE, desc = "The message began from its slot; the tab's waits.")
    @Outcome(
            id = "0, 2, 1, 0",
            expect = ACCEPTABLE,
            desc = "The tab's came first; the message left its slot and waits.")
    @Outcome(
            id = {"0, 1, 0, 1", "2, 0, 1, 0"},
            expect = ACCEPTABLE,
            desc = "Each seat began the other's; only if somebody takes out the message, which nobody does here.")
    @Outcome(id = "[12], [12], ., .", expect = FORBIDDEN, desc = "G1: both are open.")
    @Outcome(expect = FORBIDDEN, desc = "One of them was lost or begun twice.")
    @State
    public static class SlotAndTab {
        private final Meeting meeting = new Meeting(2);
        private final Scene scene = new Scene();
        private final Job message = Job.message(scene.doc, FIRST);

        public SlotAndTab() {
            scene.open(scene.seat, Job.task(scene.away, OPENING));
        }

        @Actor
        public void owner(IIII_Result r) {
            meeting.await();
            scene.enqueue(message, scene.seat);
            r.r1 = scene.endAndNext(scene.seat);
        }

        @Actor
        public void second(IIII_Result r) {
            meeting.await();
            scene.enqueue(Job.task(scene.tab, SECOND));
            r.r2 = scene.next(scene.other);
        }

        @Arbiter
        public void afterwards(IIII_Result r) {
            int[] begun = scene.drain();
            r.r3 = begun[FIRST];
            r.r4 = begun[SECOND];
        }
    }

    /** The same with a task of the root group, which takes out what is in the slots. */
    @JCStressTest
    @Outcome(id = "1, 0, 0, 1", expect = ACCEPTABLE, desc = "The message began from its slot; the root's waits.")
    @Outcome(
            id = "2, 0, 1, 0",
            expect = ACCEPTABLE,
            desc = "The message left its slot and waits; the owner began the root's.")
    @Outcome(id = "0, 2, 1, 0", expect = ACCEPTABLE, desc = "The same, but the second seat began the root's.")
    @Outcome(
            id = "0, 1, 0, 1",
            expect = ACCEPTABLE,
            desc = "The second seat began the message; only if that is queued before the root's, which it is not here.")
    @Outcome(id = "[12], [12], ., .", expect = FORBIDDEN, desc = "G1: both are open.")
    @Outcome(expect = FORBIDDEN, desc = "One of them was lost or begun twice.")
    @State
    public static class SlotAndRoot {
        private final Meeting meeting = new Meeting(2);
        private final Scene scene = new Scene();
        private final Job message = Job.message(scene.doc, FIRST);

        public SlotAndRoot() {
            scene.open(scene.seat, Job.task(scene.away, OPENING));
        }

        @Actor
        public void owner(IIII_Result r) {
            meeting.await();
            scene.enqueue(message, scene.seat);
            r.r1 = scene.endAndNext(scene.seat);
        }

        @Actor
        public void second(IIII_Result r) {
            meeting.await();
            scene.enqueue(Job.task(scene.agenda.root(), SECOND));
            r.r2 = scene.next(scene.other);
        }

        @Arbiter
        public void afterwards(IIII_Result r) {
            int[] begun = scene.drain();
            r.r3 = begun[FIRST];
            r.r4 = begun[SECOND];
        }
    }

    /** Two documents of one TabGroup, which do overlap; so the tests above would see it if theirs did. */
    @JCStressTest
    @Outcome(id = "1, 2, 0, 0", expect = ACCEPTABLE, desc = "Each seat began what it had queued.")
    @Outcome(id = "2, 1, 0, 0", expect = ACCEPTABLE, desc = "Both were queued, and each seat began the other's.")
    @Outcome(expect = FORBIDDEN, desc = "G3: one waited for the other, or was lost or begun twice.")
    @State
    public static class TwoDocuments {
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
            scene.enqueue(Job.task(scene.doc2, SECOND));
            r.r2 = scene.next(scene.other);
        }

        @Arbiter
        public void afterwards(IIII_Result r) {
            int[] begun = scene.drain();
            r.r3 = begun[FIRST];
            r.r4 = begun[SECOND];
        }
    }

    /**
     * Turns that end at once, each of which counts in a plain field: what a turn has written is there for the next one of
     * a related group, on whatever thread.
     */
    private abstract static class Counting {
        private final Meeting meeting = new Meeting(2);
        final Scene scene = new Scene();
        private int count;
        private int first;
        private int second;

        void work(Seat on, Job job) {
            meeting.await();
            scene.enqueue(job);
            for (int number = scene.next(on); number != 0; number = scene.endAndNext(on)) {
                if (number == FIRST) {
                    first = ++count;
                } else {
                    second = ++count;
                }
            }
        }

        void report(II_Result r) {
            r.r1 = first;
            r.r2 = second;
        }
    }

    @JCStressTest
    @Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "The first came first, and the second saw its count.")
    @Outcome(id = "2, 1", expect = ACCEPTABLE, desc = "The second came first, and the first saw its count.")
    @Outcome(id = "1, 1", expect = FORBIDDEN, desc = "They overlapped, or one did not see what the other wrote.")
    @Outcome(expect = FORBIDDEN, desc = "One of them did not run.")
    @State
    public static class WritesOfTheGroupAreSeen extends Counting {
        @Actor
        public void first() {
            work(scene.seat, Job.task(scene.doc, FIRST));
        }

        @Actor
        public void second() {
            work(scene.other, Job.task(scene.doc, SECOND));
        }

        @Arbiter
        public void afterwards(II_Result r) {
            report(r);
        }
    }

    @JCStressTest
    @Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "The tab's came first, and the document's saw its count.")
    @Outcome(id = "2, 1", expect = ACCEPTABLE, desc = "The document's came first, and the tab's saw its count.")
    @Outcome(id = "1, 1", expect = FORBIDDEN, desc = "They overlapped, or one did not see what the other wrote.")
    @Outcome(expect = FORBIDDEN, desc = "One of them did not run.")
    @State
    public static class WritesOfTabAndDocumentAreSeen extends Counting {
        @Actor
        public void first() {
            work(scene.seat, Job.task(scene.tab, FIRST));
        }

        @Actor
        public void second() {
            work(scene.other, Job.task(scene.doc, SECOND));
        }

        @Arbiter
        public void afterwards(II_Result r) {
            report(r);
        }
    }

    @JCStressTest
    @Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "The root's came first, and the document's saw its count.")
    @Outcome(id = "2, 1", expect = ACCEPTABLE, desc = "The document's came first, and the root's saw its count.")
    @Outcome(id = "1, 1", expect = FORBIDDEN, desc = "They overlapped, or one did not see what the other wrote.")
    @Outcome(expect = FORBIDDEN, desc = "One of them did not run.")
    @State
    public static class WritesOfRootAndDocumentAreSeen extends Counting {
        @Actor
        public void first() {
            work(scene.seat, Job.task(scene.agenda.root(), FIRST));
        }

        @Actor
        public void second() {
            work(scene.other, Job.task(scene.doc, SECOND));
        }

        @Arbiter
        public void afterwards(II_Result r) {
            report(r);
        }
    }
}
