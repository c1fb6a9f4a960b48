package dev.peili.actors;

import dev.peili.actors.internal.agenda.Entry;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.actor.Cancellable;
import org.jspecify.annotations.Nullable;

/**
 * A task that is to be dispatched when it is time. Of a periodic one no more than one run is queued at a time, so a group
 * that is late, or suspended, is not late for ever. Thread-safe.
 */
final class TaskTimer implements Cancellable {
    private enum State {
        WAITING,
        QUEUED,
        DONE,
        CANCELLED
    }

    /** What a timer does to its group. */
    interface Target {
        /** Queues this as the task. */
        Entry dispatch(Runnable run);

        /** The group did not take the task, or closed before it was time. */
        void dropped();
    }

    private final GroupTimers timers;
    private final Target target;
    private final Runnable task;
    private final boolean periodic;
    private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
    /** Guarded by the monitor, as is the next. */
    private @Nullable Cancellable clock;

    private boolean clockIsOver;

    TaskTimer(GroupTimers timers, Target target, Runnable task, boolean periodic) {
        this.timers = timers;
        this.target = target;
        this.task = task;
        this.periodic = periodic;
    }

    /** The scheduler's handle. */
    synchronized void started(Cancellable running) {
        clock = running;
        if (clockIsOver) {
            running.cancel();
        }
    }

    /** It is time. On the scheduler's thread. */
    void expired() {
        if (state.compareAndSet(State.WAITING, State.QUEUED)) {
            Entry entry = target.dispatch(this::run);
            if (entry != Entry.ADMITTED) {
                boolean tryAgain = periodic && entry == Entry.FULL;
                if (!(tryAgain && state.compareAndSet(State.QUEUED, State.WAITING)) && end(State.DONE) && !periodic) {
                    target.dropped();
                }
            }
        }
    }

    private void run() {
        if (state.compareAndSet(State.QUEUED, periodic ? State.WAITING : State.DONE)) {
            if (!periodic) {
                timers.forget(this);
            }
            task.run();
        }
    }

    void groupClosed() {
        if (state.get() == State.WAITING && end(State.DONE) && !periodic) {
            target.dropped();
        }
        stopClock();
    }

    boolean isOver() {
        State now = state.get();
        return now == State.DONE || now == State.CANCELLED;
    }

    @Override
    public boolean cancel() {
        return end(State.CANCELLED);
    }

    /** Ends it in this state; false if it has ended before. */
    private boolean end(State last) {
        State before = state.getAndUpdate(now -> now == State.DONE || now == State.CANCELLED ? now : last);
        timers.forget(this);
        stopClock();
        return before == State.WAITING || before == State.QUEUED;
    }

    private synchronized void stopClock() {
        clockIsOver = true;
        if (clock != null) {
            clock.cancel();
        }
    }

    @Override
    public boolean isCancelled() {
        return state.get() == State.CANCELLED;
    }
}
