package dev.peili.mirroring;

import java.util.function.Supplier;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.BehaviorInterceptor;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.TypedActorContext;
import org.apache.pekko.actor.typed.internal.BehaviorImpl;
import org.apache.pekko.actor.typed.internal.InterceptorImpl;
import org.apache.pekko.actor.typed.internal.RestartSupervisor;
import org.apache.pekko.actor.typed.internal.ResumeSupervisor;
import org.apache.pekko.actor.typed.internal.UnstashException;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

/** Makes each message and signal that a behavior handles a turn, and handles what the behavior does not see. */
final class MirroringInterceptor<M> extends BehaviorInterceptor<Object, M> {
    private final Node node;
    /** The behavior that was looked at last. */
    private @Nullable Behavior<M> checked;

    MirroringInterceptor(Node node) {
        super(Object.class);
        this.node = node;
        node.setUp(this);
    }

    @Override
    public Behavior<M> aroundStart(TypedActorContext<Object> context, PreStartTarget<M> target) {
        Behavior<M> next;
        node.turn().begin(false);
        try {
            node.starting();
            next = check(target.start(context));
            if (hasFailed(next)) {
                notStarted();
                return next;
            }
            node.made();
            node.turn().end();
        } catch (Throwable failure) {
            notStarted();
            // With what names a behavior a supervisor would go on, and that one is not set up.
            throw sneaky(UnstashException.unwrap(failure));
        }
        settle();
        return next;
    }

    private void notStarted() {
        fail();
        node.notStarted();
    }

    private void settle() {
        node.turn().begin(true);
        try {
            node.started();
            node.turn().end();
        } catch (Throwable failure) {
            throw failed(failure);
        }
    }

    @Override
    public Behavior<M> aroundReceive(TypedActorContext<Object> context, Object message, ReceiveTarget<M> target) {
        if (!node.isCurrent(this)) {
            return target.apply(context, cast(message));
        }
        if (node.turn().isCurrent()) {
            return within(() -> target.apply(context, cast(message)));
        }
        node.turn().begin(message instanceof QuietMessage);
        try {
            if (message instanceof MirroringMessage internal) {
                internal.handle(node);
                node.turn().end();
                return Behaviors.same();
            }
            return end(target.apply(context, cast(message)));
        } catch (Throwable failure) {
            throw failed(failure);
        }
    }

    /** What is not the library's own is what the actor's reference accepts. */
    @SuppressWarnings("unchecked")
    private M cast(Object message) {
        return (M) message;
    }

    @Override
    public Behavior<M> aroundSignal(TypedActorContext<Object> context, Signal signal, SignalTarget<M> target) {
        if (!node.isCurrent(this)) {
            return target.apply(context, signal);
        }
        if (node.turn().isCurrent()) {
            return within(() -> target.apply(context, signal));
        }
        node.turn().begin(false);
        try {
            return end(target.apply(context, signal));
        } catch (Throwable failure) {
            throw failed(failure);
        }
    }

    /**
     * Part of the running turn: {@code unstashAll(Behaviors.same())} has the actor's whole behavior handle what was stashed,
     * with this and the supervisors around it. If one of those goes on after a failure, the turn has failed nevertheless.
     */
    private Behavior<M> within(Supplier<Behavior<M>> part) {
        try {
            Behavior<M> next = part.get();
            if (hasFailed(next)) {
                node.turn().spoil();
            }
            return next;
        } catch (Throwable failure) {
            node.turn().spoil();
            throw failure;
        }
    }

    private Behavior<M> end(Behavior<M> next) {
        if (!node.isCurrent(this)) {
            // The actor has started again within the turn, which is over.
            return next;
        }
        check(next);
        if (hasFailed(next) || node.turn().isSpoiled()) {
            fail();
        } else {
            node.turn().end();
        }
        return next;
    }

    private void fail() {
        if (node.isCurrent(this)) {
            node.turn().fail();
        }
    }

    /** Throws it, though nobody has declared it, as Scala's methods declare nothing. */
    private static RuntimeException sneaky(Throwable failure) {
        return MirroringInterceptor.<RuntimeException>unchecked(failure);
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E extends Throwable> RuntimeException unchecked(Throwable failure) throws E {
        throw (E) failure;
    }

    /** A supervisor within that stops the actor says so in this way. */
    private static boolean hasFailed(Behavior<?> next) {
        return next instanceof BehaviorImpl.FailedBehavior;
    }

    /**
     * Ends the turn badly, and throws why. What fails while messages are unstashed tells supervisors which behavior was the
     * last; without this interceptor around it, the actor would be set up no more.
     */
    private RuntimeException failed(Throwable failure) {
        fail();
        return sneaky(
                failure instanceof UnstashException<?> unstash
                        ? new UnstashException<>(unstash.cause(), around(unstash.behavior()))
                        : failure);
    }

    /** What was unstashed within this was of its messages. */
    @SuppressWarnings("unchecked")
    private Behavior<Object> around(Behavior<?> inner) {
        if (contains(inner)) {
            return (Behavior<Object>) inner;
        }
        return new InterceptorImpl<>(this, (Behavior<M>) inner);
    }

    /** Whether this is somewhere in it already. */
    private boolean contains(Behavior<?> behavior) {
        for (Behavior<?> b = behavior; b instanceof InterceptorImpl<?, ?> around; b = around.nestedBehavior()) {
            if (around.interceptor() == this) {
                return true;
            }
        }
        return false;
    }

    /** Refuses what would keep failures from being seen here. */
    private Behavior<M> check(Behavior<M> next) {
        if (next != checked && !contains(next)) {
            for (Behavior<?> b = next; b instanceof InterceptorImpl<?, ?> around; b = around.nestedBehavior()) {
                if (around.interceptor() instanceof RestartSupervisor<?, ?>
                        || around.interceptor() instanceof ResumeSupervisor<?, ?>) {
                    throw new IllegalStateException(
                            node.path() + " is supervised within Mirroring.setup, where a failed"
                                    + " turn looks like a good one; put the supervision around it:"
                                    + " Behaviors.supervise(Mirroring.setup(...)).onFailure(...)");
                }
            }
            checked = next;
        }
        return next;
    }
}
