package dev.peili.ipc;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.jspecify.annotations.Nullable;
import scala.util.control.NonFatal;

/** The actor that takes channels: it makes an endpoint for each that asks, and answers those that ask again. */
final class Listener extends AbstractBehavior<Channel.Command> {
    private final Supplier<? extends TopLevelProtocol<?>> sides;
    private final IpcSettings settings;
    /** Its endpoints, by those that have asked for them. */
    private final Map<ActorRef<Endpoint.Command>, ActorRef<Endpoint.Command>> endpoints = new HashMap<>();

    private boolean isClosing;
    private int accepted;

    static Behavior<Channel.Command> create(Supplier<? extends TopLevelProtocol<?>> sides) {
        return Behaviors.setup(context -> new Listener(context, sides));
    }

    private Listener(ActorContext<Channel.Command> context, Supplier<? extends TopLevelProtocol<?>> sides) {
        super(context);
        this.sides = sides;
        this.settings = IpcSettings.of(context.getSystem());
    }

    @Override
    public Receive<Channel.Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Handshake.Connect.class, this::onConnect)
                .onMessage(Channel.Close.class, close -> onClose())
                .onMessage(Channel.GetSnapshot.class, this::onGetSnapshot)
                .onMessage(Endpoint.Ended.class, this::onEnded)
                .onSignal(Terminated.class, this::onTerminated)
                .build();
    }

    private Behavior<Channel.Command> onConnect(Handshake.Connect connect) {
        ActorRef<Endpoint.Command> known = endpoints.get(connect.endpoint());
        if (known != null) {
            known.tell(connect);
        } else {
            String problem = isClosing ? "the listener is being closed" : accept(connect);
            if (problem != null) {
                getContext().getLog().warn("{} was refused: {}", connect.endpoint(), problem);
                connect.endpoint().tell(new Handshake.Refuse(problem));
            }
        }
        return this;
    }

    /** Why it is not accepted; null if it is. */
    private @Nullable String accept(Handshake.Connect connect) {
        TopLevelProtocol<?> side;
        try {
            side = TopLevelProtocol.takenFrom(sides);
        } catch (Throwable e) {
            if (!NonFatal.apply(e)) {
                throw e;
            }
            getContext().getLog().error("no side of a channel could be made for {}", connect.endpoint(), e);
            return "the listener could not make its side: " + e;
        }
        if (side.side() == connect.side()) {
            return "the listener has the " + side.side() + " side, too";
        }
        String difference = new ProtocolTree(side.protocol()).difference(connect.description());
        if (difference != null) {
            return "the listener has another protocol: " + difference;
        }
        endpoints.put(connect.endpoint(), spawn(side, connect));
        return null;
    }

    private ActorRef<Endpoint.Command> spawn(TopLevelProtocol<?> side, Handshake.Connect connect) {
        ActorRef<Endpoint.Command> endpoint = getContext()
                .spawn(
                        Endpoint.create(
                                side,
                                settings,
                                new Endpoint.Connecting.Accepting(connect),
                                getContext().getSelf()),
                        "endpoint-" + ++accepted,
                        Endpoint.PROPS);
        // In case it fails before it has told its last word.
        getContext().watch(endpoint);
        return endpoint;
    }

    private Behavior<Channel.Command> onClose() {
        isClosing = true;
        endpoints.values().forEach(endpoint -> endpoint.tell(new Endpoint.Close()));
        return stopIfDone();
    }

    private Behavior<Channel.Command> onGetSnapshot(Channel.GetSnapshot ask) {
        endpoints.values().forEach(endpoint -> endpoint.tell(new Endpoint.Look(ask.replyTo())));
        return this;
    }

    private Behavior<Channel.Command> onEnded(Endpoint.Ended ended) {
        endpoints.values().remove(ended.endpoint());
        if (ended.reason() != CloseReason.CLOSED) {
            getContext().getLog().warn("a channel has ended ({}): {}", ended.reason(), ended.detail());
        }
        return stopIfDone();
    }

    private Behavior<Channel.Command> onTerminated(Terminated ended) {
        ActorRef<?> gone = ended.getRef();
        endpoints.values().removeIf(gone::equals);
        return stopIfDone();
    }

    private Behavior<Channel.Command> stopIfDone() {
        return isClosing && endpoints.isEmpty() ? Behaviors.stopped() : this;
    }
}
