package dev.peili.examples.browser;

import dev.peili.actors.TaskCategory;
import java.util.Optional;

/**
 * One task that a browser ran on a main thread, with what is needed to label it.
 *
 * <p>A task that has neither tab nor URL belongs to no group that is known.
 *
 * @param startMicros microseconds from the start of the recording's first task to the start of this one
 * @param durationMicros how long it ran, in microseconds
 * @param cpuMicros how long it had a processor for that, in microseconds; the whole duration where the trace does not say.
 *     Never more than the duration.
 * @param name what it did, as Chrome calls it
 * @param category the kind of work that it did
 * @param tab the id of the root frame of its tab
 * @param frameUrl the URL of its frame's document at that time; empty where the frame is not known
 */
public record RecordedTask(
        long startMicros,
        long durationMicros,
        long cpuMicros,
        String name,
        TaskCategory category,
        Optional<String> tab,
        Optional<String> frameUrl) {

    /** When it ended, in microseconds from the start of the recording's first task. */
    public long endMicros() {
        return startMicros + durationMicros;
    }

    RecordedTask startingAt(long micros) {
        return new RecordedTask(micros, durationMicros, cpuMicros, name, category, tab, frameUrl);
    }
}
