package dev.peili.ipc;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.peili.stress.Meeting;
import dev.peili.stress.Told;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Promises I4 and I7 while an actor is spawned: what it is told then comes to it, behind what came before. */
final class SpawnStress {
    private SpawnStress() {}

    /** An actor that was refused before it was spawned is told that there is room while it is spawned. */
    @JCStressTest
    @Outcome(id = "2, 1", expect = ACCEPTABLE, desc = "It is told after what came before, once.")
    @Outcome(id = "1, .", expect = FORBIDDEN, desc = "One of them was lost.")
    @Outcome(expect = FORBIDDEN, desc = "Overtaken, or told twice.")
    @State
    public static class DeliverAgainstOpened {
        private final Meeting meeting = new Meeting(2);
        private final Told<Object> told = new Told<>();
        private final Inbox inbox = new Inbox(Halves.core(Side.PARENT, 1, 1));

        public DeliverAgainstOpened() {
            inbox.deliver(new Incoming(new Letter.Page(0)));
        }

        @Actor
        public void teller() {
            meeting.await();
            inbox.deliver(ChannelWritable.INSTANCE);
        }

        @Actor
        public void endpoint() {
            meeting.await();
            inbox.opened(told);
        }

        @Arbiter
        public void afterwards(II_Result r) {
            r.r1 = told.messages().size();
            r.r2 = told.messages().peek() instanceof Incoming ? 1 : 0;
        }
    }

    /** The endpoint lets an actor wait for the start of its manager, which starts. */
    @JCStressTest
    @Outcome(
            id = {"0, 1", "1, 0"},
            expect = ACCEPTABLE,
            desc = "Who came later has seen the other.")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "Both have; then the actor is spawned, and nobody waits.")
    @Outcome(id = "0, 0", expect = FORBIDDEN, desc = "It waits for ever.")
    @State
    public static class AwaitAgainstStart {
        private final Meeting meeting = new Meeting(2);
        private final ProtocolActor<?> manager = Halves.core(Side.PARENT, 1, 1).topActor();

        @Actor
        public void manager(II_Result r) {
            meeting.await();
            r.r1 = manager.start() ? 1 : 0;
        }

        @Actor
        public void endpoint(II_Result r) {
            meeting.await();
            r.r2 = manager.hasStarted() ? 1 : 0;
        }
    }
}
