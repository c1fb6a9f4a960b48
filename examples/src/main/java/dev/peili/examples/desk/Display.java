package dev.peili.examples.desk;

import dev.peili.actors.Turn;
import java.time.Duration;

/** Shows one line at a time. Its viewer renders; any thread may look. */
final class Display {
    private final Duration effort;
    private final long halfwayTurn;
    private volatile Lines lines;

    /**
     * @param viewer whose it is
     * @param effort for how long it works on a line; others may go first meanwhile
     * @param halfwayTurn the turn that is half of all
     */
    Display(String viewer, Duration effort, long halfwayTurn) {
        this.effort = effort;
        this.halfwayTurn = halfwayTurn;
        this.lines = Lines.none(viewer, !effort.isZero());
    }

    void render(Quote quote) {
        long end = System.nanoTime() + effort.toNanos();
        while (end - System.nanoTime() > 0) {
            Turn.checkpoint();
        }
        lines = lines.and(quote, halfwayTurn);
    }

    /** What it has shown so far; a line counts when it is ready. */
    Lines lines() {
        return lines;
    }
}
