package dev.peili.actors;

import dev.peili.actors.internal.dispatch.Label;
import dev.peili.actors.internal.dispatch.Workers;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A group and a category, as an {@link Executor}: whatever is executed becomes a task of that group.
 *
 * <p>Immutable, and usable from any thread at once, so it can be handed to whatever takes an executor, such as {@link
 * java.util.concurrent.CompletableFuture}. In Gecko this is an {@code nsIEventTarget}.
 */
public final class EventTarget implements Executor {
    static {
        Label.provide((target, system) -> target.group.core().label(target.category, system));
    }

    private final SchedulerGroup group;
    private final TaskCategory category;
    /** The group's; here as well, because each object on the way to them costs where there are many groups. */
    private final GroupTasks tasks;

    EventTarget(SchedulerGroup group, TaskCategory category) {
        this.group = group;
        this.tasks = group.core().tasks();
        this.category = category;
    }

    /**
     * The group and category of the turn that runs on the calling thread; empty outside of a turn, and for work in no group.
     * In a task that affects several groups it is the first of them.
     */
    public static Optional<EventTarget> current() {
        return SchedulerGroup.current().map(group -> group.eventTargetFor(TaskCategory.ofLane(Workers.currentLane())));
    }

    /** The group whose tasks these become. */
    public SchedulerGroup group() {
        return group;
    }

    /** The category of these tasks. */
    public TaskCategory category() {
        return category;
    }

    /**
     * Dispatches the task under the name of its class.
     *
     * @throws java.util.concurrent.RejectedExecutionException if the group has been closed
     */
    @Override
    public void execute(Runnable task) {
        dispatch(task.getClass().getName(), task);
    }

    /**
     * Dispatches the task; see {@link SchedulerGroup#dispatch}.
     *
     * @throws java.util.concurrent.RejectedExecutionException if the group has been closed
     */
    public void dispatch(String name, Runnable task) {
        tasks.dispatch(name, category, task);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof EventTarget target && target.group == group && target.category == category;
    }

    @Override
    public int hashCode() {
        return Objects.hash(group, category);
    }

    @Override
    public String toString() {
        return "EventTarget(" + group + ", " + category + ")";
    }
}
