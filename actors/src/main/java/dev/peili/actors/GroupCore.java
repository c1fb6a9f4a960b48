package dev.peili.actors;

import dev.peili.actors.internal.agenda.Admission;
import dev.peili.actors.internal.agenda.Agenda;
import dev.peili.actors.internal.agenda.Node;
import dev.peili.actors.internal.dispatch.GroupMailboxType;
import dev.peili.actors.internal.dispatch.GroupPool;
import dev.peili.actors.internal.dispatch.Label;
import dev.peili.actors.internal.dispatch.Membership;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.pekko.actor.InternalActorRef;
import org.apache.pekko.actor.PoisonPill;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

/**
 * What is behind a group's handle: its tasks, its members, and the way to its supervisor.
 *
 * <p>It is <em>open</em>, then <em>closed</em> (no more tasks are accepted), then <em>stopping</em> (what was queued has
 * run or was dropped, its actors are being stopped), then <em>ended</em>. Its own monitor guards the members, the
 * supervisor and the last two of these states; the first is the {@link Admission}'s. At the end of the actor system the
 * supervisor may stop before members that have another parent, or while a turn is open: the group is <em>over</em> when
 * those have ended too.
 */
final class GroupCore implements Membership {
    private final Library library;
    private final Owner owner;
    private final long number;
    private final Node node;
    private final SchedulerGroup handle;
    private final GroupTasks tasks;
    /** Made when somebody asks for it. */
    private @Nullable Suspension suspension;

    private volatile @Nullable SupervisorStrategy actorSupervision;

    /** What the mailboxes of its actors find it by; made for the first of them. */
    private @Nullable String membership;
    /** The actors in this group, and whether each has arrived. */
    private Map<org.apache.pekko.actor.ActorRef, Boolean> members = Map.of();

    private List<GroupSupervisor.Command> beforeStart = List.of();
    private org.apache.pekko.actor.@Nullable ActorRef supervisor;
    /** What the supervisor was asked to spawn and has not answered. */
    private Set<GroupSupervisor.Spawn<?>> spawning = Set.of();
    /** The groups below this one that have not ended. */
    private Set<GroupCore> below = Set.of();

    private volatile boolean closed;
    private volatile boolean drained;
    private volatile boolean stopping;
    private volatile boolean ended;
    private boolean over;

    /** @param number grows from group to group */
    GroupCore(
            Library library,
            Owner owner,
            long number,
            Node node,
            Function<GroupCore, ? extends SchedulerGroup> handle) {
        this.library = library;
        this.owner = owner;
        this.number = number;
        this.node = node;
        this.handle = handle.apply(this);
        this.tasks = new GroupTasks(this, new Admission(this::drained));
        GroupSettings settings = library.settings();
        this.actorSupervision = settings.actors();
        for (int lane = 0; settings.laneCapacity() > 0 && lane < Node.LANES; lane++) {
            library.agenda().bound(node, lane, settings.laneCapacity());
        }
    }

    Library library() {
        return library;
    }

    /** Of two groups, the one with the smaller number was made first. */
    long number() {
        return number;
    }

    String name() {
        return handle.name();
    }

    SchedulerGroup handle() {
        return handle;
    }

    GroupTasks tasks() {
        return tasks;
    }

    synchronized Suspension suspension() {
        Suspension made = suspension;
        if (made == null) {
            made = new Suspension(library.agenda(), node, closed);
            suspension = made;
        }
        return made;
    }

    /** What becomes of it when a task fails, unless somebody says something else. */
    TaskSupervision defaultSupervision() {
        TaskSupervision setting = library.settings().tasks();
        boolean possible = !(handle instanceof RootGroup) || RootGroup.isPossible(setting);
        return possible ? setting : TaskSupervision.resume();
    }

    boolean belongsTo(Library other) {
        return library == other;
    }

    boolean isOpen() {
        return !closed;
    }

    Label label(TaskCategory category, org.apache.pekko.actor.ActorSystem system) {
        if (system != library.classicSystem()) {
            throw new IllegalArgumentException(name() + " is a group of another actor system");
        }
        return tasks.label(category);
    }

    @Override
    public Object group() {
        return handle;
    }

    @Override
    public Node node() {
        return node;
    }

    void bound(TaskCategory category, int most) {
        library.agenda().bound(node, category.lane(), most);
    }

    void weigh(int weight) {
        library.agenda().weigh(node, weight);
    }

