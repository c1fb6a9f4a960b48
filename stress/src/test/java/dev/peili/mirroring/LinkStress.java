package dev.peili.mirroring;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.peili.stress.Meeting;
import dev.peili.stress.Told;
import java.util.List;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** Promises M3 and M4 at a {@link Link}: each update shows the end of some turn, and none is lost or sent too often. */
final class LinkStress {
    private static final MirrorKey<Object, Integer> LEFT = MirrorKey.create("left");
    private static final MirrorKey<Object, Integer> RIGHT = MirrorKey.create("right");

    private LinkStress() {}

    /** Two values that always change together, and their mirrors, which have the first ones. */
    private static final class Pair {
        private final Told<Object> told = new Told<>();
        private final Node owner = node(new Told<>());
        private final Node receiver = node(told);
        private final List<Canonical<Integer>> canonicals;
        private final List<Mirror<Integer>> mirrors;

        Pair() {
            receiver.turn().begin(false);
            mirrors = List.of(receiver.mirror(LEFT, null), receiver.mirror(RIGHT, null));
            receiver.turn().end();
            owner.turn().begin(false);
            canonicals = List.of(owner.canonical("left", 0), owner.canonical("right", 0));
            canonicals.get(0).connect(told, LEFT);
            canonicals.get(1).connect(told, RIGHT);
            owner.turn().end();
            handleNext();
        }

        private static Node node(Told<Object> its) {
            Node node = StubNodes.INSTANCE.own(its);
            node.setUp(node);
            return node;
        }

        /** A turn of the owner. */
        void set(int value) {
            owner.turn().begin(false);
            canonicals.forEach(canonical -> canonical.set(value));
            owner.turn().end();
        }

        /** A turn of the receiver for the next message; false if there is none. */
        boolean handleNext() {
            Object message = told.messages().poll();
            if (message instanceof StateUpdate update) {
                receiver.turn().begin(true);
                update.handle(receiver);
                receiver.turn().end();
            }
            return message != null;
        }

        /** What the mirrors show: both the same, or -1. */
        int shown() {
            receiver.turn().begin(false);
            int left = mirrors.get(0).get();
            int right = mirrors.get(1).get();
            receiver.turn().end();
            return left == right ? left : -1;
        }
    }

    /** The owner changes both, twice, while the receiver handles the update of the change before. */
    @JCStressTest
    @Outcome(id = "1, 1, 3", expect = ACCEPTABLE, desc = "The update came first; one more is for both turns.")
    @Outcome(id = "2, 1, 3", expect = ACCEPTABLE, desc = "It came between the turns; one more is for the second.")
    @Outcome(id = "3, 0, 3", expect = ACCEPTABLE, desc = "It came last, and shows all.")
    @Outcome(id = "-1, ., .", expect = FORBIDDEN, desc = "It shows half a turn.")
    @Outcome(expect = FORBIDDEN, desc = "An update was lost, or one was too many.")
    @State
    public static class DeliverAgainstPublish {
        private final Meeting meeting = new Meeting(2);
        private final Pair pair = new Pair();

        public DeliverAgainstPublish() {
            pair.set(1);
        }

        @Actor
        public void owner() {
            meeting.await();
            pair.set(2);
            pair.set(3);
        }

        @Actor
        public void receiver(III_Result r) {
            meeting.await();
            pair.handleNext();
            r.r1 = pair.shown();
        }

        @Arbiter
        public void afterwards(III_Result r) {
            while (pair.handleNext()) {
                r.r2++;
            }
            r.r3 = pair.shown();
        }
    }
}
