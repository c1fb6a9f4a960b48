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
import org.openjdk.jcstress.infra.results.I_Result;

/** Promise I7 at an actor's {@link Window}: no more in flight than there is room for, and no place lost or given twice. */
final class WindowStress {
    private WindowStress() {}

    /** A window with this many places, all of them taken. */
    private static Window full(int places) {
        Window window = new Window(places);
        freePlaces(window);
        return window;
    }

    /** How many places are free; then they are taken. */
    private static int freePlaces(Window window) {
        int taken = 0;
        while (window.tryAcquire()) {
            taken++;
        }
        return taken;
    }

    /** Two threads send for one actor that has one place left. */
    @JCStressTest
    @Outcome(
            id = {"1, 0, 1", "0, 1, 1"},
            expect = ACCEPTABLE,
            desc = "One got it, and it is free again when that message has been handled.")
    @Outcome(id = "1, 1, .", expect = FORBIDDEN, desc = "More in flight than the window allows.")
    @Outcome(id = ".*, 0", expect = FORBIDDEN, desc = "The attempt that failed has kept the place.")
    @Outcome(expect = FORBIDDEN, desc = "Neither got it, or there are more places than before.")
    @State
    public static class TwoSendersForOnePlace {
        private final Meeting meeting = new Meeting(2);
        private final Window window = new Window(1);

        @Actor
        public void first(III_Result r) {
            meeting.await();
            r.r1 = window.tryAcquire() ? 1 : 0;
        }

        @Actor
        public void second(III_Result r) {
            meeting.await();
            r.r2 = window.tryAcquire() ? 1 : 0;
        }

        @Arbiter
        public void afterwards(III_Result r) {
            window.handled(1);
            r.r3 = freePlaces(window);
        }
    }

    /** A thread sends while a place becomes free. */
    @JCStressTest
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "It got the place.")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "It came too early; the place is still free.")
    @Outcome(id = "0, 0", expect = FORBIDDEN, desc = "The place was lost.")
    @Outcome(expect = FORBIDDEN, desc = "The place was given twice.")
    @State
    public static class SendAgainstReport {
        private final Meeting meeting = new Meeting(2);
        private final Window window = full(1);

        @Actor
        public void sender(II_Result r) {
            meeting.await();
            r.r1 = window.tryAcquire() ? 1 : 0;
        }

        @Actor
        public void reporter() {
            meeting.await();
            window.handled(1);
        }

        @Arbiter
        public void afterwards(II_Result r) {
            r.r2 = freePlaces(window);
        }
    }

    /** Two reports come at the same time, and the one that was made later may be seen first. */
    @JCStressTest
    @Outcome(id = "2", expect = ACCEPTABLE, desc = "The larger sum counts.")
    @Outcome(expect = FORBIDDEN, desc = "The sum fell; where that was the last report, the places are lost for good.")
    @State
    public static class TwoReports {
        private final Meeting meeting = new Meeting(2);
        private final Window window = full(2);

        @Actor
        public void earlier() {
            meeting.await();
            window.handled(1);
        }

        @Actor
        public void later() {
            meeting.await();
            window.handled(2);
        }

        @Arbiter
        public void afterwards(I_Result r) {
            r.r1 = freePlaces(window);
        }
    }

    /** Two threads find that there is room for a sender that was refused. */
    @JCStressTest
    @Outcome(
            id = {"1, 0", "0, 1"},
            expect = ACCEPTABLE,
            desc = "One of them tells it.")
    @Outcome(id = "1, 1", expect = FORBIDDEN, desc = "It is told twice.")
    @Outcome(expect = FORBIDDEN, desc = "Each left it to the other.")
    @State
    public static class TwoTellers {
        private final Meeting meeting = new Meeting(2);
        private final Window window = full(1);

        public TwoTellers() {
            window.await();
            window.handled(1);
        }

        @Actor
        public void first(II_Result r) {
            meeting.await();
            r.r1 = window.shouldTell() ? 1 : 0;
        }

        @Actor
        public void second(II_Result r) {
            meeting.await();
            r.r2 = window.shouldTell() ? 1 : 0;
        }
    }
}