    GroupSnapshot snapshot() {
        return Snapshots.of(handle, library.agenda().look(node), tasks);
    }

    // --- Actors -----------------------------------------------------------------------------------------------------

    void superviseActors(SupervisorStrategy strategy) {
        actorSupervision = strategy;
    }

    Props props(TaskCategory category) {
        return library.props(GroupMailboxType.tag(membership(), category.lane()));
    }

    private synchronized String membership() {
        if (ended) {
            throw new RejectedExecutionException("no actor can be spawned into " + name() + ": it has ended");
        }
        String key = membership;
        if (key == null) {
            key = library.pool().register(this);
            membership = key;
        }
        return key;
    }

    <T> CompletionStage<ActorRef<T>> spawn(Behavior<T> behavior, String actor, TaskCategory category) {
        CompletableFuture<ActorRef<T>> reply = new CompletableFuture<>();
        GroupSupervisor.Spawn<T> spawn = new GroupSupervisor.Spawn<>(supervised(behavior), actor, category, reply);
        boolean accepts;
        synchronized (this) {
            accepts = !(closed || ended);
            if (accepts) {
                spawning = Few.with(spawning, spawn);
            }
        }
        if (accepts) {
            tell(spawn);
        } else {
            GroupSupervisor.refuse(spawn, this);
        }
        return reply;
    }

    private <T> Behavior<T> supervised(Behavior<T> behavior) {
        SupervisorStrategy strategy = actorSupervision;
        return strategy == null ? behavior : Behaviors.supervise(behavior).onFailure(strategy);
    }

    /** The actor has been spawned, or could not be. */
    synchronized void answered(GroupSupervisor.Spawn<?> spawn) {
        spawning = Few.without(spawning, spawn);
    }

    @Override
    public synchronized boolean join(org.apache.pekko.actor.ActorRef actor) {
        if (!stopping) {
            members = Few.with(members, actor, false);
        }
        return !stopping;
    }

    @Override
    public void arrive(org.apache.pekko.actor.ActorRef actor) {
        boolean late;
        synchronized (this) {
            if (members.containsKey(actor)) {
                members = Few.with(members, actor, true);
            }
            late = stopping;
        }
        if (late) {
            stop(actor);
        }
    }

    @Override
    public void leave(org.apache.pekko.actor.ActorRef actor) {
        boolean last;
        synchronized (this) {
            boolean was = members.containsKey(actor);
            members = Few.without(members, actor);
            last = was && members.isEmpty() && stopping;
        }
        if (last) {
            tell(new GroupSupervisor.Emptied());
            beOverIfNothingIsLeft();
        }
    }

    // --- The groups below -------------------------------------------------------------------------------------------

    /** Has the supervisor start that of a group below this one, or ends that group if it never will. */
    void adopt(GroupCore child, String childName) {
        synchronized (this) {
            if (!ended) {
                below = Few.with(below, child);
            }
        }
        tell(new GroupSupervisor.Adopt(child, childName));
    }

    /** A group below this one has ended. */
    void endedBelow(GroupCore child) {
        boolean last;
        synchronized (this) {
            below = Few.without(below, child);
            last = below.isEmpty() && stopping;
        }
        if (last) {
            tell(new GroupSupervisor.LeftAlone());
        }
    }

    /** Those that have not ended. */
    synchronized List<GroupCore> groupsBelow() {
        return List.copyOf(below);
    }

    // --- The end ----------------------------------------------------------------------------------------------------

    /** Accepts nothing more; what was accepted still runs, and is not suspended any more. */
    void close() {
        closed = true;
        tasks.close();
        endSuspension();
    }

    /** Accepts nothing more, and lets what has not started become dead letters. */
    void drop() {
        closed = true;
        tasks.drop();
        endSuspension();
    }

    /** To be called when it is closed, so that a suspension which is made later is over from the start. */
    private void endSuspension() {
        Suspension made;
        synchronized (this) {
            made = suspension;
        }
        if (made != null) {
            made.end();
        }
    }

    /** Whether nothing that it accepted is left. */
    boolean isDrained() {
        return drained;
    }

    private void drained() {
        drained = true;
        if (!library.drained(this)) {
            tell(new GroupSupervisor.Drained());
        }
        beOverIfNothingIsLeft();
    }

    /** Comes to its end at once, as the strategy wants: nothing that has not started does. Any thread. */
    void stopNow() {
        drop();
        tell(new GroupSupervisor.StopNow());
    }

