package dev.peili.testkit;

import java.time.Duration;
import java.util.Optional;

/**
 * What a search has found.
 *
 * @param schedules how many schedules were run, the failed one included; without what was run again only to compare
 * @param steps how many steps these had
 * @param time how long it took, in real time
 * @param failure the first schedule that failed
 */
public record SearchResult(int schedules, long steps, Duration time, Optional<ScheduleFailedError> failure) {
    /** Throws the failure, if there is one. */
    public SearchResult orThrow() {
        failure.ifPresent(failed -> {
            throw failed;
        });
        return this;
    }
}
