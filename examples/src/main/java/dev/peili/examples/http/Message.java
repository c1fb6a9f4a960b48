package dev.peili.examples.http;

/** What the network has to say to a channel, after it was opened. */
sealed interface Message {
    /**
     * The answer was to ask somewhere else.
     *
     * @param status the HTTP status of that answer
     * @param url where the request goes now
     */
    record Redirect(int status, String url) implements Message {}

    /**
     * The head of an answer; there may be several.
     *
     * @param status the HTTP status
     * @param mimeType what kind of data comes with it; empty where the log does not say
     */
    record Response(int status, String mimeType) implements Message {
        private static final int NO_CONTENT = 204;
        private static final int RESET_CONTENT = 205;

        /** Whether a frame that asked for it shows another document now. */
        boolean hasDocument() {
            return status != NO_CONTENT && status != RESET_CONTENT;
        }
    }

    /** A part of the data, by its length in bytes. */
    record Data(long length) implements Message {}

    /** All data is there. */
    record Finish() implements Message {}

    /**
     * There will be no more data.
     *
     * @param error what went wrong, as Chrome calls it; empty where the log does not say
     */
    record Fail(String error) implements Message {}

    /** Whether it is the last one of its channel. */
    default boolean isLast() {
        return this instanceof Finish || this instanceof Fail;
    }
}
