package dev.peili.ipc;

/** A frame could not be read, or must not have been sent; the message names it. */
final class BadFrameException extends Exception {
    private static final long serialVersionUID = 1L;

    private final CloseReason reason;

    BadFrameException(CloseReason reason, String message) {
        super(message);
        this.reason = reason;
    }

    BadFrameException(String message) {
        this(CloseReason.BAD_FRAME, message);
    }

    BadFrameException(String message, Throwable cause) {
        super(message, cause);
        this.reason = CloseReason.BAD_FRAME;
    }

    /** What is wrong with which frame. */
    String problem() {
        return String.valueOf(getMessage());
    }

    CloseReason reason() {
        return reason;
    }
}
