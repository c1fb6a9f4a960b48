package dev.peili.actors;

import dev.peili.actors.internal.agenda.Admission;
import dev.peili.actors.internal.agenda.Agenda;
import dev.peili.actors.internal.agenda.Node;
import dev.peili.actors.internal.agenda.Work;
import dev.peili.actors.internal.dispatch.GroupMailboxType;
import dev.peili.actors.internal.dispatch.Membership;
import dev.peili.actors.internal.dispatch.TaskWork;
import dev.peili.actors.internal.dispatch.Workers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.apache.pekko.actor.DeadLetter;
import org.apache.pekko.actor.PoisonPill;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is behind a group's handle: the door through which its tasks come, its members, and the way to its supervisor.
 *
 * <p>It is <em>open</em>, then <em>closed</em> (no more tasks are accepted), then <em>stopping</em> (what was queued has
 * run, its actors are being stopped), then <em>ended</em>. Its own monitor guards the members, the supervisor and the last
 * two of these states; the first is the {@link Admission}'s.
 */
final class GroupCore implements Membership, TaskWork.TaskOwner {
    private static final Logger LOG = LoggerFactory.getLogger(SchedulerGroup.class);

    private final Library library;
    private final String name;
    private final Node node;
    private final SchedulerGroup handle;
    private final String membership;
    private final Runnable whenEnded;
    private final LongAdder failedTasks = new LongAdder();
    private final Admission door = new Admission(() -> tell(new GroupSupervisor.Drained()));

    private final Set<org.apache.pekko.actor.ActorRef> members = new HashSet<>(4);
    private @Nullable List<GroupSupervisor.Command> beforeStart = new ArrayList<>(1);
    private @Nullable ActorRef<GroupSupervisor.Command> supervisor;
    /** What the supervisor was asked to spawn and has not answered. */
    private final Set<GroupSupervisor.Spawn<?>> spawning = Collections.newSetFromMap(new IdentityHashMap<>(2));

    private volatile boolean closed;
    private volatile boolean stopping;
    private volatile boolean ended;

    /** @param whenEnded called once, on the supervisor's thread, when nothing of the group is left */
    GroupCore(
            Library library,
            String name,
            Node node,
            Function<GroupCore, ? extends SchedulerGroup> handle,
            Runnable whenEnded) {
        this.library = library;
        this.name = name;
        this.node = node;
        this.whenEnded = whenEnded;
        this.handle = handle.apply(this);
        this.membership = library.workers().register(this);
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

    // --- Tasks ------------------------------------------------------------------------------------------------------

    void dispatch(String task, TaskCategory category, Runnable runnable) {
        TaskWork work = new TaskWork(task, node, category.lane(), runnable, door, this);
        if (!library.workers().enqueue(work)) {
            throw new RejectedExecutionException(
                    "task '" + task + "' (" + category + ") was rejected: " + name + " has been closed");
        }
    }

    @Override
    public void failed(String task, int lane, Throwable failure) {
        failedTasks.increment();
        LOG.error("Task '{}' ({}) of {} failed", task, TaskCategory.ofLane(lane), name, failure);
    }

    long failedTasks() {
        return failedTasks.sum();
    }

    @Override
    public Object group() {
        return handle;
    }

    @Override
    public Node node() {
        return node;
    }

    // --- Actors -----------------------------------------------------------------------------------------------------

    Props props(TaskCategory category) {
        if (ended) {
            throw new RejectedExecutionException("no actor can be spawned into " + name + ": it has ended");
        }
        return library.props(GroupMailboxType.tag(membership, category.lane()));
    }

    <T> CompletionStage<ActorRef<T>> spawn(Behavior<T> behavior, String actor, TaskCategory category) {
        CompletableFuture<ActorRef<T>> reply = new CompletableFuture<>();
        GroupSupervisor.Spawn<T> spawn = new GroupSupervisor.Spawn<>(behavior, actor, category, reply);
        boolean over;
        synchronized (this) {
            over = closed || ended;
            if (!over) {
                spawning.add(spawn);
            }
        }
        if (over) {
            GroupSupervisor.refuse(spawn, this);
        } else {
            tell(spawn);
        }
        return reply;
    }

    /** The actor has been spawned, or could not be. */
    synchronized void answered(GroupSupervisor.Spawn<?> spawn) {
        spawning.remove(spawn);
    }

    @Override
    public synchronized boolean join(org.apache.pekko.actor.ActorRef actor) {
        if (!stopping) {
            members.add(actor);
        }
        return !stopping;
    }

    @Override
    public void leave(org.apache.pekko.actor.ActorRef actor) {
        boolean last;
        synchronized (this) {
            last = members.remove(actor) && members.isEmpty() && stopping;
        }
        if (last) {
            tell(new GroupSupervisor.Emptied());
        }
    }

    // --- The end ----------------------------------------------------------------------------------------------------

    /** Accepts nothing more; what was accepted still runs. */
    void close() {
        closed = true;
        library.agenda().close(node, door);
    }

    /** Stops the actors after what they have in their mailboxes, and says whether there are none. */
    boolean stopMembers() {
        List<org.apache.pekko.actor.ActorRef> all;
        synchronized (this) {
            stopping = true;
            all = List.copyOf(members);
        }
        for (org.apache.pekko.actor.ActorRef member : all) {
            member.tell(PoisonPill.getInstance(), org.apache.pekko.actor.ActorRef.noSender());
        }
        return all.isEmpty();
    }

    /** The supervisor has stopped: what has not run by now becomes a dead letter. */
    void ended() {
        List<GroupSupervisor.Command> left;
        List<GroupSupervisor.Spawn<?>> unanswered;
        synchronized (this) {
            if (ended) {
                return;
            }
            closed = true;
            stopping = true;
            ended = true;
            unanswered = List.copyOf(spawning);
            left = beforeStart == null ? List.of() : beforeStart;
            beforeStart = null;
        }
        library.workers().unregister(membership);
        for (Work work : library.agenda().drop(node, door)) {
            TaskWork task = (TaskWork) work;
            deadLetter(new DroppedTask(task.name(), TaskCategory.ofLane(task.lane()), handle));
        }
        left.forEach(command -> GroupSupervisor.refuse(command, this));
        unanswered.forEach(spawn -> GroupSupervisor.refuse(spawn, this));
        library.ended(this);
        whenEnded.run();
    }

    private void deadLetter(DroppedTask task) {
        org.apache.pekko.actor.ActorRef nobody = library.classicSystem().deadLetters();
        nobody.tell(new DeadLetter(task, nobody, nobody), nobody);
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

    /** What the supervisors, and only they, share. */
    interface Library {
        Workers workers();

        default Agenda agenda() {
            return workers().agenda();
        }

        Props props(String tag);

        /** A group has been opened. */
        void opened(GroupCore core);

        /** Nothing of the group is left. */
        void ended(GroupCore core);

        org.apache.pekko.actor.ActorSystem classicSystem();
    }
}
