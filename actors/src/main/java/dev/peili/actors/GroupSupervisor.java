package dev.peili.actors;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
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

    private record ChildEnded() implements Command {}

    private final GroupCore core;
    private boolean emptied;
    private int children;

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
                .onMessage(ChildEnded.class, ended -> onChildEnded())
                .onSignal(PostStop.class, stop -> onPostStop())
                .build();
    }

    private <T> Behavior<Command> onSpawn(Spawn<T> spawn) {
        try {
            spawn.reply().complete(getContext().spawn(spawn.behavior(), spawn.name(), core.props(spawn.category())));
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
        ActorRef<Command> child =
                getContext().spawn(create(adopt.child()), adopt.name(), GroupsExtension.SUPERVISOR_PROPS);
        children++;
        getContext().watchWith(child, new ChildEnded());
        return this;
    }

    private Behavior<Command> onDrained() {
        return core.stopMembers() ? onEmptied() : this;
    }

    private Behavior<Command> onEmptied() {
        emptied = true;
        return stopIfDone();
    }

    private Behavior<Command> onChildEnded() {
        children--;
        return stopIfDone();
    }

    private Behavior<Command> stopIfDone() {
        return emptied && children == 0 ? Behaviors.stopped() : this;
    }

    private Behavior<Command> onPostStop() {
        core.ended();
        return this;
    }
}
