package dev.peili.actors;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ChildFailed;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/**
 * The actor behind a group: it supervises the actors that were spawned into the group and the groups below it, and takes
 * the group to its end.
 *
 * <p>It runs on Pekko's internal dispatcher, not in its own group, so it can act while a turn of the group is open. The
 * end has three steps: the group is <em>drained</em> when everything that was accepted has run; its members are then
 * stopped and it is <em>emptied</em> when they are gone; and when the groups below it have ended too, it stops itself.
 */
final class GroupSupervisor extends AbstractBehavior<GroupSupervisor.Command> {
    /** What a group's supervisor can be told. */
    sealed interface Command {}

    /** Spawns an actor into the group. */
    record Spawn<T>(Behavior<T> behavior, String name, TaskCategory category, CompletableFuture<ActorRef<T>> reply)
            implements Command {}

    /** Starts the supervisor of a group below this one. */
    record Adopt(GroupCore child, String name) implements Command {}

    /** Everything that was accepted has run, and nothing more is. */
    record Drained() implements Command {}

    /** The last member has stopped. */
    record Emptied() implements Command {}

    /** Stops the members and the groups below at once. */
    record StopNow() implements Command {}

    private record ChildEnded(ActorRef<Command> child) implements Command {}

    private final GroupCore core;
    private final Few<ActorRef<Command>, Boolean> children = new Few<>();
    /** In which category each actor that was spawned here is. */
    private final Few<ActorRef<Void>, TaskCategory> spawned = new Few<>();

    private boolean stoppedNow;
    private boolean emptied;

    static Behavior<Command> create(GroupCore core) {
        return Behaviors.setup(context -> {
            core.started(context.getSelf());
            return new GroupSupervisor(context, core);
        });
    }

    private GroupSupervisor(ActorContext<Command> context, GroupCore core) {
        super(context);
        this.core = core;
    }

    /** Answers for a supervisor that is not there any more. */
    static void refuse(Command command, GroupCore core) {
        if (command instanceof Spawn<?> spawn) {
            spawn.reply().completeExceptionally(rejection(spawn, core));
        } else if (command instanceof Adopt adopt) {
            adopt.child().ended();
        }
    }

    private static RejectedExecutionException rejection(Spawn<?> spawn, GroupCore core) {
        return new RejectedExecutionException(
                "actor '" + spawn.name() + "' was not spawned: " + core.name() + " has been closed");
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .<Spawn<?>>onMessageUnchecked(Spawn.class, this::onSpawn)
                .onMessage(Adopt.class, this::onAdopt)
                .onMessage(Drained.class, drained -> onDrained())
                .onMessage(Emptied.class, gone -> onEmptied())
                .onMessage(StopNow.class, stop -> onStopNow())
                .onMessage(ChildEnded.class, this::onChildEnded)
                .onSignal(Terminated.class, this::onMemberEnded)
                .onSignal(PostStop.class, stop -> onPostStop())
                .build();
    }

    private <T> Behavior<Command> onSpawn(Spawn<T> spawn) {
        try {
            ActorRef<T> member = getContext().spawn(spawn.behavior(), spawn.name(), core.props(spawn.category()));
            getContext().watch(member);
            spawned.put(member.unsafeUpcast(), spawn.category());
            spawn.reply().complete(member);
        } catch (RuntimeException e) {
            // Pekko wraps what a mailbox throws.
            boolean rejected =
                    e instanceof RejectedExecutionException || e.getCause() instanceof RejectedExecutionException;
            spawn.reply().completeExceptionally(rejected ? rejection(spawn, core) : e);
        }
        core.answered(spawn);
        return this;
    }

    private Behavior<Command> onAdopt(Adopt adopt) {
        core.adopted(adopt.child());
        if (stoppedNow) {
            adopt.child().ended();
            return this;
        }
        ActorRef<Command> child =
                getContext().spawn(create(adopt.child()), adopt.name(), GroupsExtension.SUPERVISOR_PROPS);
        children.put(child, true);
        getContext().watchWith(child, new ChildEnded(child));
        return this;
    }

    /** It is watched to be counted, and only if it has failed. */
    private Behavior<Command> onMemberEnded(Terminated ended) {
        TaskCategory category = spawned.remove(ended.getRef());
        if (ended instanceof ChildFailed && category != null) {
            core.tasks().failures().add(category);
        }
        return this;
    }

    private Behavior<Command> onDrained() {
        return core.stopMembers() ? onEmptied() : this;
    }

    private Behavior<Command> onStopNow() {
        stoppedNow = true;
        core.drop();
        core.stopMembersNow();
        children.keys().forEach(child -> child.tell(new StopNow()));
        return this;
    }

    private Behavior<Command> onEmptied() {
        emptied = true;
        return stopIfDone();
    }

    private Behavior<Command> onChildEnded(ChildEnded ended) {
        children.remove(ended.child());
        return stopIfDone();
    }

    private Behavior<Command> stopIfDone() {
        return emptied && children.isEmpty() ? Behaviors.stopped() : this;
    }

    private Behavior<Command> onPostStop() {
        core.ended();
        return this;
    }
}
