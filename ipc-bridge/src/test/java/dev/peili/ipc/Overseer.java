package dev.peili.ipc;

import java.util.Optional;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.BehaviorInterceptor;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.TypedActorContext;
import org.apache.pekko.actor.typed.internal.BehaviorImpl;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** Around the behavior of a half, outside of its supervision: sees each turn, and how it ends. */
final class Overseer extends BehaviorInterceptor<Object, Object> {
    private final ModelHalf half;

    Overseer(ModelHalf half) {
        super(Object.class);
        this.half = half;
    }

    @Override
    public Behavior<Object> aroundStart(TypedActorContext<Object> context, PreStartTarget<Object> target) {
        half.beginTurn("start");
        half.starts();
        half.ref = Optional.of(context.asJava().getSelf());
        try {
            Behavior<Object> first = target.start(context);
            if (first == Behaviors.<Object>same()) {
                // What failed at its start is resumed, and nothing is there to go on with.
                half.endsBy(DestroyReason.FAILED);
            }
            noted(first);
            half.started(Behavior.isAlive(first) && first != Behaviors.<Object>same());
            return first;
        } catch (Throwable failure) {
            half.endsBy(DestroyReason.FAILED);
            half.started(false);
            throw failure;
        } finally {
            half.endTurn();
        }
    }

    @Override
    public Behavior<Object> aroundReceive(
            TypedActorContext<Object> context, Object message, ReceiveTarget<Object> target) {
        if (message instanceof Level.Numbered numbered) {
            half.beginTurnFor(numbered.serial());
            half.handle(numbered.serial(), numbered.pad().length());
        } else {
            half.beginTurn("message");
        }
        try {
            return noted(target.apply(context, message));
        } catch (Throwable failure) {
            half.endsBy(DestroyReason.FAILED);
            throw failure;
        } finally {
            half.endTurn();
        }
    }

    @Override
    public Behavior<Object> aroundSignal(
            TypedActorContext<Object> context, Signal signal, SignalTarget<Object> target) {
        half.beginTurn(signal.toString());
        if (signal instanceof ActorDestroy destroy) {
            half.told(destroy);
        } else if (signal instanceof ChannelWritable) {
            half.writable();
        } else if (signal == PostStop.instance()) {
            half.stops();
        }
        try {
            return noted(target.apply(context, signal));
        } catch (Throwable failure) {
            half.endsBy(DestroyReason.FAILED);
            throw failure;
        } finally {
            half.endTurn();
        }
    }

    private Behavior<Object> noted(Behavior<Object> next) {
        Behavior<?> any = next;
        if (any instanceof BehaviorImpl.FailedBehavior) {
            half.endsBy(DestroyReason.FAILED);
        } else if (!Behavior.isAlive(next)) {
            half.endsBy(DestroyReason.DELETED);
        }
        return next;
    }
}
