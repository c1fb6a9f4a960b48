package dev.peili.examples.http;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The clock of this machine, in microseconds. All its processes read the same one, as they need not with {@link
 * System#nanoTime}; but a time between two readings is wrong if somebody has set it meanwhile.
 */
final class Clock {
    private Clock() {}

    static long micros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }
}
