package dev.peili.actors.internal.dispatch;

import dev.peili.actors.internal.agenda.Agenda;
import dev.peili.actors.internal.agenda.Seat;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Lets time pass for the pool, so that no turn has to look at a clock: at each tick it moves on what a long slice keeps in
 * its slot, and makes that slice look up if others wait; then the {@link Patrol} goes round. It sleeps while no worker runs.
 */
final class Ticker {
    private static final int QUIET_TICKS = 20;

    private final Workers pool;
    private final long nanos;
    private volatile boolean asleep = true;
    /** Guarded by this object's monitor. */
    private @Nullable Thread thread;

    Ticker(Workers pool, Duration tick) {
        this.pool = pool;
        this.nanos = tick.toNanos();
    }

    /** To be called when a worker begins to run. Any thread. */
    void wake() {
        if (asleep) {
            startOrUnpark();
        }
    }

    private synchronized void startOrUnpark() {
        asleep = false;
        if (thread == null) {
            thread = new Thread(this::run, pool.threadName("ticker"));
            thread.setDaemon(true);
            thread.start();
        } else {
            LockSupport.unpark(thread);
        }
    }

    private void run() {
        int quiet = 0;
        boolean goesOn = true;
        while (goesOn) {
            LockSupport.parkNanos(this, nanos);
            tick();
            quiet = pool.anyRunning() ? 0 : quiet + 1;
            if (quiet > QUIET_TICKS) {
                goesOn = sleep();
                quiet = 0;
            }
        }
    }

    /** Sleeps while no worker runs; false if the pool is not in use any more. */
    private boolean sleep() {
        asleep = true;
        boolean inUse = pool.inUse();
        while (asleep && inUse && !pool.anyRunning()) {
            LockSupport.park(this);
            inUse = pool.inUse();
        }
        synchronized (this) {
            boolean goesOn = inUse || pool.anyRunning() || !asleep;
            asleep = !goesOn;
            if (!goesOn) {
                thread = null;
            }
            return goesOn;
        }
    }

    /** To be called when the pool is not in use any more. */
    synchronized void look() {
        if (thread != null) {
            LockSupport.unpark(thread);
        }
    }

    private void tick() {
        Agenda agenda = pool.agenda();
        agenda.tick();
        boolean othersWait = agenda.hasReady();
        List<Seat> seats = agenda.seats();
        for (int i = 0; i < seats.size(); i++) {
            Seat seat = seats.get(i);
            if (seat.lastedThroughTick()) {
                agenda.emptySlot(seat);
                if (othersWait) {
                    seat.callAttention();
                }
            }
        }
        if (agenda.hasUrgent()) {
            pool.urgent();
        }
        pool.patrol().tick(System.nanoTime());
    }
}
