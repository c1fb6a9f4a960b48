package dev.peili.actors;

import dev.peili.actors.internal.dispatch.SlowTurn;
import dev.peili.actors.internal.dispatch.TurnReports;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns, through the log, of turns that keep their thread for too long: what it was, where, and the way out.
 *
 * <p>The settings are those of the section {@code peili.dispatcher.watchdog}.
 */
final class Watchdog implements TurnReports {
    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);

    /** Not an error: the way in which logs show a stack. */
    private static final class Stack extends Throwable {
        private static final long serialVersionUID = 1L;

        Stack(SlowTurn turn) {
            super("of thread " + turn.thread(), null, false, true);
            setStackTrace(turn.stack().toArray(StackTraceElement[]::new));
        }
    }

    @Override
    public boolean wanted() {
        return LOG.isWarnEnabled();
    }

    @Override
    public void slow(SlowTurn turn) {
        LOG.warn("{} {} Place: {}, not reported again.", what(turn), wayOut(turn), turn.place(), new Stack(turn));
    }

    @Override
    public void noMore(int places) {
        LOG.warn("This was the last such report: peili.dispatcher.watchdog.places is {}.", places);
    }

    private static String what(SlowTurn turn) {
        String subject = "Turn '" + turn.name() + "' " + where(turn);
        String time = millis(turn.time());
        return switch (turn.kind()) {
            case LONG -> subject + " has run for " + time + onProcessor(turn.onProcessor()) + " without a checkpoint.";
            case BLOCKING -> subject + " has blocked its thread for " + time + ".";
        };
    }

    private static String where(SlowTurn turn) {
        return turn.owner() == null ? "in no group" : "(" + TaskCategory.ofLane(turn.lane()) + ") of " + turn.owner();
    }

    private static String onProcessor(@Nullable Duration time) {
        return time == null ? "" : " (" + millis(time) + " of that on a processor)";
    }

    private static String millis(Duration time) {
        return time.toMillis() + " ms";
    }

    private static String wayOut(SlowTurn turn) {
        return switch (turn.kind()) {
            case LONG ->
                turn.pausable()
                        ? "Call Turn.checkpoint() now and then, or divide the work into several tasks;"
                                + " if it waits for files or sockets, move that to another dispatcher."
                        : "Make it shorter, or run it on another executor: a checkpoint does nothing in it.";
            case BLOCKING ->
                "Do not block in a turn: let the answer come as a message or a task,"
                        + " and move what has to block to another dispatcher.";
        };
    }
}
