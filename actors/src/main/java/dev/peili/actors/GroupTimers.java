package dev.peili.actors;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.Scheduler;
import scala.concurrent.ExecutionContext;

/**
 * The timers of one group, so that they end with it. Time is that of the actor system's scheduler, on whose thread a timer
 * dispatches its task. Guarded by its own monitor.
 */
final class GroupTimers {
    private static final ExecutionContext AT_ONCE = ExecutionContext.fromExecutor(Runnable::run);

    private final Scheduler scheduler;
    private Set<TaskTimer> timers = Set.of();
    private boolean closed;

    /** @param closed whether the group is closed already */
    GroupTimers(Scheduler scheduler, boolean closed) {
        this.scheduler = scheduler;
        this.closed = closed;
    }

    /** Starts a timer that expires once. False if the group is closed. */
    boolean startOnce(TaskTimer timer, Duration delay) {
        return start(timer, s -> s.scheduleOnce(delay, timer::expired, AT_ONCE));
    }

    /** Starts a timer that expires again and again. False if the group is closed. */
    boolean startAtFixedRate(TaskTimer timer, Duration initialDelay, Duration period) {
        return start(timer, s -> s.scheduleAtFixedRate(initialDelay, period, timer::expired, AT_ONCE));
    }

    private boolean start(TaskTimer timer, Function<Scheduler, Cancellable> start) {
        // Before it is known here, so that a delay which the scheduler refuses leaves nothing behind.
        Cancellable clock = start.apply(scheduler);
        timer.started(clock);
        boolean refused;
        synchronized (this) {
            refused = closed;
            if (!refused && !timer.isOver()) {
                timers = Few.with(timers, timer);
            }
        }
        return !(refused && timer.cancel());
    }

    synchronized void forget(TaskTimer timer) {
        timers = Few.without(timers, timer);
    }

    /** Cancels all of them, and starts no more. */
    void close() {
        List<TaskTimer> all;
        synchronized (this) {
            closed = true;
            all = List.copyOf(timers);
            timers = Set.of();
        }
        all.forEach(TaskTimer::groupClosed);
    }
}
