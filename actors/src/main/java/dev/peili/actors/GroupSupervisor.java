package dev.peili.actors;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ChildFailed;
import org.apache.pekko.actor.typed.ExtensibleBehavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.TypedActorContext;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * The actor behind a group: it supervises the actors that were spawned into the group and the groups below it, and takes
 * the group to its end.
 *
 * <p>It runs on Pekko's internal dispatcher, not in its own group, so it can act while a turn of the group is open. The
 * end has three steps: the group is <em>drained</em> when everything that was accepted has run; its members are then
 * stopped and it is <em>emptied</em> when they are gone; and when the groups below it have ended too, it stops itself.
 *
 * <p>There are as many of these as groups, so it is a behavior that needs neither a setup nor a table of handlers.
 */
final class GroupSupervisor extends ExtensibleBehavior<GroupSupervisor.Command> {
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

    /** The last of the groups below has ended. */
    record LeftAlone() implements Command {}

    /** Stops the members and the groups below at once. */
    record StopNow() implements Command {}

    private final GroupCore core;
    /** In which category each actor that was spawned here is. */
    private Map<ActorRef<Void>, TaskCategory> spawned = Map.of();

    private boolean stoppedNow;
    private boolean emptied;

    private GroupSupervisor(GroupCore core) {
        this.core = core;
    }

    /** Starts the supervisor of a group, as a child of this actor. */
    static void start(ActorContext<?> parent, Adopt adopt) {
        ActorRef<Command> started =
                parent.spawn(new GroupSupervisor(adopt.child()), adopt.name(), GroupsExtension.SUPERVISOR_PROPS);
        adopt.child().started(Adapter.toClassic(started));
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
    public Behavior<Command> receive(TypedActorContext<Command> context, Command command) {
        if (command instanceof Spawn<?> spawn) {
            return onSpawn(context.asJava(), spawn);
        } else if (command instanceof Adopt adopt) {
            return onAdopt(context.asJava(), adopt);
        } else if (command instanceof Drained) {
            return onDrained();
        } else if (command instanceof Emptied) {
            return onEmptied();
        } else if (command instanceof LeftAlone) {
            return stopIfDone();
        } else {
            return onStopNow();
        }
    }

    @Override
    public Behavior<Command> receiveSignal(TypedActorContext<Command> context, Signal signal) {
        if (signal instanceof Terminated ended) {
            return onMemberEnded(ended);
        } else if (signal instanceof PostStop) {
            core.ended();
            return this;
        } else {
            return Behaviors.unhandled();
        }
    }

    private <T> Behavior<Command> onSpawn(ActorContext<Command> context, Spawn<T> spawn) {
        try {
            ActorRef<T> member = context.spawn(spawn.behavior(), spawn.name(), core.props(spawn.category()));
            context.watch(member);
            spawned = Few.with(spawned, member.unsafeUpcast(), spawn.category());
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

    private Behavior<Command> onAdopt(ActorContext<Command> context, Adopt adopt) {
        if (stoppedNow) {
            adopt.child().ended();
        } else {
            start(context, adopt);
        }
        return this;
    }

    /** It is watched to be counted, and only if it has failed. */
    private Behavior<Command> onMemberEnded(Terminated ended) {
        TaskCategory category = spawned.get(ended.getRef());
        spawned = Few.without(spawned, ended.getRef());
        if (ended instanceof ChildFailed && category != null) {
            core.tasks().books().addFailure(category);
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
        core.groupsBelow().forEach(child -> child.tell(new StopNow()));
        return this;
    }

    private Behavior<Command> onEmptied() {
        emptied = true;
        return stopIfDone();
    }

    private Behavior<Command> stopIfDone() {
        return emptied && core.groupsBelow().isEmpty() ? Behaviors.stopped() : this;
    }
}
