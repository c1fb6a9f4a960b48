package dev.peili.examples.desk;

import java.util.Locale;

/** What the desk publishes in one turn, and what a viewer shows in one line. */
record Quote(Figure bid, Figure ask, Figure last, Figure volume) {
    /** All of it is made of the number of the turn. */
    static Quote ofTurn(long turn) {
        // Up and down, in steps of a cent.
        long bid = 100_00 + Math.abs(turn % 1_000 - 500);
        long spread = 1 + turn % 3;
        return new Quote(
                new Figure(turn, bid),
                new Figure(turn, bid + spread),
                new Figure(turn, bid + turn % (spread + 1)),
                new Figure(turn, 100 * turn));
    }

    /** Whether it is what the desk published in one of its turns. */
    boolean isOfOneTurn() {
        return equals(ofTurn(turn()));
    }

    /** The turn of the first figure. */
    long turn() {
        return bid.turn();
    }

    /** For people; below {@link #headings}. */
    String line() {
        return String.format(
                Locale.ROOT,
                "%,12d %10.2f %10.2f %10.2f %,16d",
                turn(),
                bid.amount() / 1e2,
                ask.amount() / 1e2,
                last.amount() / 1e2,
                volume.amount());
    }

    static String headings() {
        return String.format(Locale.ROOT, "%12s %10s %10s %10s %16s", "turn", "bid", "ask", "last", "volume");
    }
}