    /**
     * Stops the actors after what they have in their mailboxes, and says whether there are none. Those that have not
     * arrived are stopped when they do.
     */
    boolean stopMembers() {
        return stopMembers(GroupCore::stop);
    }

    /** Stops the actors after the message that they are handling. */
    void stopMembersNow() {
        // Not ActorSystem.stop, which tells the user's guardian, and a typed one does not understand it.
        stopMembers(member -> ((InternalActorRef) member).stop());
    }

    private boolean stopMembers(Consumer<org.apache.pekko.actor.ActorRef> stop) {
        List<org.apache.pekko.actor.ActorRef> arrived = new ArrayList<>();
        boolean none;
        synchronized (this) {
            stopping = true;
            none = members.isEmpty();
            members.forEach((member, hasArrived) -> {
                if (hasArrived) {
                    arrived.add(member);
                }
            });
        }
        arrived.forEach(stop);
        return none;
    }

    private static void stop(org.apache.pekko.actor.ActorRef member) {
        member.tell(PoisonPill.getInstance(), org.apache.pekko.actor.ActorRef.noSender());
    }

    /** The supervisor has stopped: what has not run by now becomes a dead letter. */
    void ended() {
        List<GroupSupervisor.Command> left;
        List<GroupSupervisor.Spawn<?>> unanswered;
        List<GroupCore> orphans;
        String key;
        synchronized (this) {
            if (ended) {
                return;
            }
            closed = true;
            stopping = true;
            ended = true;
            unanswered = List.copyOf(spawning);
            orphans = List.copyOf(below);
            below = Set.of();
            left = beforeStart;
            beforeStart = List.of();
            key = membership;
        }
        if (key != null) {
            library.pool().unregister(key);
        }
        if (!drained) {
            drop();
        }
        // Those of a group whose supervisor never started.
        stopMembersNow();
        left.forEach(command -> GroupSupervisor.refuse(command, this));
        unanswered.forEach(spawn -> GroupSupervisor.refuse(spawn, this));
        // What reaches the supervisor when it has decided to stop is lost to it.
        orphans.stream().filter(orphan -> !orphan.hasStarted()).forEach(GroupCore::ended);
        owner.ended(this);
        library.drained(this);
        beOverIfNothingIsLeft();
    }

    /** Until then its turns, and those of others, are in each other's way, and the agenda has to know its node for that. */
    private void beOverIfNothingIsLeft() {
        boolean now;
        synchronized (this) {
            now = ended && drained && members.isEmpty() && !over;
            over |= now;
        }
        if (now) {
            owner.over(this);
        }
    }

    // --- The supervisor ---------------------------------------------------------------------------------------------

    /** Tells the supervisor, as soon as there is one. */
    void tell(GroupSupervisor.Command command) {
        org.apache.pekko.actor.ActorRef receiver;
        synchronized (this) {
            receiver = supervisor;
            if (receiver == null && !ended) {
                beforeStart = beforeStart.isEmpty() ? new ArrayList<>(1) : beforeStart;
                beforeStart.add(command);
                return;
            }
        }
        if (receiver == null || ended) {
            GroupSupervisor.refuse(command, this);
        } else {
            receiver.tell(command, org.apache.pekko.actor.ActorRef.noSender());
        }
    }

    /** There is a supervisor; what it has been told so far follows. If the group has ended meanwhile, it is stopped. */
    synchronized void started(org.apache.pekko.actor.ActorRef made) {
        supervisor = made;
        beforeStart.forEach(command -> made.tell(command, org.apache.pekko.actor.ActorRef.noSender()));
        beforeStart = List.of();
        if (ended) {
            stop(made);
        }
    }

    private synchronized boolean hasStarted() {
        return supervisor != null;
    }

    /** Who opened the group. */
    interface Owner {
        /** The group's supervisor has stopped, or will never start. Called once, by any thread. */
        void ended(GroupCore core);

        /** Nothing of the group is left: no turn of it starts any more. Called once, by any thread. */
        void over(GroupCore core);
    }

    /** What the groups of one actor system, and only they, share. */
    interface Library {
        GroupPool pool();

        Agenda agenda();

        GroupSettings settings();

        Props props(String tag);

        /** All that the group accepted has run or was dropped; false if its supervisor should hear of it. */
        boolean drained(GroupCore core);

        org.apache.pekko.actor.ActorSystem classicSystem();
    }
}
