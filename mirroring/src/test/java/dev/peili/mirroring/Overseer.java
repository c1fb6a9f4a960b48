package dev.peili.mirroring;

import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.BehaviorInterceptor;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.TypedActorContext;

/** Around what mirroring does in an actor: sees each message, the library's own too, and how its turn ends. */
final class Overseer extends BehaviorInterceptor<Object, Object> {
    private final Player player;

    Overseer(Player player) {
        super(Object.class);
        this.player = player;
    }

    @Override
    public Behavior<Object> aroundStart(TypedActorContext<Object> context, PreStartTarget<Object> target) {
        player.beginStart();
        try {
            Behavior<Object> next = target.start(context);
            player.end();
            return next;
        } catch (Throwable failure) {
            player.fail(failure);
            throw failure;
        }
    }

    @Override
    public Behavior<Object> aroundReceive(
            TypedActorContext<Object> context, Object message, ReceiveTarget<Object> target) {
        player.begin(message);
        try {
            Behavior<Object> next = target.apply(context, message);
            player.end();
            return next;
        } catch (Throwable failure) {
            player.fail(failure);
            throw failure;
        }
    }

    @Override
    public Behavior<Object> aroundSignal(
            TypedActorContext<Object> context, Signal signal, SignalTarget<Object> target) {
        player.begin(signal);
        try {
            Behavior<Object> next = target.apply(context, signal);
            player.end();
            return next;
        } catch (Throwable failure) {
            player.fail(failure);
            throw failure;
        }
    }
}
