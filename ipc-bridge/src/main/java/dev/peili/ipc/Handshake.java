package dev.peili.ipc;

import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/**
 * How a channel is opened: one endpoint asks a listener, again and again until it is answered by the endpoint that the listener
 * has made. From then on both send packets.
 */
sealed interface Handshake extends Remote {
    /**
     * How much an endpoint lets be in flight: its other has to report what was handled before so much has come.
     *
     * @param messages of one actor
     * @param bytes of all
     */
    record Windows(int messages, long bytes) {}

    /**
     * Asks for a channel.
     *
     * @param description of the protocols, see {@link ProtocolTree}
     * @param side that the asking endpoint has
     * @param windows of that endpoint
     * @param local what is behind that endpoint; null if it is in another process
     */
    record Connect(
            List<String> description,
            Side side,
            Windows windows,
            ActorRef<Endpoint.Command> endpoint,
            @Nullable ChannelCore local)
            implements Handshake, Channel.Command, Endpoint.Command {}

    /**
     * The channel is open.
     *
     * @param windows of the endpoint that the listener has made
     * @param endpoint is that endpoint
     * @param local what is behind that endpoint, if messages go as they are; else null
     */
    record Accept(
            Windows windows,
            ActorRef<Endpoint.Command> endpoint,
            @Nullable ChannelCore local) implements Handshake, Endpoint.Command {}

    /** There will be no channel. */
    record Refuse(String why) implements Handshake, Endpoint.Command {}
}
