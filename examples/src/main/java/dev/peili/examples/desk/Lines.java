package dev.peili.examples.desk;

/**
 * The lines that a viewer has rendered so far.
 *
 * @param viewer its name
 * @param slow whether it is the slow one
 * @param rendered how many lines
 * @param mixed how many of them had values of more than one turn
 * @param halfway the first one of the second half of all turns, once there is one
 * @param last the one that is shown
 */
record Lines(String viewer, boolean slow, long rendered, long mixed, Quote halfway, Quote last) {
    /** None yet. */
    static Lines none(String viewer, boolean slow) {
        return new Lines(viewer, slow, 0, 0, Quote.ofTurn(0), Quote.ofTurn(0));
    }

    /** These and one more. */
    Lines and(Quote next, long halfwayTurn) {
        boolean crossed = last.turn() < halfwayTurn && next.turn() >= halfwayTurn;
        return new Lines(
                viewer, slow, rendered + 1, next.isOfOneTurn() ? mixed : mixed + 1, crossed ? next : halfway, next);
    }
}
