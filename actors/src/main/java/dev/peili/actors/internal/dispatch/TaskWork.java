package dev.peili.actors.internal.dispatch;

import dev.peili.actors.internal.agenda.Admission;
import dev.peili.actors.internal.agenda.Node;
import dev.peili.actors.internal.agenda.Work;
import org.slf4j.MDC;

/** A task that was dispatched to a group. */
public final class TaskWork extends Work {
    private final String name;
    private final Runnable task;
    private final Admission admission;
    private final TaskOwner owner;

    /** Who dispatched tasks belong to, and who hears of those that throw. */
    public interface TaskOwner {
        /** The group, as its user knows it. */
        Object group();

        /** The task has thrown. Called on the thread that ran it. */
        void failed(String name, int lane, Throwable failure);
    }

    /** @param admission the door through which the task came in */
    public TaskWork(String name, Node node, int lane, Runnable task, Admission admission, TaskOwner owner) {
        super(node, lane);
        this.name = name;
        this.task = task;
        this.admission = admission;
        this.owner = owner;
    }

    /** The name that its user gave it. */
    public String name() {
        return name;
    }

    @Override
    public void run() {
        try {
            task.run();
        } catch (Throwable failure) {
            owner.failed(name, lane(), failure);
        } finally {
            MDC.clear();
        }
    }

    @Override
    public Admission admission() {
        return admission;
    }

    @Override
    public Object owner() {
        return owner.group();
    }
}
