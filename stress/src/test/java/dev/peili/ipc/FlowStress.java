package dev.peili.ipc;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.peili.stress.Meeting;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** Promise I7 at a channel's {@link Flow}: what is in flight is bounded, and neither credit nor who waits for it is lost. */
final class FlowStress {
    private FlowStress() {}

    private static final int BYTES = 64;

    /** Two that are refused; what they are does not matter to a flow. */
    private static final ProtocolActor<?> FIRST = Halves.core(Side.PARENT, 1, 1).topActor();

    private static final ProtocolActor<?> SECOND =
            Halves.core(Side.PARENT, 1, 1).topActor();

    /** One that sends, of so many bytes. */
    private static Flow sending(long limit) {
        return new Flow(limit, total -> {});
    }

    /** Two actors send while there is room for one frame. */
    @JCStressTest
    @Outcome(
            id = {"1, 0, 64", "0, 1, 64"},
            expect = ACCEPTABLE,
            desc = "One of them got the room.")
    @Outcome(id = "1, 1, .*", expect = FORBIDDEN, desc = "Each saw the room that the other took: more than is allowed.")
    @Outcome(expect = FORBIDDEN, desc = "Neither got it, or it is counted wrong.")
    @State
    public static class TwoSendersForTheLastRoom {
        private final Meeting meeting = new Meeting(2);
        private final Flow flow = sending(1);

        @Actor
        public void first(III_Result r) {
            meeting.await();
            r.r1 = flow.tryTake(BYTES) ? 1 : 0;
        }

        @Actor
        public void second(III_Result r) {
            meeting.await();
            r.r2 = flow.tryTake(BYTES) ? 1 : 0;
        }

        @Arbiter
        public void afterwards(III_Result r) {
            r.r3 = (int) flow.inFlight();
        }
    }

    /** An actor takes room while another gives back what it has not sent, and the other side reports. */
    @JCStressTest
    @Outcome(id = "64", expect = ACCEPTABLE, desc = "All three count.")
    @Outcome(expect = FORBIDDEN, desc = "One of them was lost.")
    @State
    public static class TakeAgainstGiveBackAndCredit {
        private final Meeting meeting = new Meeting(3);
        private final Flow flow = sending(Halves.WIDE);

        public TakeAgainstGiveBackAndCredit() {
            flow.take(2 * BYTES);
        }

        @Actor
        public void sender() {
            meeting.await();
            flow.tryTake(BYTES);
        }

        @Actor
        public void givesBack() {
            meeting.await();
            flow.giveBack(BYTES);
        }

        @Actor
        public void reporter() {
            meeting.await();
            flow.confirm(BYTES);
        }

        @Arbiter
        public void afterwards(I_Result r) {
            r.r1 = (int) flow.inFlight();
        }
    }

    /** Two credits come at the same time, and the one that was made later may be seen first. */
    @JCStressTest
    @Outcome(id = "0", expect = ACCEPTABLE, desc = "The larger sum counts.")
    @Outcome(expect = FORBIDDEN, desc = "The sum fell; where that was the last credit, the room is lost for good.")
    @State
    public static class TwoCredits {
        private final Meeting meeting = new Meeting(2);
        private final Flow flow = sending(Halves.WIDE);

        public TwoCredits() {
            flow.take(2 * BYTES);
        }

        @Actor
        public void earlier() {
            meeting.await();
            flow.confirm(BYTES);
        }

        @Actor
        public void later() {
            meeting.await();
            flow.confirm(2 * BYTES);
        }

        @Arbiter
        public void afterwards(I_Result r) {
            r.r1 = (int) flow.inFlight();
        }
    }

