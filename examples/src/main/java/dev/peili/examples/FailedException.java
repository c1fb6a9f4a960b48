package dev.peili.examples;

/** A program that ran well did not come to what it was to show; the message is one line that says what came out instead. */
public final class FailedException extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param message says what came out instead */
    public FailedException(String message) {
        super(message);
    }
}
