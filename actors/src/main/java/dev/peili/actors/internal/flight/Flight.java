package dev.peili.actors.internal.flight;

/**
 * The way to Flight Recorder. Thread-safe.
 *
 * <p>An event class that no recording has asked for yet answers {@code isEnabled} with a constant, so the compiler leaves
 * out whatever depends on it.
 */
public final class Flight {
    /** What stands for a queue time that nobody has measured; Flight Recorder shows it as N/A. */
    public static final long UNKNOWN = Long.MIN_VALUE;

    /** False in a runtime image without the module, where the event classes could not be loaded. */
    private static final boolean PRESENT =
            ModuleLayer.boot().findModule("jdk.jfr").isPresent();

    private Flight() {}

    /** Whether turns are recorded now. */
    public static boolean recordsTurns() {
        return PRESENT && TurnEvent.PROBE.isEnabled();
    }

    /** Whether turns are recorded now, or at least what pauses them. */
    public static boolean followsTurns() {
        return PRESENT && (TurnEvent.PROBE.isEnabled() || PauseEvent.PROBE.isEnabled());
    }

    /** When something is queued, on the clock of {@link System#nanoTime}; unknown where no turns are recorded. */
    public static long stamp() {
        return recordsTurns() ? System.nanoTime() : UNKNOWN;
    }

    /** A group did not accept a task. */
    public static void rejected(String task, String category, String group, String reason) {
        if (PRESENT) {
            RejectionEvent.record(task, category, group, reason);
        }
    }

    /** A task that its group had accepted will not run. */
    public static void deadLetter(String task, String category, String group) {
        if (PRESENT) {
            DeadLetterEvent.record(task, category, group);
        }
    }
}
