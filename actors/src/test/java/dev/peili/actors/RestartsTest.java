package dev.peili.actors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The back-off of promise G7, with a clock of its own. */
final class RestartsTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Restarts restarts = new Restarts();

    @Test
    void pauses_doubleUpToTheLongest() {
        TaskSupervision.Restart strategy = TaskSupervision.restartWithBackoff(SECOND, SECOND.multipliedBy(5), 0)
                .withResetAfter(SECOND);
        List<Long> seconds = new ArrayList<>();
        long now = 0;
        for (int i = 0; i < 5; i++) {
            Duration pause = restarts.next(strategy, now, 1).orElseThrow();
            seconds.add(pause.toSeconds());
            now += pause.toNanos() + SECOND.toNanos() / 2;
        }
        assertThat(seconds).containsExactly(1L, 2L, 4L, 5L, 5L);
    }

    @Test
    void quietTime_isCountedFromTheEndOfThePause() {
        TaskSupervision.Restart strategy = TaskSupervision.restartWithBackoff(SECOND, SECOND.multipliedBy(8), 0)
                .withResetAfter(SECOND);
        restarts.next(strategy, 0, 0);
        assertThat(restarts.next(strategy, SECOND.toNanos() * 3 / 2, 0)).contains(SECOND.multipliedBy(2));
        assertThat(restarts.next(strategy, SECOND.toNanos() * 10, 0)).contains(SECOND);
    }

    @Test
    void randomFactor_makesThePauseLonger() {
        TaskSupervision.Restart strategy = TaskSupervision.restartWithBackoff(SECOND, SECOND, 0.5);
        assertThat(restarts.next(strategy, 0, 1)).contains(Duration.ofMillis(1500));
        assertThat(restarts.next(strategy, 0, 0)).contains(SECOND);
    }

    @Test
    void tooManyInARow_areRefused() {
        TaskSupervision.Restart strategy =
                TaskSupervision.restart().withMaxRestarts(2).withResetAfter(SECOND);
        assertThat(restarts.next(strategy, 0, 0)).contains(Duration.ZERO);
        assertThat(restarts.next(strategy, 1, 0)).contains(Duration.ZERO);
        assertThat(restarts.next(strategy, 2, 0)).isEmpty();
        assertThat(restarts.next(TaskSupervision.restart().withMaxRestarts(0), 3, 0))
                .isEmpty();
    }

    @Test
    void wrongSettings_areRefused() {
        assertThatThrownBy(() -> TaskSupervision.restartWithBackoff(SECOND, Duration.ZERO, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("largest");
        assertThatThrownBy(() -> TaskSupervision.restartWithBackoff(SECOND.negated(), SECOND, 0))
                .hasMessageContaining("smallest");
        assertThatThrownBy(() -> TaskSupervision.restartWithBackoff(SECOND, SECOND, 2))
                .hasMessageContaining("random factor");
        assertThatThrownBy(() -> TaskSupervision.restart().withMaxRestarts(-2)).hasMessageContaining("restarts");
        assertThatThrownBy(() -> TaskSupervision.restart().withResetAfter(SECOND.negated()))
                .hasMessageContaining("reset");
    }
}
