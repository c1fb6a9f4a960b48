package dev.peili.ipc;

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
 * Promise I7 for a sender that is refused: it is told that there is room, even if nothing more is handled later. Who was let in
 * at the second attempt may be told as well.
 */
final class RefusalStress {
    private RefusalStress() {}

    /** An actor is refused by its own window while its last message in flight is reported as handled. */
    @JCStressTest
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "Reported before it was refused for the first time.")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "Reported between its attempts.")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "Refused, and told by the report or by the sender itself.")
    @Outcome(id = "0, 0", expect = FORBIDDEN, desc = "Refused, and nobody says that there is room.")
    @State
    public static class SendAgainstLastReport {
        private final Meeting meeting = new Meeting(2);
        private final Halves halves = Halves.direct(1);

        public SendAgainstLastReport() {
            halves.send();
        }

        @Actor
        public void sender(II_Result r) {
            meeting.await();
            r.r1 = halves.send();
        }

        @Actor
        public void receiver() {
            meeting.await();
            halves.handle();
        }

        @Arbiter
        public void afterwards(II_Result r) {
            halves.handle();
            r.r2 = halves.told();
        }
    }

    /** Two threads send for one actor whose window is full, and each attempt makes it look fuller than it is. */
    @JCStressTest
    @Outcome(
            id = {"1, 0, 1", "0, 1, 1"},
            expect = ACCEPTABLE,
            desc = "One was let in; when that is handled, the other is told.")
    @Outcome(id = "0, 0, 1", expect = ACCEPTABLE, desc = "Both came too early, and are told.")
    @Outcome(id = "1, 1, .", expect = FORBIDDEN, desc = "More in flight than the window allows.")
    @Outcome(expect = FORBIDDEN, desc = "Refused, and nobody says that there is room.")
    @State
    public static class TwoSendersAgainstReport {
        private final Meeting meeting = new Meeting(3);
        private final Halves halves = Halves.direct(1);

        public TwoSendersAgainstReport() {
            halves.send();
        }

        @Actor
        public void first(III_Result r) {
            meeting.await();
            r.r1 = halves.send();
        }

        @Actor
        public void second(III_Result r) {
            meeting.await();
            r.r2 = halves.send();
        }

        @Actor
        public void receiver() {
            meeting.await();
            halves.handleOne();
        }

        @Arbiter
        public void afterwards(III_Result r) {
            halves.handle();
            r.r3 = halves.told();
        }
    }

    /** A message takes the last place of its actor, and is then found to be too long; nothing else is in flight. */
    @JCStressTest
    @Outcome(id = "1, 1, .", expect = ACCEPTABLE, desc = "The other was let in.")
    @Outcome(
            id = "1, 0, 1",
            expect = ACCEPTABLE,
            desc = "The other was refused, and is told when the place is given back.")
    @Outcome(
            id = "0, 1, 1",
            expect = ACCEPTABLE,
            desc = "The other came first; when that is handled, this one is told.")
    @Outcome(id = "1, 0, 0", expect = FORBIDDEN, desc = "The other was refused, and nobody says that there is room.")
    @Outcome(expect = FORBIDDEN, desc = "Both were refused, or this one is not told.")
    @State
    public static class SendAgainstUnsent {
        private final Meeting meeting = new Meeting(2);
        private final Halves halves = Halves.serialized(1, Halves.WIDE);

        @Actor
        public void tooLong(III_Result r) {
            meeting.await();
            r.r1 = halves.sendTooMuch();
        }

        @Actor
        public void sender(III_Result r) {
            meeting.await();
            r.r2 = halves.send();
        }

        @Arbiter
        public void afterwards(III_Result r) {
            halves.handle();
            r.r3 = halves.told();
        }
    }

    /** An actor is refused by the channel's window while the last bytes in flight are reported as handled. */
    @JCStressTest
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "Reported before it was refused for the first time.")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "Reported between its attempts.")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "Refused, and told by the report.")
    @Outcome(id = "0, 0", expect = FORBIDDEN, desc = "Refused, and nobody says that there is room.")
    @State
    public static class SendAgainstLastBytes {
        private final Meeting meeting = new Meeting(2);
        private final Halves halves = Halves.serialized(Halves.WIDE, 1);

        public SendAgainstLastBytes() {
            halves.send();
        }

        @Actor
        public void sender(II_Result r) {
            meeting.await();
            r.r1 = halves.send();
        }

        @Actor
        public void receiver() {
            meeting.await();
            halves.handle();
        }

        @Arbiter
        public void afterwards(II_Result r) {
            halves.handle();
            r.r2 = halves.told();
        }
    }

    /** A constructor takes the channel's last room, and is not sent because its manager has ended. */
    @JCStressTest
    @Outcome(id = "1, 1, .", expect = ACCEPTABLE, desc = "The message was let in.")
    @Outcome(id = "1, 0, 1", expect = ACCEPTABLE, desc = "The message was refused, and its actor is told.")
    @Outcome(id = "0, 1, 1", expect = ACCEPTABLE, desc = "The constructor was refused, and its manager is told.")
    @Outcome(id = "1, 0, 0", expect = FORBIDDEN, desc = "Refused, and nobody says that the room was given back.")
    @Outcome(expect = FORBIDDEN, desc = "Both were refused, or the manager is not told.")
    @State
    public static class SendAgainstUnsentConstructor {
        private final Meeting meeting = new Meeting(2);
        private final Halves halves = Halves.serialized(Halves.WIDE, 1);

        @Actor
        public void manager(III_Result r) {
            meeting.await();
            r.r1 = halves.constructForNobody();
        }

        @Actor
        public void sender(III_Result r) {
            meeting.await();
            r.r2 = halves.send();
        }

        @Arbiter
        public void afterwards(III_Result r) {
            halves.handle();
            r.r3 = halves.told();
        }
    }
}
