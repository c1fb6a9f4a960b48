package dev.peili.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every measure runs, and what it measures does what it should. Fails on gross regressions only: the bounds are far below
 * what is measured, because the machine may be busy.
 */
final class MeasuresTest {
    private static final Effort LITTLE = new Effort(3, 0.05);
    private static final Effort SOME = new Effort(3, 0.2);
    private static final double GROSS = 0.2;
    /** What also has to be somewhere near its peer. */
    private static final Set<String> NEAR = Set.of(
            "dispatch.tell",
            "dispatch.fan-in",
            "pingpong.1",
            "pingpong.16",
            "pingpong.same-group",
            "mirror.fanout.1",
            "mirror.fanout.1000",
            "mirror.connect",
            "ipc.local",
            "ipc.serialized",
            "ipc.two-processes",
            "ipc.construct",
            "ipc.100000");

    static Stream<Measure> measures() {
        return Measures.all().map(Measure::withOneWarmUp);
    }

    private static List<Outcome> run(String name, Effort effort) {
        return Measures.of(name).run(effort, pair -> {});
    }

    @ParameterizedTest
    @MethodSource("measures")
    void everyMeasure_hasValues_andIsNotGrosslySlower(Measure measure) {
        List<Outcome> outcomes = measure.run(LITTLE, pair -> {});
        assertThat(outcomes).hasSameSizeAs(measure.rows());
        assertThat(outcomes).allSatisfy(outcome -> {
            assertThat(outcome.ours()).as("%s", outcome).hasSize(3).allMatch(value -> value > 0);
            assertThat(outcome.theirs()).as("%s", outcome).hasSize(3).allMatch(value -> value > 0);
            if (NEAR.contains(outcome.row().name())) {
                assertThat(outcome.ratio()).as("%s", outcome).isGreaterThan(GROSS);
            }
        });
    }

    @Test
    void names_areDifferent() {
        List<String> names = Stream.concat(
                        Measures.names(Measures.TABLE).stream(), Measures.names(Measures.MORE).stream())
                .toList();
        assertThat(new HashSet<>(names)).hasSameSizeAs(names).containsAll(NEAR);
    }

    @Test
    void simulation_isFastEnough() {
        Outcome schedules = run("sim.schedules", SOME).get(0);
        assertThat(best(schedules)).as("%s", schedules).isGreaterThan(3_000);
        Outcome messages = run("sim.messages", SOME).get(0);
        assertThat(best(messages)).as("%s", messages).isGreaterThan(200_000);
    }

    private static double best(Outcome outcome) {
        return outcome.ours().stream().mapToDouble(v -> v).max().orElseThrow();
    }

    @Test
    void furtherCanonical_takesLittleMemory() {
        Outcome bytes = run("mirror.bytes", SOME).get(0);
        assertThat(bytes.ours()).as("%s", bytes).allMatch(value -> value < 200);
    }

    @Test
    void setting_costsLittle() {
        Outcome set = run("mirror.set", SOME).get(0);
        assertThat(set.ours().stream().mapToDouble(v -> v).min().orElseThrow())
                .as("%s", set)
                .isLessThan(20);
    }

    @Test
    void recordedMessages_areNotGrosslySlower() {
        Outcome outcome = run("recorded.16", SOME).get(0);
        assertThat(outcome.ratio()).as("%s", outcome).isGreaterThan(GROSS / 4);
    }

    @Test
    void foreground_doesNotWaitForTheBackground() {
        List<Outcome> outcomes = run("foreground.p50.1000", new Effort(1, 0.3));
        assertThat(outcomes.get(0).ours().stream().mapToDouble(v -> v).min().orElseThrow())
                .as("median delay in us, beside loops of 5 ms")
                .isLessThan(2_500);
        assertThat(outcomes.get(3).ratio()).as("%s", outcomes.get(3)).isGreaterThan(GROSS);
    }
}
