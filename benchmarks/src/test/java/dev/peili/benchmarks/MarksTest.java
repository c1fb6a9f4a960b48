package dev.peili.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fails on gross regressions only: the bounds are far below what is measured, because the machine may be busy. */
final class MarksTest {
    private static final double GROSS = 0.2;

    private final Marks marks = new Marks(3, Duration.ofMillis(1500), 0.2);

    @ParameterizedTest
    @ValueSource(strings = {"pingpong.1", "pingpong.16", "pingpong.same-group", "tell"})
    void messages_areNotGrosslySlower(String name) {
        assertThat(marks.run(name))
                .allSatisfy(
                        outcome -> assertThat(outcome.ratio()).as("%s", outcome).isGreaterThan(GROSS));
    }

    @Test
    void simulation_isFastEnough() {
        Outcome messages = marks.run("simulation.messages").get(0);
        assertThat(best(messages)).as("%s", messages).isGreaterThan(200_000);
        Outcome schedules = marks.run("simulation.schedules").get(0);
        assertThat(best(schedules)).as("%s", schedules).isGreaterThan(3_000);
    }

    @Test
    void furtherCanonical_takesLittleMemory() {
        Outcome bytes = marks.run("mirror.bytes").get(0);
        assertThat(bytes.ours()).as("%s", bytes).allMatch(value -> value < 200);
    }

    @Test
    void setting_costsLittle() {
        Outcome set = marks.run("mirror.set").get(0);
        assertThat(set.ours().stream().mapToDouble(v -> v).min().orElseThrow())
                .as("%s", set)
                .isLessThan(20);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mirror.fanout.1", "mirror.fanout.1000", "mirror.connect"})
    void mirrors_areNotGrosslySlower(String name) {
        assertThat(marks.run(name).get(0))
                .satisfies(
                        outcome -> assertThat(outcome.ratio()).as("%s", outcome).isGreaterThan(GROSS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ipc.local", "ipc.serialized", "ipc.two-processes", "ipc.construct", "ipc.100000"})
    void channels_areNotGrosslySlower(String name) {
        assertThat(marks.run(name).get(0))
                .satisfies(
                        outcome -> assertThat(outcome.ratio()).as("%s", outcome).isGreaterThan(GROSS));
    }

    private static double best(Outcome outcome) {
        return outcome.ours().stream().mapToDouble(v -> v).max().orElseThrow();
    }

    @Test
    void recordedMessages_areNotGrosslySlower() {
        Outcome outcome = marks.run("recorded.16").get(0);
        assertThat(outcome.ratio()).as("%s", outcome).isGreaterThan(GROSS / 4);
    }

    @Test
    void foreground_doesNotWaitForTheBackground() {
        List<Outcome> outcomes = marks.run("foreground.100");
        assertThat(outcomes).hasSize(3);
        double p50 = outcomes.get(0).ours().get(1);
        assertThat(p50).as("median delay in us, beside loops of 5 ms").isLessThan(2_500);
        assertThat(outcomes.get(2).ratio()).as("%s", outcomes.get(2)).isGreaterThan(GROSS);
    }
}
