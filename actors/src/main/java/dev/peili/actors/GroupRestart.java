package dev.peili.actors;

import dev.peili.actors.internal.dispatch.GroupPool;
import java.time.Duration;
import java.util.Optional;
import org.apache.pekko.actor.Scheduler;
import org.jspecify.annotations.Nullable;
import scala.concurrent.ExecutionContext;

/** Does what a group's {@link TaskSupervision} says. Guarded by its own monitor, but for what is volatile. */
final class GroupRestart {
    private static final ExecutionContext AT_ONCE = ExecutionContext.fromExecutor(Runnable::run);

    private final GroupPool pool;
    private final Scheduler scheduler;
    private final Suspension suspension;
    private final Runnable stop;
    private volatile TaskSupervision supervision = TaskSupervision.resume();
    private volatile int incarnation = 1;
    private @Nullable Restarts restarts;
    /** How many back-offs are running; tasks that affect several groups can fail during one. */
    private int waiting;

    GroupRestart(GroupPool pool, Scheduler scheduler, Suspension suspension, Runnable stop) {
        this.pool = pool;
        this.scheduler = scheduler;
        this.suspension = suspension;
        this.stop = stop;
    }

    void supervise(TaskSupervision strategy) {
        supervision = strategy;
    }

    /** Grows with each restart. */
    int incarnation() {
        return incarnation;
    }

    void taskFailed(Throwable failure) {
        TaskSupervision strategy = supervision;
        if (strategy instanceof TaskSupervision.Stop) {
            stop.run();
        } else if (strategy instanceof TaskSupervision.Restart restart) {
            Optional<Duration> pause = next(restart);
            pause.ifPresentOrElse(this::pauseFor, stop);
        }
    }

    private synchronized Optional<Duration> next(TaskSupervision.Restart strategy) {
        restarts = restarts == null ? new Restarts() : restarts;
        Optional<Duration> pause = restarts.next(strategy, pool.nanoTime(), pool.random());
        if (pause.isPresent()) {
            int next = incarnation + 1;
            incarnation = next;
        }
        return pause;
    }

    private synchronized void pauseFor(Duration pause) {
        if (!pause.isZero()) {
            waiting++;
            suspension.byRestart(true);
            scheduler.scheduleOnce(pause, this::goOn, AT_ONCE);
        }
    }

    private synchronized void goOn() {
        waiting--;
        if (waiting == 0) {
            suspension.byRestart(false);
        }
    }
}
