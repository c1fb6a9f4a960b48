package dev.peili.actors;

import dev.peili.actors.internal.dispatch.Workers;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.SupervisorStrategy;

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
    private static final int MAX_WEIGHT = 1000;

    private final GroupCore core;

    SchedulerGroup(GroupCore core) {
        this.core = core;
    }

    /**
     * The group of the turn that runs on the calling thread; empty outside of a turn, and for work in no group. In a task
     * that affects several groups it is the first of them.
     */
    public static Optional<SchedulerGroup> current() {
        Object owner = Workers.currentOwner();
        return Optional.ofNullable(
                owner instanceof GroupTasks.AffectedGroups affected ? affected.first() : (SchedulerGroup) owner);
    }

    /**
     * Whether the calling thread may touch what belongs to this group: it runs a turn of this group, of one above it, or of
     * a task that affects one of these. Any thread.
     */
    public boolean isCurrent() {
        Object owner = Workers.currentOwner();
        return owner instanceof GroupTasks.AffectedGroups affected
                ? affected.includes(this)
                : owner != null && isWithin((SchedulerGroup) owner);
    }

    /** Whether this group is the other one or below it. */
    abstract boolean isWithin(SchedulerGroup other);

    /** The name by which logs and dead letters know this group. */
    public abstract String name();

    /**
     * Queues a task. Tasks of one category start in the order in which they were dispatched, also across related groups
     * (promise G2); what a task throws is logged and harms no other (promise G7).
     *
     * @param name what logs call the task
     * @throws RejectedExecutionException if this group has been closed, or the lane of this category is full
     */
    public void dispatch(String name, TaskCategory category, Runnable task) {
        core.tasks().dispatch(name, category, task);
    }

    /**
     * Queues a task that runs when this group has nothing else to do, or when it has waited for so long. Without a deadline,
     * {@code dispatch} to {@link TaskCategory#IDLE_CALLBACK} does the same. From its deadline on the task counts as other
     * work, and so do idle tasks that were dispatched before it to this group or one above or below it. In the root group
     * it may also have to wait for older idle tasks of other groups.
     *
     * @param deadline as measured by the actor system's scheduler; not negative
     * @throws RejectedExecutionException if this group has been closed, or its lane is full
     */
    public void dispatchIdle(String name, Duration deadline, Runnable task) {
        core.tasks().dispatchIdle(Objects.requireNonNull(name), deadline, Objects.requireNonNull(task));
    }

    /** {@link #schedule(String, TaskCategory, Duration, Runnable)} in {@link TaskCategory#TIMER}. */
    public Cancellable schedule(String name, Duration delay, Runnable task) {
        return schedule(name, TaskCategory.TIMER, delay, task);
    }

    /**
     * Dispatches a task after a delay, as measured by the actor system's scheduler. Its place in the order is that of the
     * moment when the delay is over. If this group has been closed by then, or its lane is full, the task becomes a dead
     * letter; so it does at once when the group is closed before.
     *
     * @param delay not negative
     * @return cancels the task, unless it has started
     * @throws RejectedExecutionException if this group has been closed
     */
    public Cancellable schedule(String name, TaskCategory category, Duration delay, Runnable task) {
        return core.tasks().schedule(Objects.requireNonNull(name), category, delay, Objects.requireNonNull(task));
    }

    /** {@link #scheduleAtFixedRate(String, TaskCategory, Duration, Duration, Runnable)} in {@link TaskCategory#TIMER}. */
    public Cancellable scheduleAtFixedRate(String name, Duration initialDelay, Duration period, Runnable task) {
        return scheduleAtFixedRate(name, TaskCategory.TIMER, initialDelay, period, task);
    }

    /**
     * Dispatches a task again and again until it is cancelled or this group is closed. No more than one run is queued at a
     * time: where the group is late, or suspended, or the lane is full, the runs that are overdue become one. A run that
     * throws does not end it.
     *
     * @param initialDelay the time until the first run; not negative
     * @param period the time from one run to the next; more than nothing
     * @return cancels it; a run that has started goes on
     * @throws RejectedExecutionException if this group has been closed
     */
    public Cancellable scheduleAtFixedRate(
            String name, TaskCategory category, Duration initialDelay, Duration period, Runnable task) {
        return core.tasks()
                .scheduleAtFixedRate(
                        Objects.requireNonNull(name), category, initialDelay, period, Objects.requireNonNull(task));
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

    // --- Settings ---------------------------------------------------------------------------------------------------

    /**
     * Keeps turns of this group, and of groups below it, from starting until it is {@linkplain #resume resumed}. What is
     * queued stays, in order, more can be dispatched, and what waits holds up nobody else. An open turn goes on to its end,
     * paused or not; called inside a turn, this takes effect before the next one. Suspending twice does nothing. A group
     * that is closed is suspended no longer, so that it can end.
     *
     * @throws UnsupportedOperationException if this is the root group
     */
    public void suspend() {
        core.suspension().byUser(true);
    }

    /** Ends what {@link #suspend()} began; does nothing where nothing was suspended. */
    public void resume() {
        core.suspension().byUser(false);
    }

    /** Whether {@link #suspend()} was called last, and not {@link #resume()}. */
    public boolean isSuspended() {
        return core.suspension().isByUser();
    }

    /**
     * Says how much CPU time this group gets while others of the same urgency want it too: a group of weight 3 gets about
     * three times as much as one of weight 1, which is what all groups begin with. A DocGroup's share is its own, not a part
     * of its TabGroup's.
     *
     * @param weight from 1 to 1000
     * @throws IllegalArgumentException if it is not
     */
    public void setWeight(int weight) {
        if (weight < 1 || weight > MAX_WEIGHT) {
            throw new IllegalArgumentException("the weight of a group must be from 1 to " + MAX_WEIGHT + ": " + weight);
        }
        core.weigh(weight);
    }

    /**
     * Bounds a lane: while so many tasks wait in it, further ones are rejected at the caller. Actors are not counted; their
     * mailboxes have bounds of their own. By default it is what {@code peili.groups.lane-capacity} says.
     *
     * @param capacity the most tasks that may wait; 0 is any number
     * @throws IllegalArgumentException if it is negative
     */
    public void setLaneCapacity(TaskCategory category, int capacity) {
        if (capacity < 0) {
            throw new IllegalArgumentException("the capacity of a lane must not be negative: " + capacity);
        }
        core.bound(category, capacity);
    }

    /**
     * Says what this group does when one of its tasks throws, from now on. By default it is what {@code
     * peili.groups.supervision.tasks} says.
     *
     * @throws UnsupportedOperationException if this is the root group and the strategy might stop or suspend it
     */
    public void superviseTasks(TaskSupervision strategy) {
        core.tasks().restart().supervise(Objects.requireNonNull(strategy));
    }

    /**
     * Says what an actor does that throws, for those that {@link #spawn} spawns from now on; the strategy is put around the
     * behavior, outside of any that it brings itself. By default it is what {@code peili.groups.supervision.actors} says.
     * Messages that wait are kept when an actor resumes or restarts, and become dead letters when it stops, as everywhere in
     * Pekko. Actors that others spawn with this group's {@link #props} are supervised by those.
     */
    public void superviseActors(SupervisorStrategy strategy) {
        core.superviseActors(Objects.requireNonNull(strategy));
    }

    // --- State ------------------------------------------------------------------------------------------------------

    /** Whether this group accepts tasks: it has neither been closed nor stopped by its supervision. */
    public boolean isOpen() {
        return core.isOpen();
    }

    /** How many tasks of this group have thrown so far, and how many of the actors that it spawned have ended by that. */
    public long failedTasks() {
        return core.tasks().books().failures();
    }

    GroupCore core() {
        return core;
    }

    @Override
    public String toString() {
        return name();
    }
}
