package dev.peili.actors.internal.dispatch;

import dev.peili.actors.internal.agenda.Seat;
import dev.peili.actors.internal.agenda.Work;
import dev.peili.actors.internal.flight.OpenTurn;
import dev.peili.actors.internal.flight.TurnLog;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A thread of the pool. While it has one of the pool's permits it runs what the agenda says; without one it sleeps, either
 * idle or with a turn that is parked on its stack.
 */
final class Worker extends Thread {
    private final Workers pool;
    final Seat seat;
    private final boolean chaos;
    private final TurnLog turns = new TurnLog();
    /** Whether this worker is the one that looks for work; given with a permit, and given up by itself. */
    private boolean searching;

    private volatile boolean granted;
    private volatile boolean dismissed;
    /** Whether it waits because its turn is parked. */
    volatile boolean parked;

    final Outbox.Slot slot = new Outbox.Slot(this);

    Worker(Workers pool, Seat seat, String name) {
        super(name);
        this.pool = pool;
        this.seat = seat;
        this.chaos = pool.isChaotic();
        if (chaos) {
            seat.callAlways();
        }
    }

    boolean belongsTo(Workers workers) {
        return pool == workers;
    }

    /** What is being recorded of the turns on this thread. */
    TurnLog turns() {
        return turns;
    }

    static @Nullable Worker current() {
        return Thread.currentThread() instanceof Worker worker ? worker : null;
    }

    /** Whether the calling thread runs something that is in no group. */
    static boolean runsLooseWork() {
        Worker worker = current();
        return worker != null && worker.seat.inTurn() && worker.seat.current() == null;
    }

    static boolean mayTakeMessage() {
        Worker worker = current();
        // Elsewhere it is an actor's end that empties its queue.
        return worker == null || !worker.seat.inTurn() || worker.pool.agenda().mayTakeMessage(worker.seat);
    }

    // --- Permits ----------------------------------------------------------------------------------------------------

    /** Gives this worker a permit. Any thread that has one to give. */
    void grant(boolean asSearcher) {
        if (asSearcher) {
            searching = true;
        }
        granted = true;
        LockSupport.unpark(this);
    }

    /** Waits for a permit for as long; false if none came. */
    boolean awaitGrant(long nanos) {
        long deadline = System.nanoTime() + nanos;
        while (!granted) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            // A flag that is set, by somebody who came a moment too late, would end every wait at once.
            Thread.interrupted();
            LockSupport.parkNanos(this, left);
        }
        granted = false;
        return true;
    }

    /** Waits for a permit, and says whether this thread was interrupted meanwhile, which it does not show any more. */
    boolean awaitGrant() {
        boolean interrupted = false;
        while (!granted) {
            interrupted |= Thread.interrupted();
            LockSupport.park(this);
        }
        granted = false;
        return interrupted;
    }

    /** Makes this sleeping worker end. */
    void dismiss() {
        dismissed = true;
        grant(false);
    }

    boolean dismissed() {
        return dismissed;
    }

    // --- The loop ---------------------------------------------------------------------------------------------------

    @Override
    public void run() {
        awaitGrant();
        pool.agenda().restart(seat);
        boolean goesOn = true;
        Work work = null;
        while (goesOn) {
            if (work == null) {
                work = next();
            }
            if (work == null) {
                goesOn = pool.becomeIdle(this);
            } else if (work instanceof Seat.Resume resume) {
                work = null;
                goesOn = pool.makeRoomFor(resume.seat(), this);
            } else {
                runSafely(work);
                work = pool.agenda().endAndNext(seat);
            }
        }
    }

    private @Nullable Work next() {
        Work work = pool.agenda().next(seat);
        if (work == null && (searching || pool.startSearching())) {
            searching = true;
            work = search();
        }
        if (searching) {
            searching = false;
            pool.stopSearching();
        }
        return work;
    }

    private @Nullable Work search() {
        long deadline = System.nanoTime() + pool.spinNanos();
        do {
            if (pool.agenda().hasReady()) {
                pool.agenda().restart(seat);
                Work work = pool.agenda().next(seat);
                if (work != null) {
                    return work;
                }
            }
            Thread.onSpinWait();
        } while (System.nanoTime() < deadline);
        return null;
    }

    private void perform(Work work) {
        runSafely(work);
        pool.agenda().end(seat);
    }

    /** Runs the work. Its stack, as the {@link Patrol} shows it, begins above this method. */
    private void runSafely(Work work) {
        try {
            work.run();
        } catch (Throwable failure) {
            // Pekko and TaskWork handle what an actor or a task throws; what arrives here is fatal, but not for the
            // others.
            report(failure);
        } finally {
            Thread.interrupted();
        }
    }

    private void report(Throwable failure) {
        try {
            getUncaughtExceptionHandler().uncaughtException(this, failure);
        } catch (Throwable ignored) {
            // As the JVM does, or this thread would end with its turn open.
        }
    }

    // --- Checkpoints ------------------------------------------------------------------------------------------------

    boolean shouldYield() {
        return seat.shouldYield();
    }

    void checkpoint() {
        if (seat.called() && seat.pausable()) {
            lookUp();
        }
    }

    private void lookUp() {
        if (pool.runsOnTop()) {
            runOnTop();
        } else if (pool.agenda().urgentIsReady(seat)) {
            pool.handOver(this);
        }
        if (pool.agenda().shouldHandOver(seat) || (chaos && pool.agenda().hasReady())) {
            pool.handOver(this);
        }
    }

    private void runOnTop() {
        Work work = pool.agenda().nextOnTop(seat);
        if (work == null) {
            return;
        }
        ThreadState state = ThreadState.save();
        for (; work != null; work = pool.agenda().nextOnTop(seat)) {
            if (work instanceof Seat.Resume resume) {
                pool.giveWay(this, resume.seat());
            } else {
                pool.countOnTop();
                OpenTurn paused = turns.pause(TurnLog.ON_TOP);
                perform(work);
                if (paused != null) {
                    paused.resume();
                }
            }
        }
        pool.agenda().emptySlot(seat);
        state.restore();
    }
}
