package dev.peili.testkit.internal;

import java.time.Duration;
import java.util.Locale;

/** Virtual times as one reads them. */
public final class Times {
    private static final long MICRO = 1_000;
    private static final long MILLI = 1_000 * MICRO;
    private static final long SECOND = 1_000 * MILLI;

    private Times() {}

    /** In the largest unit that needs no fraction, or with three places after the point. */
    public static String text(Duration time) {
        return text(time.toNanos());
    }

    private static long unit(long nanos) {
        return nanos >= SECOND ? SECOND : MILLI;
    }

    static String text(long nanos) {
        if (nanos % SECOND == 0) {
            return nanos / SECOND + " s";
        } else if (nanos % MILLI == 0) {
            return nanos / MILLI + " ms";
        } else if (nanos % MICRO == 0 && nanos < MILLI) {
            return nanos / MICRO + " us";
        } else if (nanos >= MILLI) {
            return String.format(Locale.ROOT, "%.3f %s", nanos / (double) unit(nanos), nanos >= SECOND ? "s" : "ms");
        }
        return String.format(Locale.ROOT, "%.3f us", nanos / (double) MICRO);
    }
}
