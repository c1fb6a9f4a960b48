package dev.peili.testkit;

import java.util.ArrayList;
import java.util.List;

/**
 * A schedule in which the test failed. The message tells the seed and the last steps; what failed is the cause.
 */
public final class ScheduleFailedError extends AssertionError {
    private static final long serialVersionUID = 1L;

    private final long seed;
    private final long steps;
    private final long traceHash;
    private final ArrayList<TraceStep> lastSteps;

    ScheduleFailedError(
            long seed, long steps, long traceHash, List<TraceStep> lastSteps, String note, Throwable cause) {
        super(text(seed, steps, lastSteps, note, cause), cause);
        this.seed = seed;
        this.steps = steps;
        this.traceHash = traceHash;
        this.lastSteps = new ArrayList<>(lastSteps);
    }

    private static String text(long seed, long steps, List<TraceStep> last, String note, Throwable cause) {
        return "seed " + seed + ": " + cause + note + "\n" + TraceTable.of(last, steps)
                + "\nThe same schedule again: seed " + seed + ", with JUnit -Dpeili.seed=" + seed;
    }

    /** What gives this schedule again. */
    public long seed() {
        return seed;
    }

    /** How many steps it had until it failed. */
    public long steps() {
        return steps;
    }

    /** A number that stands for all its steps and their order. */
    public long traceHash() {
        return traceHash;
    }

    /** The last steps as a table, a line for each. */
    public String table() {
        return TraceTable.of(lastSteps, steps);
    }

    /** The last steps, the oldest first; how many are kept, {@code peili.testkit.trace-length} says. */
    public List<TraceStep> lastSteps() {
        return List.copyOf(lastSteps);
    }
}
