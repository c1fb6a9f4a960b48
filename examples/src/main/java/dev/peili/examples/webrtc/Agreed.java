package dev.peili.examples.webrtc;

/**
 * What was agreed on.
 *
 * @param value what
 * @param negotiation in which negotiation; a later one has a larger number
 */
record Agreed<T>(T value, long negotiation) {
    /** What there is before anything was agreed on. */
    static <T> Agreed<T> nothing(T value) {
        return new Agreed<>(value, 0);
    }
}
