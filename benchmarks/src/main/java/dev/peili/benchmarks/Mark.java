package dev.peili.benchmarks;

import java.util.Locale;

/**
 * What a row of the table should reach; the medians decide.
 *
 * @param ratio to the peer, or 0
 * @param least what Peili's own value has to be at least
 * @param most and at most
 */
record Mark(double ratio, double least, double most) {
    /** Nothing has to be reached. */
    static final Mark NONE = ratio(0);

    static Mark ratio(double ratio) {
        return new Mark(ratio, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    }

    /** The same, and Peili's own value has to be at least that. */
    Mark atLeast(double value) {
        return new Mark(ratio, value, most);
    }

    /** The same, and Peili's own value may be at most that. */
    Mark atMost(double value) {
        return new Mark(ratio, least, value);
    }

    boolean isNone() {
        return equals(NONE);
    }

    boolean isMet(double medianRatio, double medianValue) {
        return medianRatio >= ratio && medianValue >= least && medianValue <= most;
    }

    /** The number that is published as the mark: the ratio, or else the bound of the value. */
    double published() {
        return ratio == 0 && Double.isFinite(least) ? least : ratio;
    }

    @Override
    public String toString() {
        return isNone() ? "" : String.format(Locale.ROOT, "%.2f", published());
    }
}
