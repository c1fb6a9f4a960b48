package dev.peili.ipc;

/** Why a channel is closed. */
public enum CloseReason {
    /** One side wanted it: by {@link Channel.Close}, or by stopping the actor that had opened it. */
    CLOSED(DestroyReason.CHANNEL_CLOSED),
    /** The listener does not take this channel: another protocol, the same side, or it could not make its side. */
    REFUSED(DestroyReason.CHANNEL_CLOSED),
    /** Nobody has answered. A process that Artery has quarantined never does: it has to be started anew. */
    CONNECT_TIMEOUT(DestroyReason.PEER_CRASHED),
    /** A frame could not be read, or must not have been sent. */
    BAD_FRAME(DestroyReason.CHANNEL_CLOSED),
    /** Frames were lost on the way. */
    FRAME_LOST(DestroyReason.CHANNEL_CLOSED),
    /** The other side has not been heard for {@code peili.ipc.heartbeat.timeout}. */
    PEER_SILENT(DestroyReason.PEER_CRASHED),
    /** The top-level protocol's own actor has ended, on either side; what it manages is everything. */
    TOP_LEVEL_ENDED(DestroyReason.CHANNEL_CLOSED);

    private final DestroyReason forActors;

    CloseReason(DestroyReason forActors) {
        this.forActors = forActors;
    }

    /** What the actors of the channel are told. */
    DestroyReason forActors() {
        return forActors;
    }
}
