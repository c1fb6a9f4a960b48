package dev.peili.examples;

import static dev.peili.examples.JsonText.list;
import static dev.peili.examples.JsonText.object;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command prints and writes, and that only one way of connecting is a race. */
final class WebrtcTest {
    private static final int ROUNDS = 700;

    @TempDir
    private Path folder;

    private static Map<?, ?> mode(Map<?, ?> written, int index) {
        return object(list(written.get("modes")).get(index));
    }

    private static double number(Map<?, ?> object, String key) {
        return ((Number) Objects.requireNonNull(object.get(key))).doubleValue();
    }

    private static List<Object> keys(Map<?, ?> object) {
        return new ArrayList<>(object.keySet());
    }

    private Map<?, ?> run(int rounds) throws Exception {
        Path json = folder.resolve("out.json");
        Console.run("webrtc", "--rounds=" + rounds, "--json=" + json).wentWell();
        return JsonText.read(json);
    }

    @Test
    void m1_m2_ownerConnects_oneMessageAndNoRace() throws Exception {
        Map<?, ?> mode = mode(run(ROUNDS), 1);
        assertThat(mode.get("mode")).isEqualTo("canonical-initialized");
        assertThat(mode.get("racesSeen")).isEqualTo(0);
        assertThat(number(mode, "messagesPerConnect")).isEqualTo(1);
        // In each round two turns of the owner have something for the conduit.
        assertThat(number(mode, "updatesSent") + number(mode, "updatesConflated"))
                .isEqualTo(2 * ROUNDS);
    }

    @Test
    void mirrorConnects_threeMessages() throws Exception {
        Map<?, ?> mode = mode(run(ROUNDS), 0);
        assertThat(mode.get("mode")).isEqualTo("mirror-initialized");
        assertThat(number(mode, "racesSeen")).isBetween(0.0, (double) ROUNDS);
        assertThat(number(mode, "messagesPerConnect")).isEqualTo(3);
        // "Set up", a request for each of the four mirrors, and from one to four updates with their values.
    }

    @Test
    void file_hasTheResultsOfBothModes() throws Exception {
        Map<?, ?> written = run(1);
        assertThat(keys(written)).isEqualTo(List.of("rounds", "modes"));
        assertThat(written.get("rounds")).isEqualTo(1);
        assertThat(list(written.get("modes"))).hasSize(2).allSatisfy(mode -> {
            assertThat(keys(object(mode)))
                    .isEqualTo(List.of(
                            "mode",
                            "racesSeen",
                            "messagesPerConnect",
                            "connectMicros",
                            "updatesSent",
                            "updatesConflated"));
            Map<?, ?> micros = object(object(mode).get("connectMicros"));
            assertThat(keys(micros)).isEqualTo(List.of("p50", "p99"));
            assertThat(number(micros, "p50")).isPositive().isLessThanOrEqualTo(number(micros, "p99"));
        });
    }

    @Test
    void output_saysWhatTheRaceIs_andFits() {
        Console console = Console.run("webrtc", "--rounds", "20");
        console.wentWell();
        assertThat(console.out())
                .contains("Mozilla bug 1837570", "connecting, 20 times each way")
                .containsPattern("mirror-initialized +\\d+ +3\\.00 ")
                .containsPattern("canonical-initialized +0 +1\\.00 +1\\.00 ")
                .doesNotContain("\r");
        assertThat(console.out().lines()).allMatch(line -> line.length() <= 80);
        assertThat(folder).isEmptyDirectory();
    }
}
