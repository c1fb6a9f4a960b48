package dev.peili.mirroring;

/** Whether a {@link Mirror}, a {@link Listener} or a {@link Connection} is connected, and if not, why. */
public enum ConnectionState {
    /** Nobody has connected it yet. */
    NEVER_CONNECTED,
    /** It has asked to be connected, and there is no answer yet. See {@link Mirror#connect}. */
    CONNECTING,
    /** It is connected: what its owner publishes arrives. */
    CONNECTED,
    /** The owner has disconnected it. */
    DISCONNECTED,
    /** The mirror's or listener's own actor has disconnected it. */
    LEFT,
    /** Another canonical has connected the mirror since. */
    DISPLACED,
    /**
     * It could not be connected: the other actor has no mirror, listener or canonical of that name, or is not {@linkplain
     * Mirroring#setup set up}, or a watcher of the owner has failed when the mirror asked for it.
     */
    REFUSED,
    /** The owner has stopped, or has started again without the canonical or producer. */
    OWNER_ENDED,
    /** The actor of the mirror or listener has stopped, or has started again without it. */
    MIRROR_ENDED
}