    /** A second actor is refused while the first is taken out to be told. */
    @JCStressTest
    @Outcome(id = "2, 0", expect = ACCEPTABLE, desc = "Both were taken out.")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "The second came later, and is taken out the next time.")
    @Outcome(id = "1, 0", expect = FORBIDDEN, desc = "The second is waiting, and nobody will look for it.")
    @Outcome(expect = FORBIDDEN, desc = "The first was lost, or one of them is taken out twice.")
    @State
    public static class AwaitAgainstTelling {
        private final Meeting meeting = new Meeting(2);
        private final Flow flow = sending(1);

        public AwaitAgainstTelling() {
            flow.await(FIRST);
        }

        @Actor
        public void refused() {
            meeting.await();
            flow.await(SECOND);
        }

        @Actor
        public void teller(II_Result r) {
            meeting.await();
            r.r1 = flow.takeRefused().size();
        }

        @Arbiter
        public void afterwards(II_Result r) {
            r.r2 = flow.takeRefused().size();
        }
    }

    /** Two threads find that there is room for two actors that were refused. */
    @JCStressTest
    @Outcome(
            id = {"2, 0", "0, 2"},
            expect = ACCEPTABLE,
            desc = "One of them tells both.")
    @Outcome(expect = FORBIDDEN, desc = "An actor is told twice, or not at all.")
    @State
    public static class TwoTellers {
        private final Meeting meeting = new Meeting(2);
        private final Flow flow = sending(1);

        public TwoTellers() {
            flow.await(FIRST);
            flow.await(SECOND);
        }

        @Actor
        public void first(II_Result r) {
            meeting.await();
            r.r1 = flow.takeRefused().size();
        }

        @Actor
        public void second(II_Result r) {
            meeting.await();
            r.r2 = flow.takeRefused().size();
        }
    }

    /** A side on which two actors handle a message each. */
    private abstract static class Handling {
        final Meeting meeting = new Meeting(2);
        private final Queue<Long> reports = new ConcurrentLinkedQueue<>();
        final Flow flow = new Flow(1, reports::add);

        Handling(int bytesPerReport) {
            flow.reportWithin(4L * bytesPerReport);
        }

        int sum() {
            return reports.stream().mapToInt(Long::intValue).sum();
        }

        int count() {
            return reports.size();
        }
    }

    /** Only both together have to be reported. */
    @JCStressTest
    @Outcome(id = "1, 128", expect = ACCEPTABLE, desc = "Whoever came second has reported both.")
    @Outcome(
            id = "0, 0",
            expect = FORBIDDEN,
            desc = "One of them was not counted, or each left the report to the other.")
    @Outcome(expect = FORBIDDEN, desc = "Reported too early or twice.")
    @State
    public static class TwoHandleForOneReport extends Handling {
        public TwoHandleForOneReport() {
            super(2 * BYTES);
        }

        @Actor
        public void first() {
            meeting.await();
            flow.handled(BYTES);
        }

        @Actor
        public void second() {
            meeting.await();
            flow.handled(BYTES);
        }

        @Arbiter
        public void afterwards(II_Result r) {
            r.r1 = count();
            r.r2 = sum();
        }
    }

    /** Each is enough for a report. */
    @JCStressTest
    @Outcome(id = "2, 192", expect = ACCEPTABLE, desc = "Reported one after the other.")
    @Outcome(id = "1, 128", expect = ACCEPTABLE, desc = "The report of both came first, so the other is not made.")
    @Outcome(
            id = "1, 64",
            expect = FORBIDDEN,
            desc = "One was counted and not reported; the other side may wait for it.")
    @Outcome(expect = FORBIDDEN, desc = "One of them was not counted, or reported twice.")
    @State
    public static class TwoHandleForTwoReports extends Handling {
        public TwoHandleForTwoReports() {
            super(BYTES);
        }

        @Actor
        public void first() {
            meeting.await();
            flow.handled(BYTES);
        }

        @Actor
        public void second() {
            meeting.await();
            flow.handled(BYTES);
        }

        @Arbiter
        public void afterwards(II_Result r) {
            r.r1 = count();
            r.r2 = sum();
        }
    }
}
