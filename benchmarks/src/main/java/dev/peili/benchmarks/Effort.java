package dev.peili.benchmarks;

import java.time.Duration;

/**
 * How much is done for a measure.
 *
 * @param pairs how often both sides are measured
 * @param scale how long each time, relative to the usual
 */
record Effort(int pairs, double scale) {
    static final Effort FULL = new Effort(11, 1);
    static final Effort QUICK = new Effort(5, 0.5);

    int count(int usual) {
        return Math.max(1, (int) (usual * scale));
    }

    Duration time(Duration usual) {
        return Duration.ofNanos((long) (usual.toNanos() * scale));
    }
}
