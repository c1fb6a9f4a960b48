package dev.peili.actors.internal.dispatch;

import dev.peili.actors.internal.agenda.Admission;
import dev.peili.actors.internal.agenda.Node;
import dev.peili.actors.internal.agenda.Work;
import dev.peili.actors.internal.flight.Flight;
import dev.peili.actors.internal.flight.OpenTurn;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** A task that was dispatched to a group. */
public class TaskWork extends Work {
    private static final Logger LOG = LoggerFactory.getLogger("dev.peili.actors.SchedulerGroup");

    private final String name;
    private final Runnable task;
    private final TaskOwner owner;

    /** Who dispatched tasks belong to, and who hears of those that throw. */
    public interface TaskOwner {
        /** The group, as its user knows it. */
        Object group();

        /** The door through which the task came in. */
        Admission admission();

        /** The task has thrown. Called on the thread that ran it. */
        void failed(String name, int lane, Throwable failure);
    }

    private TaskWork(String name, Node node, int lane, Runnable task, TaskOwner owner) {
        super(node, lane);
        this.name = name;
        this.task = task;
        this.owner = owner;
    }

    /** A task for this group and category. */
    public static TaskWork of(String name, Node node, int lane, Runnable task, TaskOwner owner) {
        long now = Flight.stamp();
        return now == Flight.UNKNOWN
                ? new TaskWork(name, node, lane, task, owner)
                : new Stamped(name, node, lane, task, owner, now);
    }

    /** One that knows when it was queued, while turns are recorded. */
    private static final class Stamped extends TaskWork {
        private final long queuedAt;

        Stamped(String name, Node node, int lane, Runnable task, TaskOwner owner, long queuedAt) {
            super(name, node, lane, task, owner);
            this.queuedAt = queuedAt;
        }

        @Override
        long queuedAt() {
            return queuedAt;
        }
    }

    long queuedAt() {
        return Flight.UNKNOWN;
    }

    /** The name that its user gave it. */
    @Override
    public String name() {
        return name;
    }

    @Override
    public void run() {
        Worker worker = Flight.followsTurns() ? Worker.current() : null;
        if (worker == null) {
            perform();
        } else {
            OpenTurn turn = worker.turns().open(name, lane(), owner.group(), null, queuedAt());
            try {
                perform();
            } finally {
                turn.close();
            }
        }
    }

    private void perform() {
        try {
            task.run();
        } catch (Throwable failure) {
            report(failure);
        } finally {
            MDC.clear();
        }
    }

    private void report(Throwable failure) {
        try {
            owner.failed(name, lane(), failure);
        } catch (Throwable unspeakable) {
            // Who asks a failure for its message runs the user's code. Its class is what can be told without.
            LOG.error(
                    "Task '{}' of {} failed with {}, which cannot be logged",
                    name,
                    owner.group(),
                    failure.getClass().getName());
        }
    }

    @Override
    public Admission admission() {
        return owner.admission();
    }

    @Override
    public Object owner() {
        return owner.group();
    }
}
