package dev.peili.examples.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peili.actors.TaskCategory;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class LoadTest {
    /** A recording of 10 ms with tasks at these times, each busy for as many microseconds. */
    private static Script script(long busyMicros, long... starts) {
        return script(busyMicros, busyMicros, starts);
    }

    private static Script script(long busyMicros, long cpuMicros, long[] starts) {
        List<RecordedTask> tasks = Arrays.stream(starts)
                .mapToObj(start -> new RecordedTask(
                        start,
                        busyMicros,
                        cpuMicros,
                        "RunTask",
                        TaskCategory.OTHER,
                        Optional.empty(),
                        Optional.empty()))
                .toList();
        return Script.of(new Recording("a.json", tasks));
    }

    private static List<Long> plannedMicros(Script script, Duration length) {
        return ForegroundTab.plan(script, length).stream()
                .map(ForegroundTab.Planned::micros)
                .toList();
    }

    private static int tabs(Script script) {
        return new Load(List.of(script), OptionalInt.empty(), Optional.empty()).backgroundTabs();
    }

    @Test
    void plan_isCutWhereItIsTooLong() {
        assertThat(plannedMicros(script(100, 0, 5_000, 9_900), Duration.ofNanos(9_900_000)))
                .containsExactly(0L, 5_000L);
    }

    @Test
    void plan_isRepeatedWhereItIsTooShort() {
        assertThat(plannedMicros(script(100, 0, 5_000, 9_900), Duration.ofMillis(26)))
                .containsExactly(0L, 5_000L, 9_900L, 10_000L, 15_000L, 19_900L, 20_000L, 25_000L);
    }

    @Test
    void plan_ofARecordingThatTakesNoTime_hasAnEnd() {
        assertThat(plannedMicros(script(0, 0), Duration.ofNanos(3_000))).containsExactly(0L, 1L, 2L);
    }

    @Test
    void tabs_needThreeTimesTheProcessors() {
        // Busy for a fifth of the time: 15 tabs for each processor.
        Script script = script(1_000, 0, 9_000);
        int tabs = tabs(script);
        assertThat(tabs).isEqualTo(15 * Runtime.getRuntime().availableProcessors());
        assertThat(new Load(List.of(script), tabs, Duration.ofSeconds(1)).backgroundProcessors())
                .isGreaterThanOrEqualTo(3 * Runtime.getRuntime().availableProcessors() - 1e-6);
    }

    @Test
    void tabs_areCountedByCpuTime() {
        // On a processor for a tenth of the time, though busy for a fifth of it.
        assertThat(tabs(script(1_000, 500, new long[] {0, 9_000})))
                .isEqualTo(30 * Runtime.getRuntime().availableProcessors());
    }

    @Test
    void tabs_areFourAProcessorAtLeast() {
        assertThat(tabs(script(5_000, 0, 5_000)))
                .isEqualTo(4 * Runtime.getRuntime().availableProcessors());
    }

    @Test
    void tabs_areBounded() {
        assertThat(tabs(script(0, 0, 5_000))).isEqualTo(500);
    }

    @Test
    void backgroundTabs_takeTurnsWithTheRecordings() {
        Script one = script(1, 0);
        Script other = script(2, 0);
        Load load = new Load(List.of(one, other), 3, Duration.ofSeconds(1));
        assertThat(List.of(load.backgroundScript(0), load.backgroundScript(1), load.backgroundScript(2)))
                .containsExactly(one, other, one);
    }
}
