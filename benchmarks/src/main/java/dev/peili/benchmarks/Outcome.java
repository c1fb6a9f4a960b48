package dev.peili.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * What came out of a row, pair by pair.
 *
 * @param ours Peili's values
 * @param theirs the peer's, in the same order
 */
record Outcome(Row row, List<Double> ours, List<Double> theirs) {
    /** The columns of {@link #toString()}. */
    static final String HEADINGS =
            String.format("%-20s %10s %10s %-7s %5s %-12s %4s", "", "Peili", "peer", "", "ratio", "(spread)", "mark");

    /** The median of the ratios; above 1 is better than the peer. */
    double ratio() {
        return median(ratios());
    }

    double least() {
        return ratios()[0];
    }

    double most() {
        return ratios()[ratios().length - 1];
    }

    /** Peili's median. */
    double ourMedian() {
        return median(ours);
    }

    /** The peer's median. */
    double theirMedian() {
        return median(theirs);
    }

    boolean isMet() {
        return row.mark().isMet(ratio(), ourMedian());
    }

    private double[] ratios() {
        return IntStream.range(0, ours.size())
                .mapToDouble(i -> row.moreIsBetter() ? ours.get(i) / theirs.get(i) : theirs.get(i) / ours.get(i))
                .sorted()
                .toArray();
    }

    private static double median(List<Double> values) {
        return median(values.stream().mapToDouble(v -> v).sorted().toArray());
    }

    private static double median(double[] sorted) {
        return sorted[sorted.length / 2];
    }

    /** At most four significant places and a comma or point: what a person reads. */
    static String number(double value) {
        double size = Math.abs(value);
        return String.format(Locale.ROOT, size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : "%.2f", value);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%-20s %10s %10s %-7s %5s %-12s %4s %s",
                row.name(),
                number(ourMedian()),
                number(theirMedian()),
                row.unit(),
                number(ratio()),
                "(" + number(least()) + "-" + number(most()) + ")",
                row.mark(),
                row.mark().isNone() ? "" : isMet() ? "met" : "MISSED");
    }
}
