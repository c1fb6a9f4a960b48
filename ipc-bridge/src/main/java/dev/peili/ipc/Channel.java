package dev.peili.ipc;

import java.util.Objects;
import java.util.function.Supplier;
import org.apache.pekko.actor.NoSerializationVerificationNeeded;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;

/**
 * A channel joins the two sides of a top-level protocol: in one actor system, in two of one process, or in two processes. It is
 * opened by two actors, one that listens and one that connects, and ends with them.
 *
 * <pre>{@code
 * ActorRef<Channel.Command> listener = context.spawn(Channel.listen(ContentParent::new), "content");
 * context.spawn(Channel.connect(listener, ContentChild::new), "content-child");
 * }</pre>
 *
 * <p>Between processes that Pekko's remoting joins, the listener has an address:
 *
 * <pre>{@code
 * context.spawn(Channel.connect("pekko://browser@127.0.0.1:25520/user/content", ContentChild::new), "content-child");
 * }</pre>
 *
 * <p>Everything else is the same. The actor that connects stops when the channel is closed, and fails with a {@link
 * ChannelClosedException} when it ends in another way, so it can be watched, and supervised to connect again. The listener makes
 * a channel for everyone who connects, and goes on when one of them ends. Stopping one of these actors closes its channels.
 */
public final class Channel {
    private Channel() {}

    /** What the two actors can be told. */
    public sealed interface Command extends NoSerializationVerificationNeeded
            permits Close, GetSnapshot, Handshake.Connect, Endpoint.Ended {}

    /** Closes the channel, or all channels of a listener, which stops then. All protocol actors are told before it ends. */
    public record Close() implements Command {}

    /** Asks how this side of the channel is doing; a listener answers once for each of its channels. */
    public record GetSnapshot(ActorRef<ChannelSnapshot> replyTo) implements Command {}

    /**
     * Takes channels from whoever connects.
     *
     * @param side makes this side of a channel, a new one for each; if it throws, that channel is refused
     */
    public static Behavior<Command> listen(Supplier<? extends TopLevelProtocol<?>> side) {
        Objects.requireNonNull(side, "side");
        return Listener.create(side);
    }

    /**
     * Connects to a listener.
     *
     * @param side makes this side of the channel, a new one whenever this behavior starts
     */
    public static Behavior<Command> connect(ActorRef<Command> listener, Supplier<? extends TopLevelProtocol<?>> side) {
        Objects.requireNonNull(listener, "listener");
        Objects.requireNonNull(side, "side");
        return Connector.create(system -> listener, side);
    }

    /**
     * Connects to a listener in another process.
     *
     * @param listener its path with the address of its actor system, or what {@link #address} has given
     * @param side makes this side of the channel, whenever this behavior starts; an address that cannot be understood is its
     *     failure
     */
    public static Behavior<Command> connect(String listener, Supplier<? extends TopLevelProtocol<?>> side) {
        Objects.requireNonNull(listener, "listener");
        Objects.requireNonNull(side, "side");
        return Connector.create(system -> ActorRefResolver.get(system).resolveActorRef(listener), side);
    }

    /** What {@link #connect(String, Supplier)} finds a listener by, in whatever process. */
    public static String address(ActorSystem<?> system, ActorRef<Command> listener) {
        return ActorRefResolver.get(system).toSerializationFormat(listener);
    }
}
