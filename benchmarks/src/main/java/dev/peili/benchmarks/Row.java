package dev.peili.benchmarks;

/**
 * One line of the table: what is measured.
 *
 * @param peer what it is measured beside
 * @param moreIsBetter whether the ratio is Peili's value to the peer's, or the other way round
 */
record Row(String name, String unit, boolean moreIsBetter, String peer, Mark mark) {
    /** Of a throughput. */
    static Row perSecond(String name, String what, String peer, double mark) {
        return new Row(name, what + "/s", true, peer, Mark.ratio(mark));
    }

    /** Of a time, or a size. */
    static Row cost(String name, String unit, String peer, Mark mark) {
        return new Row(name, unit, false, peer, mark);
    }
}
