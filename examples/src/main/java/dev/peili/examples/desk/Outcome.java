package dev.peili.examples.desk;

import java.time.Duration;
import java.util.List;

/**
 * What a session came to.
 *
 * @param turns of the desk
 * @param time that these took
 * @param viewers what they have rendered
 * @param mostWaiting the largest number of messages that the slow viewer had been sent and had not rendered, of those that
 *     were found when somebody looked
 * @param heapGrowth how many bytes more were in use after a garbage collection when the last turn had ended than when the
 *     first one began
 */
record Outcome(long turns, Duration time, List<Lines> viewers, long mostWaiting, long heapGrowth) {
    Outcome {
        viewers = List.copyOf(viewers);
    }

    long mixed() {
        return viewers.stream().mapToLong(Lines::mixed).sum();
    }

    double turnsPerSecond() {
        return turns / (Math.max(1, time.toNanos()) / 1e9);
    }
}
