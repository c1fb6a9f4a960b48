package dev.peili.benchmarks;

/** A measure could not be carried out, or what it has measured did not do what it should; the message names it. */
final class MeasureFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    MeasureFailedException(String message) {
        super(message);
    }
}
