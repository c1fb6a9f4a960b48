package dev.peili.testkit.internal;

/**
 * An ask that has not been answered.
 *
 * @param step in which step it was made; 0 outside of all
 * @param during what its author was doing
 */
record Ask(long step, String during) {
    String when() {
        return step == 0 ? "between two steps" : "in step " + step + ", at " + during + ",";
    }
}
