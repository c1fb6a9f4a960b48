package dev.peili.examples.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class WorkTest {
    /** The shortest of some tries: whatever else the machine does only adds to it. */
    private static Duration shortest(Runnable work) {
        return Duration.ofNanos(LongStream.range(0, 20)
                .map(i -> {
                    long start = System.nanoTime();
                    work.run();
                    return System.nanoTime() - start;
                })
                .min()
                .orElseThrow());
    }

    @Test
    void calibrated_takesAboutTheTimeItShould() {
        Work work = Work.calibrate();
        assertThat(work.iterationsPerMicro()).isBetween(1.0, 100_000.0);
        assertThat(shortest(() -> work.burn(10_000))).isBetween(Duration.ofMillis(2), Duration.ofMillis(100));
    }

    @Test
    void nothing_takesNoTime() {
        assertThat(shortest(() -> new Work(1_000).burn(0))).isLessThan(Duration.ofMillis(5));
    }

    @Test
    void slowMachine_stillTakesSteps() {
        new Work(0.001).burn(1_000_000);
    }
}
