package dev.peili.actors.internal.dispatch;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.peili.actors.internal.agenda.Agenda;
import dev.peili.actors.internal.agenda.Seat;
import dev.peili.stress.Meeting;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * The {@link Ticker}: who wakes it gets a tick, even if it is about to fall asleep or to end for want of work. A tick is
 * seen by the attention that it calls for at a turn that lasts while others wait.
 */
final class TickerStress {
    private TickerStress() {}

    /** About as many ticks as pass before a ticker falls asleep for which no worker runs. */
    private static final int QUIET_TICKS = 21;

    /** For how long no tick comes if the ticker is asleep. */
    private static final long SILENCE_NANOS = 1_000_000;

    /** A ticker, and a seat whose turn lasts while others wait. */
    private abstract static class Place {
        final Workers workers = Pool.workers(0);
        private final Ticker ticker = new Ticker(workers, Duration.ofNanos(1));
        private final Agenda agenda = workers.agenda();
        private final Seat seat = agenda.newSeat();
        private final Meeting pause = new Meeting(1, 6);

        Place() {
            workers.enqueue(new Pool.Counted(agenda.newTabGroup("open")));
            agenda.next(seat);
            workers.enqueue(new Pool.Counted(agenda.newTabGroup("waits")));
        }

        /** Begins to run at about the time when the ticker falls asleep, and says whether it ticks. */
        boolean beginToRun() {
            Pool.running(workers, 1);
            ticker.wake();
            boolean ticked = Pool.await(this::ticked);
            Pool.running(workers, 0);
            int quiet = QUIET_TICKS - ThreadLocalRandom.current().nextInt(2);
            while (quiet > 0 && ticksSoon()) {
                quiet--;
            }
            pause.await();
            Pool.running(workers, 1);
            ticker.wake();
            takeNote();
            ticked &= Pool.await(this::ticked);
            Pool.running(workers, 0);
            return ticked;
        }

        private boolean ticksSoon() {
            takeNote();
            long begin = System.nanoTime();
            while (!ticked() && System.nanoTime() - begin < SILENCE_NANOS) {
                Thread.onSpinWait();
            }
            return ticked();
        }

        private boolean ticked() {
            return seat.attention();
        }

        private void takeNote() {
            agenda.urgentIsReady(seat);
        }

        void end() {
            ticker.look();
        }
    }

    /** Nobody uses the pool, so the ticker's thread is about to end. */
    @JCStressTest
    @Outcome(
            id = "1",
            expect = ACCEPTABLE,
            desc = "The thread saw that a worker runs and went on, or another was made.")
    @Outcome(id = "0", expect = FORBIDDEN, desc = "The thread ended, and who had woken it took it for awake.")
    @State
    public static class WakeAgainstEnd extends Place {
        @Actor
        public void worker(I_Result r) {
            r.r1 = beginToRun() ? 1 : 0;
        }

        @Arbiter
        public void afterwards(I_Result r) {
            end();
        }
    }

    /** The pool is in use, so the ticker's thread is about to sleep. */
    @JCStressTest
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "The thread saw that a worker runs and stayed awake, or was woken.")
    @Outcome(id = "0", expect = FORBIDDEN, desc = "The thread sleeps, and who had woken it took it for awake.")
    @State
    public static class WakeAgainstSleep extends Place {
        public WakeAgainstSleep() {
            workers.retain();
        }

        @Actor
        public void worker(I_Result r) {
            r.r1 = beginToRun() ? 1 : 0;
        }

        @Arbiter
        public void afterwards(I_Result r) {
            workers.release();
            end();
        }
    }
}
