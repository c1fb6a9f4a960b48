package dev.peili.examples.simulate;

import dev.peili.testkit.ScheduleFailedError;
import dev.peili.testkit.SearchResult;
import java.util.Optional;

/**
 * What the two searches came to.
 *
 * @param asking the one with the dashboard that asks, then subscribes
 * @param following the one with the dashboard that does both at once
 */
record Findings(SearchResult asking, SearchResult following) {
    /** The schedule in which the first dashboard shows an old price. */
    Optional<ScheduleFailedError> race() {
        return asking.failure();
    }

    int fixedFailures() {
        return following.failure().isPresent() ? 1 : 0;
    }

    double schedulesPerSecond() {
        return following.schedules() / seconds();
    }

    /** All steps count as messages, the few starts of actors too. */
    double messagesPerSecond() {
        return following.steps() / seconds();
    }

    private double seconds() {
        return Math.max(1, following.time().toNanos()) / 1e9;
    }
}
