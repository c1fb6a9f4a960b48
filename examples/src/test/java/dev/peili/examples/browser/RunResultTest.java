package dev.peili.examples.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

final class RunResultTest {
    private static BackgroundTab.Done done(long turns, long cpuMicros) {
        return new BackgroundTab.Done(turns, cpuMicros);
    }

    @Test
    void share_isThatOfTheSlowestTab_relativeToAnEqualShare() {
        RunResult.Background background = RunResult.Background.of(
                List.of(done(1, 1_000), done(0, 0), done(5, 500)),
                List.of(done(11, 4_000), done(2, 1_000), done(7, 2_500)));
        assertThat(background.turns()).isEqualTo(14);
        assertThat(background.busyMillis()).isEqualTo(6);
        assertThat(background.slowestGroupShare().orElseThrow()).isEqualTo(0.5, within(1e-9));
    }

    @Test
    void share_isNothingWhereATabStarved() {
        RunResult.Background background =
                RunResult.Background.of(List.of(done(0, 0), done(3, 30)), List.of(done(9, 90), done(3, 30)));
        assertThat(background.slowestGroupShare()).hasValue(0);
    }

    @Test
    void share_isMissingWhereThereIsNoBackground() {
        assertThat(RunResult.Background.of(List.of(), List.of()))
                .isEqualTo(new RunResult.Background(0, 0, OptionalDouble.empty()));
    }

    @Test
    void delays_countWhatIsOverAFrameAndWhatIsLong() {
        RunResult.Foreground foreground =
                RunResult.Foreground.of(3, new long[] {100_000, 16_700_000, 16_701_000, 50_001_000});
        assertThat(foreground.planned()).isEqualTo(4);
        assertThat(foreground.run()).isEqualTo(3);
        assertThat(foreground.over16_7()).isEqualTo(2);
        assertThat(foreground.over50()).isEqualTo(1);
        assertThat(foreground.delayMillis().p50()).isEqualTo(16.7, within(0.1));
        assertThat(foreground.delayMillis().max()).isEqualTo(50, within(0.1));
    }
}
