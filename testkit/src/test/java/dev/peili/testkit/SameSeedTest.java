package dev.peili.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The same seed gives the same steps: again and again, after other schedules, in another JVM. */
final class SameSeedTest {
    private static final int SEEDS = 100;
    private static final int TIMES = 10;

    /** Prints the trace hashes of all systems and seeds, one a line. */
    static final class Hashes {
        private Hashes() {}

        public static void main(String[] arguments) {
            for (TestSystem system : TestSystem.values()) {
                try (Simulator simulator = Simulator.create()) {
                    hashes(simulator, system).forEach(hash -> System.out.println(system + " " + hash));
                }
            }
        }
    }

    private static List<String> hashes(Simulator simulator, TestSystem system) {
        List<String> hashes = new ArrayList<>();
        for (int seed = 1; seed <= SEEDS; seed++) {
            hashes.add(hash(simulator, system, seed));
        }
        return hashes;
    }

    private static String hash(Simulator simulator, TestSystem system, long seed) {
        String[] hash = new String[1];
        simulator.run(seed, simulation -> {
            system.run(simulation);
            hash[0] = Long.toHexString(simulation.traceHash()) + " " + simulation.steps();
        });
        return hash[0];
    }

    @ParameterizedTest
    @EnumSource
    void sameSeed_givesTheSameSteps(TestSystem system) {
        try (Simulator simulator = Simulator.create()) {
            // What the first schedule of all starts, as an extension, is part of that one only.
            hash(simulator, system, 1);
            List<String> first = hashes(simulator, system);
            assertThat(new HashSet<>(first)).as("other seeds give other steps").hasSizeGreaterThan(SEEDS / 2);
            for (int time = 1; time < TIMES; time++) {
                assertThat(hashes(simulator, system)).isEqualTo(first);
            }
        }
    }

    @Test
    void sameSeed_givesTheSameSteps_afterOtherSchedules() {
        String alone;
        try (Simulator simulator = Simulator.create()) {
            alone = hash(simulator, TestSystem.GROUPS, 7);
        }
        try (Simulator simulator = Simulator.create()) {
            for (TestSystem system : TestSystem.values()) {
                simulator.search(1, 20, system::run).orThrow();
            }
            assertThat(hash(simulator, TestSystem.GROUPS, 7)).isEqualTo(alone);
        }
    }

    @ParameterizedTest
    @EnumSource
    void sameSeed_givesTheSameSteps_inASearchAndAlone(TestSystem system) {
        String[] inSearch = new String[1];
        try (Simulator simulator = Simulator.create()) {
            simulator.search(1, 30, simulation -> {
                system.run(simulation);
                inSearch[0] = Long.toHexString(simulation.traceHash());
            });
        }
        String[] alone = new String[1];
        try (Simulator simulator = Simulator.create()) {
            simulator.search(30, 1, simulation -> {
                system.run(simulation);
                alone[0] = Long.toHexString(simulation.traceHash());
            });
        }
        assertThat(alone).isEqualTo(inSearch);
    }

    @Test
    void sameSeed_givesTheSameSteps_inAnotherJvm() throws IOException, InterruptedException {
        assertThat(inAnotherJvm()).hasSize(TestSystem.values().length * SEEDS).isEqualTo(inAnotherJvm());
    }

    private static List<String> inAnotherJvm() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Hashes.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isZero();
        return lines;
    }
}
