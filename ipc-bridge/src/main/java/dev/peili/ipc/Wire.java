package dev.peili.ipc;

import org.jspecify.annotations.Nullable;

/**
 * The way to the other endpoint: as frames, or as the messages are. Any thread; what is written after {@link #close} is not
 * sent.
 */
interface Wire {
    /**
     * Has the other half constructed.
     *
     * @param twins where messages for the other half are put already; null where they go by this way
     */
    void constructor(
            ProtocolActor<?> actor,
            long id,
            MessageType type,
            ProtocolMessage arguments,
            byte[] payload,
            @Nullable Inbox twins);

    void message(ProtocolActor<?> actor, MessageType type, ProtocolMessage message, byte[] payload);

    void delete(long actor, ActorDestroy why);

    void messagesHandled(long actor, long messages);

    void bytesHandled(long bytes);

    void close(CloseReason reason, String detail);

    /** Sends what has been collected. */
    void flush();

    /** Shows that this side is there, if it has not sent anything since the last time. */
    void beat();
}
