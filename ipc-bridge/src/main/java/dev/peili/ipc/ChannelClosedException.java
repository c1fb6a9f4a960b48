package dev.peili.ipc;

/**
 * The channel has ended in another way than by being closed. It is the failure of the actor that connected it, so that
 * whoever watches or supervises that actor learns why.
 */
public final class ChannelClosedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final CloseReason reason;

    ChannelClosedException(CloseReason reason, String detail) {
        super(detail);
        this.reason = reason;
    }

    /** The reason; the message says the same for people. */
    public CloseReason reason() {
        return reason;
    }
}
