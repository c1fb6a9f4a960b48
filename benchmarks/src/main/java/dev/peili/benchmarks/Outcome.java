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
    // From here on, what is rounded to three places has one place more before the point.
    private static final double TENS = 9.995;
    private static final double HUNDREDS = 99.95;
    private static final double THOUSANDS = 999.5;
    private static final double MILLIONS = 999_500;

    private static final String COLUMNS = "%-24s %5s %5s %-7s %5s %-13s %4s";

    /** The columns of {@link #toString()}. */
    static final String HEADINGS = String.format(COLUMNS, "", "Peili", "peer", "", "ratio", "(spread)", "mark");

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

    /** Three significant places, and thousands or millions shortened: what a person reads, in five characters. */
    private static String number(double value) {
        return value >= MILLIONS
                ? places(value / 1e6) + "M"
                : value >= THOUSANDS ? places(value / 1e3) + "k" : places(value);
    }

    private static String places(double value) {
        return String.format(Locale.ROOT, value >= HUNDREDS ? "%.0f" : value >= TENS ? "%.1f" : "%.2f", value);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                COLUMNS + " %s",
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
