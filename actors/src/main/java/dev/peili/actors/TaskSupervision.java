package dev.peili.actors;

import java.time.Duration;

/**
 * What a group does when one of its tasks throws; in the terms of Pekko's {@link
 * org.apache.pekko.actor.typed.SupervisorStrategy}, but for a group instead of an actor. In every case the failure is
 * logged and counted, and the task itself is done: it is not run again.
 *
 * <table>
 * <caption>What becomes of the group</caption>
 * <tr><th></th><th>its {@link GroupLocal}s</th><th>its queued tasks and messages</th><th>its actors</th></tr>
 * <tr><td>resume</td><td>stay as they are</td><td>go on</td><td>go on</td></tr>
 * <tr><td>restart</td><td>have their initial values again</td><td>stay queued, in order, and go on after the
 *     back-off</td><td>stay, and are suspended as long</td></tr>
 * <tr><td>stop</td><td>are out of reach</td><td>become dead letters, and later dispatches are rejected</td><td>are
 *     stopped after the message that they are handling</td></tr>
 * </table>
 *
 * <p>Immutable. What a TabGroup does applies to its DocGroups too, except that they keep their GroupLocals when it
 * restarts. What actors do when they throw is a matter of their own supervision; see {@link
 * SchedulerGroup#superviseActors}.
 */
public sealed interface TaskSupervision {
    /** The group goes on as if nothing had happened. */
    record Resume() implements TaskSupervision {}

    /** The group ends. */
    record Stop() implements TaskSupervision {}

    /**
     * The group begins anew, after a pause that doubles with each restart.
     *
     * @param minBackoff the first pause; may be zero
     * @param maxBackoff the longest pause
     * @param randomFactor by up to which fraction of itself a pause is made longer, so that many groups do not begin
     *     again at the same moment
     * @param maxRestarts after how many restarts in a row the next failure stops the group; -1 is never
     * @param resetAfter a group that went so long without a failure starts to count from the beginning
     */
    record Restart(Duration minBackoff, Duration maxBackoff, double randomFactor, int maxRestarts, Duration resetAfter)
            implements TaskSupervision {
        /** @throws IllegalArgumentException if a value is out of its range */
        public Restart {
            check(!minBackoff.isNegative(), "the smallest back-off must not be negative: " + minBackoff);
            check(
                    maxBackoff.compareTo(minBackoff) >= 0,
                    "the largest back-off must not be below " + minBackoff + ": " + maxBackoff);
            check(randomFactor >= 0 && randomFactor <= 1, "the random factor must be from 0 to 1: " + randomFactor);
            check(maxRestarts >= -1, "the number of restarts must be -1 or more: " + maxRestarts);
            check(!resetAfter.isNegative(), "the time after which to reset must not be negative: " + resetAfter);
        }

        /** The same, but the group stops at the failure after so many restarts in a row. */
        public Restart withMaxRestarts(int most) {
            return new Restart(minBackoff, maxBackoff, randomFactor, most, resetAfter);
        }

        /** The same, but the count begins again after so long without a failure. */
        public Restart withResetAfter(Duration quiet) {
            return new Restart(minBackoff, maxBackoff, randomFactor, maxRestarts, quiet);
        }

        private static void check(boolean condition, String otherwise) {
            if (!condition) {
                throw new IllegalArgumentException(otherwise);
            }
        }
    }

    /** The group goes on as if nothing had happened; the default. */
    static TaskSupervision resume() {
        return new Resume();
    }

    /** The group ends. */
    static TaskSupervision stop() {
        return new Stop();
    }

    /** The group begins anew, at once. */
    static Restart restart() {
        return restartWithBackoff(Duration.ZERO, Duration.ZERO, 0);
    }

    /**
     * The group begins anew after a pause. As in Pekko, the count of restarts begins again after a quiet time halfway
     * between the two, unless that is set.
     *
     * @throws IllegalArgumentException if a value is out of its range
     */
    static Restart restartWithBackoff(Duration minBackoff, Duration maxBackoff, double randomFactor) {
        Duration halfway = minBackoff.plus(maxBackoff).dividedBy(2);
        return new Restart(minBackoff, maxBackoff, randomFactor, -1, halfway);
    }
}
