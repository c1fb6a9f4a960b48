package dev.peili.actors;

import dev.peili.actors.internal.dispatch.GroupPool;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import scala.concurrent.ExecutionContext;

/** Does what a group's {@link TaskSupervision} says. Guarded by its own monitor, but for what is volatile. */
final class GroupRestart {
    /** That of a group which has never been restarted. */
    static final int FIRST_INCARNATION = 1;

    private static final ExecutionContext AT_ONCE = ExecutionContext.fromExecutor(Runnable::run);

    private final GroupCore core;
    private volatile TaskSupervision supervision;
    private volatile int incarnation = FIRST_INCARNATION;
    private @Nullable Restarts restarts;
    /** How many back-offs are running; tasks that affect several groups can fail during one. */
    private int waiting;

    GroupRestart(GroupCore core, TaskSupervision supervision) {
        this.core = core;
        this.supervision = supervision;
    }

    void supervise(TaskSupervision strategy) {
        supervision = strategy;
    }

    /** Grows with each restart. */
    int incarnation() {
        return incarnation;
    }

    void taskFailed() {
        TaskSupervision strategy = supervision;
        if (strategy instanceof TaskSupervision.Stop) {
            core.stopNow();
        } else if (strategy instanceof TaskSupervision.Restart restart) {
            Optional<Duration> pause = next(restart);
            pause.ifPresentOrElse(this::pauseFor, core::stopNow);
        }
    }

    private synchronized Optional<Duration> next(TaskSupervision.Restart strategy) {
        restarts = restarts == null ? new Restarts() : restarts;
        GroupPool pool = core.library().pool();
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
            core.suspension().byRestart(true);
            core.library().classicSystem().scheduler().scheduleOnce(pause, this::goOn, AT_ONCE);
        }
    }

    private synchronized void goOn() {
        waiting--;
        if (waiting == 0) {
            core.suspension().byRestart(false);
        }
    }
}
