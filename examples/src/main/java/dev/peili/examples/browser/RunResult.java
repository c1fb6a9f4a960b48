package dev.peili.examples.browser;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/** What one run on one dispatcher came to. */
record RunResult(Contender dispatcher, Foreground foreground, Background background, long pauses) {
    /**
     * Of the tab in the foreground.
     *
     * @param planned how many tasks were dispatched
     * @param run how many of them have run to their end
     * @param over16_7 how many had a delay of more than 16.7 ms, the time of one frame at 60 Hz
     * @param over50 how many had a delay of more than 50 ms
     */
    record Foreground(long planned, long run, DelayMillis delayMillis, long over16_7, long over50) {
        private static final long FRAME = TimeUnit.MICROSECONDS.toNanos(16_700);
        private static final long LONG = TimeUnit.MILLISECONDS.toNanos(50);

        static Foreground of(long run, long[] delayNanos) {
            return new Foreground(
                    delayNanos.length,
                    run,
                    DelayMillis.of(delayNanos),
                    Arrays.stream(delayNanos).filter(delay -> delay > FRAME).count(),
                    Arrays.stream(delayNanos).filter(delay -> delay > LONG).count());
        }
    }

    /** From the planned time of a task to its start, in milliseconds. */
    record DelayMillis(double p50, double p99, double max) {
        static DelayMillis of(long[] nanos) {
            Histogram histogram = new Histogram(3);
            Arrays.stream(nanos)
                    .map(delay -> Math.max(0, TimeUnit.NANOSECONDS.toMicros(delay)))
                    .forEach(histogram::recordValue);
            return new DelayMillis(
                    histogram.getValueAtPercentile(50) / 1e3,
                    histogram.getValueAtPercentile(99) / 1e3,
                    histogram.getMaxValue() / 1e3);
        }
    }

    /**
     * Of all background tabs, while the foreground was being played.
     *
     * @param turns how many tasks have run to their end
     * @param busyMillis how much processor time these were recorded to take, which is the work that they have done
     * @param slowestGroupShare of the busy time, what the tab that got the least has, in equal shares: 1 is fair, 0 is
     *     starved. A tab counts with all its documents. Empty if there is no background.
     */
    record Background(long turns, double busyMillis, OptionalDouble slowestGroupShare) {
        static Background of(List<BackgroundTab.Done> before, List<BackgroundTab.Done> after) {
            long turns = IntStream.range(0, before.size())
                    .mapToLong(i -> after.get(i).turns() - before.get(i).turns())
                    .sum();
            long[] busy = IntStream.range(0, before.size())
                    .mapToLong(i -> after.get(i).cpuMicros() - before.get(i).cpuMicros())
                    .toArray();
            double equal = Math.max(1, Arrays.stream(busy).sum()) / (double) Math.max(1, busy.length);
            OptionalDouble share =
                    Arrays.stream(busy).mapToDouble(micros -> micros / equal).min();
            return new Background(turns, Arrays.stream(busy).sum() / 1e3, share);
        }
    }
}
