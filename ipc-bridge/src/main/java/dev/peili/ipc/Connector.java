package dev.peili.ipc;

import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** The actor that opens a channel: it has an endpoint connect, and ends as that does. */
final class Connector {
    private Connector() {}

    static Behavior<Channel.Command> create(
            Function<ActorSystem<?>, ActorRef<Channel.Command>> listener,
            Supplier<? extends TopLevelProtocol<?>> side) {
        return Behaviors.setup(context -> {
            IpcSettings settings = IpcSettings.of(context.getSystem());
            ActorRef<Endpoint.Command> endpoint = context.spawn(
                    Endpoint.create(
                            TopLevelProtocol.takenFrom(side),
                            settings,
                            new Endpoint.Connecting.Asking(listener.apply(context.getSystem())),
                            context.getSelf()),
                    "endpoint",
                    Endpoint.PROPS);
            context.watch(endpoint);
            return Behaviors.receive(Channel.Command.class)
                    .onMessage(Channel.Close.class, close -> {
                        endpoint.tell(new Endpoint.Close());
                        return Behaviors.same();
                    })
                    .onMessage(Channel.GetSnapshot.class, ask -> {
                        endpoint.tell(new Endpoint.Look(ask.replyTo()));
                        return Behaviors.same();
                    })
                    .onMessage(
                            Endpoint.Ended.class,
                            ended -> ended.endpoint().equals(endpoint) ? end(ended) : Behaviors.same())
                    .onSignal(
                            Terminated.class,
                            // After a restart there may be word of the endpoint before; that of its own is a failure.
                            ended -> isOf(endpoint, ended) ? Behaviors.unhandled() : Behaviors.same())
                    .build();
        });
    }

    private static boolean isOf(ActorRef<?> actor, Terminated ended) {
        return actor.equals(ended.getRef());
    }

    private static Behavior<Channel.Command> end(Endpoint.Ended ended) {
        if (ended.reason() == CloseReason.CLOSED) {
            return Behaviors.stopped();
        }
        throw new ChannelClosedException(ended.reason(), ended.detail());
    }
}
