package dev.peili.examples;

/** Something that the user has to put right; the message is one line that names the thing and what is wrong with it. */
public final class UserException extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param message names the thing, and says what is wrong with it */
    public UserException(String message, Throwable cause) {
        super(message, cause);
    }

    /** @param message names the thing, and says what is wrong with it */
    public UserException(String message) {
        super(message);
    }
}
