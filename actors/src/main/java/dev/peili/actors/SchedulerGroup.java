package dev.peili.actors;

import dev.peili.actors.internal.dispatch.Workers;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;

/**
 * A label for work that must not interleave: a {@link DocGroup}, a {@link TabGroup}, or the {@link RootGroup}.
 *
 * <p>Between the start and the end of a turn of a group no other turn of that group, of its parent or of a group below it
 * starts (promise G1), so the tasks and actors of a group share their state without locks. Groups that are not {@linkplain
 * #isRelatedTo related} run in parallel.
 *
 * <p>This is a handle: immutable, usable from any thread, and at once, even before the supervisor actor behind it has
 * started. A group ends by itself: a DocGroup with its last document, a TabGroup with its last tab. Then what was queued
 * still runs, later dispatches are rejected, and when nothing is left the actors of the group are stopped.
 */
public abstract sealed class SchedulerGroup permits RootGroup, TabGroup, DocGroup {
    private final GroupCore core;

    SchedulerGroup(GroupCore core) {
        this.core = core;
    }

    /** The group of the turn that runs on the calling thread; empty outside of a turn, and for work in no group. */
    public static Optional<SchedulerGroup> current() {
        return Optional.ofNullable((SchedulerGroup) Workers.currentOwner());
    }

    /** The name by which logs and dead letters know this group. */
    public String name() {
        return core.name();
    }

    /**
     * Queues a task. Tasks of one category start in the order in which they were dispatched, also across related groups
     * (promise G2); what a task throws is logged and harms no other (promise G7).
     *
     * @param name what logs call the task
     * @throws RejectedExecutionException if this group has been closed
     */
    public void dispatch(String name, TaskCategory category, Runnable task) {
        core.dispatch(Objects.requireNonNull(name), category, Objects.requireNonNull(task));
    }

    /** The executor whose tasks are those of this group and category. */
    public EventTarget eventTargetFor(TaskCategory category) {
        return new EventTarget(this, Objects.requireNonNull(category));
    }

    /**
     * Spawns an actor into this group, as a child of the group's supervisor. Everything that it does, its setup, its
     * messages, signals, timers and adapted messages alike, are turns of this group in this category.
     *
     * @param name the actor's name, which must be free among the actors that were spawned here
     * @return the actor, or the failure: {@link RejectedExecutionException} if this group has been closed, or {@link
     *     org.apache.pekko.actor.InvalidActorNameException}
     */
    public <T> CompletionStage<ActorRef<T>> spawn(Behavior<T> behavior, String name, TaskCategory category) {
        return core.spawn(behavior, name, category);
    }

    /**
     * What puts an actor into this group that somebody else spawns, as in {@code ctx.spawn(behavior, name,
     * group.props(category))}. The actor is its parent's child as always; only its turns are those of this group. All its
     * messages, signals and timers are in this one category.
     *
     * @throws RejectedExecutionException if this group has ended
     */
    public Props props(TaskCategory category) {
        return core.props(category);
    }

    /** Whether turns of the two never overlap: the same group, or one above the other. */
    public abstract boolean isRelatedTo(SchedulerGroup other);

    /** How many tasks of this group have thrown so far. */
    public long failedTasks() {
        return core.failedTasks();
    }

    GroupCore core() {
        return core;
    }

    @Override
    public String toString() {
        return core.name();
    }
}
