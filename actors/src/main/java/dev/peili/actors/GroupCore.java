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
import java.util.Objects;
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
    private final String name;
    private final Node node;
    private final SchedulerGroup handle;
    private final String membership;
    private final Runnable whenOver;
    private final GroupTasks tasks;
    private final Suspension suspension;
    private final GroupRestart restart;
    private volatile @Nullable SupervisorStrategy actorSupervision;

    /** The actors in this group, and whether each has arrived. */
    private final Few<org.apache.pekko.actor.ActorRef, Boolean> members = new Few<>();

    private @Nullable List<GroupSupervisor.Command> beforeStart = new ArrayList<>(1);
    private @Nullable ActorRef<GroupSupervisor.Command> supervisor;
    /** What the supervisor was asked to spawn and has not answered. */
    private final Few<GroupSupervisor.Spawn<?>, Boolean> spawning = new Few<>();
    /** Groups below this one whose supervisors it has been told to start and has not. */
    private final Few<GroupCore, Boolean> adopting = new Few<>();

    private volatile boolean closed;
    private volatile boolean drained;
    private volatile boolean stopping;
    private volatile boolean ended;
    private boolean over;

    /** @param whenOver called once, by any thread, when nothing of the group is left: no turn of it starts any more */
    GroupCore(
            Library library,
            String name,
            Node node,
            Function<GroupCore, ? extends SchedulerGroup> handle,
            Runnable whenOver) {
        this.library = library;
        this.name = name;
        this.node = node;
        this.whenOver = whenOver;
        this.handle = handle.apply(this);
        this.suspension = new Suspension(library.agenda(), node);
        this.restart = new GroupRestart(library.pool(), library.classicSystem().scheduler(), suspension, this::stopNow);
        this.tasks = new GroupTasks(
                library.pool(),
                library.classicSystem(),
                this.handle,
                node,
                new Admission(this::drained),
                restart::taskFailed);
        this.membership = library.pool().register(this);
        GroupSettings settings = library.settings();
        this.actorSupervision = settings.actors();
        boolean possible = !(this.handle instanceof RootGroup) || RootGroup.isPossible(settings.tasks());
        restart.supervise(possible ? settings.tasks() : TaskSupervision.resume());
        for (int lane = 0; settings.laneCapacity() > 0 && lane < Node.LANES; lane++) {
            library.agenda().bound(node, lane, settings.laneCapacity());
        }
    }

    /** To be called once, when everything that refers to this has been made. */
    void opened() {
        library.opened(this);
    }

    String name() {
        return name;
    }

    SchedulerGroup handle() {
        return handle;
    }

    GroupTasks tasks() {
        return tasks;
    }

    Suspension suspension() {
        return suspension;
    }

    GroupRestart restart() {
        return restart;
    }

    int incarnation() {
        return restart.incarnation();
    }

    boolean belongsTo(Library other) {
        return library == other;
    }

    boolean isOpen() {
        return !closed;
    }

    Label label(TaskCategory category, org.apache.pekko.actor.ActorSystem system) {
        if (system != library.classicSystem()) {
            throw new IllegalArgumentException(name + " is a group of another actor system");
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
        if (ended) {
            throw new RejectedExecutionException("no actor can be spawned into " + name + ": it has ended");
        }
        return library.props(GroupMailboxType.tag(membership, category.lane()));
    }

    <T> CompletionStage<ActorRef<T>> spawn(Behavior<T> behavior, String actor, TaskCategory category) {
        CompletableFuture<ActorRef<T>> reply = new CompletableFuture<>();
        GroupSupervisor.Spawn<T> spawn = new GroupSupervisor.Spawn<>(supervised(behavior), actor, category, reply);
        boolean accepts;
        synchronized (this) {
            accepts = !(closed || ended);
            if (accepts) {
                spawning.put(spawn, true);
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
        spawning.remove(spawn);
    }

    @Override
    public synchronized boolean join(org.apache.pekko.actor.ActorRef actor) {
        if (!stopping) {
            members.put(actor, false);
        }
        return !stopping;
    }

    @Override
    public void arrive(org.apache.pekko.actor.ActorRef actor) {
        boolean late;
        synchronized (this) {
            members.replace(actor, true);
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
            last = members.remove(actor) != null && members.isEmpty() && stopping;
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
                adopting.put(child, true);
            }
        }
        tell(new GroupSupervisor.Adopt(child, childName));
    }

    /** The supervisor of the group below has been started, or that group has ended instead. */
    synchronized void adopted(GroupCore child) {
        adopting.remove(child);
    }

    // --- The end ----------------------------------------------------------------------------------------------------

    /** Accepts nothing more; what was accepted still runs, and is not suspended any more. */
    void close() {
        closed = true;
        tasks.close();
        suspension.end();
    }

    /** Accepts nothing more, and lets what has not started become dead letters. */
    void drop() {
        closed = true;
        tasks.drop();
        suspension.end();
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
        synchronized (this) {
            if (ended) {
                return;
            }
            closed = true;
            stopping = true;
            ended = true;
            unanswered = spawning.keys();
            orphans = adopting.removeAll();
            left = beforeStart == null ? List.of() : beforeStart;
            beforeStart = null;
        }
        library.pool().unregister(membership);
        drop();
        // Those of a group whose supervisor never started.
        stopMembersNow();
        left.forEach(command -> GroupSupervisor.refuse(command, this));
        unanswered.forEach(spawn -> GroupSupervisor.refuse(spawn, this));
        // What reaches the supervisor when it has decided to stop is lost to it.
        orphans.forEach(GroupCore::ended);
        library.ended(this);
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
            whenOver.run();
        }
    }

    // --- The supervisor ---------------------------------------------------------------------------------------------

    /** Tells the supervisor, as soon as there is one. */
    void tell(GroupSupervisor.Command command) {
        ActorRef<GroupSupervisor.Command> receiver;
        synchronized (this) {
            receiver = supervisor;
            if (receiver == null && beforeStart != null) {
                beforeStart.add(command);
                return;
            }
        }
        if (receiver == null || ended) {
            GroupSupervisor.refuse(command, this);
        } else {
            receiver.tell(command);
        }
    }

    /** The supervisor has started; what it has been told so far follows. */
    synchronized void started(ActorRef<GroupSupervisor.Command> self) {
        supervisor = self;
        Objects.requireNonNull(beforeStart).forEach(self::tell);
        beforeStart = null;
    }

    /** What the groups of one actor system, and only they, share. */
    interface Library {
        GroupPool pool();

        Agenda agenda();

        GroupSettings settings();

        Props props(String tag);

        /** A group has been opened. */
        void opened(GroupCore core);

        /** All that the group accepted has run or was dropped; false if its supervisor should hear of it. */
        boolean drained(GroupCore core);

        /** Nothing of the group is left. */
        void ended(GroupCore core);

        org.apache.pekko.actor.ActorSystem classicSystem();
    }
}
