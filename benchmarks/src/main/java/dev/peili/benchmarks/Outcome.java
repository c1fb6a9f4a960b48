package dev.peili.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * What came out of a measure, pair by pair.
 *
 * @param ours Peili's values
 * @param theirs the peer's, in the same order
 * @param moreIsBetter whether the ratio is ours to theirs or the other way round
 * @param mark what the median of the ratios should reach
 */
record Outcome(String name, String unit, List<Double> ours, List<Double> theirs, boolean moreIsBetter, double mark) {

    /** The median of the ratios; above 1 is better than the peer. */
    double ratio() {
        return median(ratios());
    }

    private double[] ratios() {
        return IntStream.range(0, ours.size())
                .mapToDouble(i -> moreIsBetter ? ours.get(i) / theirs.get(i) : theirs.get(i) / ours.get(i))
                .sorted()
                .toArray();
    }

    private static double median(List<Double> values) {
        return median(values.stream().mapToDouble(v -> v).sorted().toArray());
    }

    private static double median(double[] sorted) {
        return sorted[sorted.length / 2];
    }

    @Override
    public String toString() {
        double[] ratios = ratios();
        return String.format(
                Locale.ROOT,
                "%-24s %,12.1f %,12.1f %-5s %5.2f (%.2f-%.2f) mark %.1f %s",
                name,
                median(ours),
                median(theirs),
                unit,
                ratio(),
                ratios[0],
                Arrays.stream(ratios).max().orElseThrow(),
                mark,
                ratio() >= mark ? "met" : "MISSED");
    }
}
