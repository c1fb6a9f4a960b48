package dev.peili.testkit;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.jspecify.annotations.Nullable;

/** The user guardian of a simulated actor system: the parent of all actors that a test makes. */
final class SimulationGuardian extends AbstractBehavior<SimulationGuardian.Command> {
    sealed interface Command {}

    /** Spawns an actor, and keeps what came of it for whoever asked. */
    static final class Spawn<T> implements Command {
        private final Behavior<T> behavior;
        private final String name;
        private final Props props;
        private @Nullable ActorRef<T> ref;
        private @Nullable RuntimeException failure;

        Spawn(Behavior<T> behavior, String name, Props props) {
            this.behavior = behavior;
            this.name = name;
            this.props = props;
        }

        private void run(ActorContext<?> context) {
            try {
                ref = context.spawn(behavior, name, props);
            } catch (RuntimeException e) {
                failure = e;
            }
        }

        ActorRef<T> result() {
            if (failure != null) {
                throw failure;
            }
            if (ref == null) {
                throw new IllegalStateException("'" + name + "' was not spawned: the actor system has been terminated");
            }
            return ref;
        }
    }

    /** Stops all actors that there are. */
    record StopAll() implements Command {}

    private SimulationGuardian(ActorContext<Command> context) {
        super(context);
    }

    static Behavior<Command> create() {
        return Behaviors.setup(SimulationGuardian::new);
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Spawn.class, this::onSpawn)
                .onMessage(StopAll.class, all -> onStopAll())
                .build();
    }

    private Behavior<Command> onSpawn(Spawn<?> spawn) {
        spawn.run(getContext());
        return this;
    }

    private Behavior<Command> onStopAll() {
        getContext().getChildren().forEach(getContext()::stop);
        return this;
    }
}
