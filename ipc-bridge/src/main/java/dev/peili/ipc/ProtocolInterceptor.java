package dev.peili.ipc;

import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.BehaviorInterceptor;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.TypedActorContext;
import org.apache.pekko.actor.typed.internal.BehaviorImpl;
import org.apache.pekko.actor.typed.internal.InterceptorImpl;
import org.apache.pekko.actor.typed.internal.UnstashException;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;
import scala.util.control.NonFatal;

/**
 * Around the behavior of a protocol actor: unwraps what comes from the other half, marks the turns, and tells it why it ends.
 *
 * <p>Whatever ends a typed actor, its last signal is {@code PostStop}, so that is where {@link ActorDestroy} is put in front.
 * Only behaviors that could not start, or stopped while they did, get neither.
 */
final class ProtocolInterceptor extends BehaviorInterceptor<Object, Object> {
    private final ProtocolActor<?> actor;
    /** Why the last turn has failed; null if it has not. */
    private @Nullable Throwable failure;

    private boolean hasStopped;

    private ProtocolInterceptor(ProtocolActor<?> actor) {
        super(Object.class);
        this.actor = actor;
    }

    /** The behavior to spawn. */
    static Behavior<Object> behaviorOf(ProtocolActor<?> actor) {
        return new ProtocolInterceptor(actor).around(Behaviors.setup(context -> actor.newBehavior()));
    }

    /** Whatever is told to a typed actor is taken for its message type, so this loses nothing. */
    @SuppressWarnings("unchecked")
    private Behavior<Object> around(Behavior<?> behavior) {
        return Behaviors.intercept(() -> this, (Behavior<Object>) behavior);
    }

    @Override
    public Behavior<Object> aroundStart(TypedActorContext<Object> context, PreStartTarget<Object> target) {
        Behavior<Object> first;
        actor.beginTurn();
        try {
            first = noted(target.start(context));
            if (first == Behaviors.<Object>same() || first == Behaviors.<Object>unhandled()) {
                // As it is after a failure with a supervision that resumes; Pekko finds it too late for PostStop.
                throw new IllegalArgumentException(
                        actor + " cannot begin with Behaviors.same() or unhandled(): there is nothing before");
            }
        } catch (Throwable e) {
            actor.core().endedAtStart(actor, e);
            throw e;
        } finally {
            actor.endTurn();
        }
        if (Behavior.isAlive(first)) {
            actor.core().started(actor);
        } else {
            actor.core().endedAtStart(actor, failure);
        }
        return first;
    }

    @Override
    public Behavior<Object> aroundReceive(
            TypedActorContext<Object> context, Object message, ReceiveTarget<Object> target) {
        if (message == Inbox.END) {
            return Behaviors.stopped();
        } else if (message instanceof Incoming incoming) {
            return receive(context, incoming, target);
        }
        actor.beginTurn();
        try {
            return noted(target.apply(context, message));
        } catch (Throwable e) {
            throw failed(e);
        } finally {
            actor.endTurn();
        }
    }

    private Behavior<Object> receive(
            TypedActorContext<Object> context, Incoming incoming, ReceiveTarget<Object> target) {
        if (actor.inbox().drops()) {
            actor.core().countDropped();
            actor.inbox().handled(actor, incoming);
            return Behaviors.same();
        }
        actor.beginTurn(incoming.group());
        try {
            return noted(target.apply(context, incoming.message()));
        } catch (Throwable e) {
            throw failed(e);
        } finally {
            actor.endTurn();
            actor.inbox().handled(actor, incoming);
        }
    }

    @Override
    public Behavior<Object> aroundSignal(
            TypedActorContext<Object> context, Signal signal, SignalTarget<Object> target) {
        if (signal == PostStop.instance()) {
            tellWhy(context, target);
        }
        actor.beginTurn();
        try {
            return noted(target.apply(context, signal));
        } catch (Throwable e) {
            throw failed(e);
        } finally {
            actor.endTurn();
            if (signal == PostStop.instance()) {
                actor.core().finished(actor);
            }
        }
    }

    private void tellWhy(TypedActorContext<Object> context, SignalTarget<Object> target) {
        ActorDestroy why = actor.core().ending(actor, failure, hasStopped);
        actor.beginTurn();
        try {
            target.apply(context, why);
        } catch (Throwable e) {
            if (!NonFatal.apply(e)) {
                throw e;
            }
            context.asJava().getLog().error("{} failed while it was told that it ends", actor, e);
        } finally {
            actor.endTurn();
        }
    }

    private Behavior<Object> noted(Behavior<Object> next) {
        Behavior<?> any = next;
        if (any instanceof BehaviorImpl.FailedBehavior failed) {
            failure = failed.cause();
        } else if (!Behavior.isAlive(next)) {
            hasStopped = true;
        }
        return next;
    }

    /** What is thrown while messages are unstashed names the last behavior; without this around it, nobody would be told. */
    private RuntimeException failed(Throwable e) {
        failure = e instanceof UnstashException<?> unstash ? unstash.cause() : e;
        return ProtocolInterceptor.<RuntimeException>unchecked(
                e instanceof UnstashException<?> unstash
                        ? new UnstashException<>(unstash.cause(), aroundStarted(unstash.behavior()))
                        : e);
    }

    /** What {@code around} gives has to be started, and Pekko tells what has not started nothing of its end. */
    @SuppressWarnings("unchecked")
    private Behavior<Object> aroundStarted(Behavior<?> behavior) {
        return new InterceptorImpl<>(this, (Behavior<Object>) behavior);
    }

    /** Throws what Scala does not declare. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E extends Throwable> RuntimeException unchecked(Throwable failure) throws E {
        throw (E) failure;
    }
}
