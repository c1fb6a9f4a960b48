package dev.peili.examples.desk;

/** The quotes of all turns of a desk, one after the other. The desk takes them; any thread may ask how far it is. */
final class Day {
    private final long turns;
    private volatile long turn;
    private volatile boolean over;

    Day(long turns) {
        this.turns = turns;
    }

    long turns() {
        return turns;
    }

    /** The quote of the next turn; for turns of the desk, as {@link #hasNext}. */
    Quote next() {
        long next = turn + 1;
        turn = next;
        return Quote.ofTurn(next);
    }

    /** Whether there is a next turn; if not, the day is over. */
    boolean hasNext() {
        over = turn == turns;
        return !over;
    }

    /** The turn that the desk is in. */
    long turn() {
        return turn;
    }

    boolean isOver() {
        return over;
    }
}
