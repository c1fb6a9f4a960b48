package dev.peili.ipc;

/** Why a protocol actor ends; see {@link ActorDestroy}. */
public enum DestroyReason {
    /** It was deleted, by {@link ProtocolActor#delete} on either side, or it stopped itself. */
    DELETED,
    /** Its manager has ended, or one above that. */
    MANAGER_GONE,
    /** Its behavior has thrown, or could not be made, on either side. */
    FAILED,
    /** The group that it was in has come to its end, on either side. */
    GROUP_STOPPED,
    /**
     * The channel was closed: by {@link Channel.Close}, by the end of the actor that opened it or of the top-level actor on the
     * other side, for a bad or lost frame, or because it was refused.
     */
    CHANNEL_CLOSED,
    /** Nothing has been heard of the other process for too long. */
    PEER_CRASHED
}
