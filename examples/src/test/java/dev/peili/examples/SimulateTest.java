package dev.peili.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command prints and writes, whether it finds the race or not. */
final class SimulateTest {
    private static final List<String> RATES = List.of("messagesPerSecond", "schedulesPerSecond");

    @TempDir
    private Path folder;

    private Path json = Path.of("");

    @BeforeEach
    void nameFile() {
        json = folder.resolve("out.json");
    }

    private Console run(long seed, int schedules) {
        return Console.run("simulate", "--seed=" + seed, "--schedules=" + schedules, "--json=" + json);
    }

    /** What has to be the same each time. */
    private Map<?, ?> found() throws Exception {
        Map<?, ?> written = JsonText.read(json);
        assertThat(new ArrayList<Object>(written.keySet()))
                .isEqualTo(List.of(
                        "seed",
                        "schedulesUntilFound",
                        "stepsFound",
                        "traceHash",
                        "fixedSchedules",
                        "fixedFailures",
                        "messagesPerSecond",
                        "schedulesPerSecond"));
        assertThat(RATES).allMatch(rate -> number(written, rate) > 0);
        RATES.forEach(written::remove);
        return written;
    }

    private static long number(Map<?, ?> written, String key) {
        return ((Number) Objects.requireNonNull(written.get(key))).longValue();
    }

    @Test
    void race_isFound_andNotInTheRemedy() throws Exception {
        Console console = run(1, 2_000);

        console.wentWell();
        Map<?, ?> found = found();
        assertThat(console.out().lines()).allMatch(line -> line.length() <= 80);
        assertThat(console.out())
                .contains("Yes, in schedule " + found.get("schedulesUntilFound") + ", after ")
                .contains("the dashboard shows ", "2,000 schedules, 0 failures, in ", " schedules a second, and ")
                .contains("trace " + found.get("traceHash"))
                .contains("simulate --seed " + found.get("seed") + " --schedules 1")
                .doesNotContain("\r");
        assertThat(number(found, "schedulesUntilFound")).isEqualTo(number(found, "seed"));
        assertThat((String) found.get("traceHash")).matches("[0-9a-f]{16}");
        assertThat(found.get("fixedSchedules")).isEqualTo(2_000);
        assertThat(found.get("fixedFailures")).isEqualTo(0);
    }

    @Test
    void sameSeed_findsTheSame() throws Exception {
        run(-7, 2_000).wentWell();
        Map<?, ?> first = found();
        run(-7, 2_000).wentWell();
        assertThat(found()).isEqualTo(first);
    }

    @Test
    void seedOfTheRace_givesTheSameSchedule_alone() throws Exception {
        run(1, 2_000).wentWell();
        Map<?, ?> inSearch = found();
        Console console = run(number(inSearch, "seed"), 1);
        console.wentWell();
        assertThat(console.out())
                .contains("Yes, in schedule 1, ", "1 schedule, 0 failures")
                .doesNotContain("--seed");
        Map<?, ?> alone = found();
        assertThat(alone.get("traceHash")).isEqualTo(inSearch.get("traceHash"));
        assertThat(alone.get("stepsFound")).isEqualTo(inSearch.get("stepsFound"));
    }

    @Test
    void raceNotFound_isOneLine_andAStatus() throws Exception {
        run(1, 2_000).wentWell();
        long before = number(found(), "seed") - 1;
        Console console = run(before, 1);
        assertThat(console.status()).isEqualTo(1);
        assertThat(console.err())
                .isEqualTo("peili-examples: the race was not found in 1 schedule, from seed " + before + " on; try more"
                        + System.lineSeparator());
        assertThat(console.out()).contains("No, not in these schedules.", "1 schedule, 0 failures");
        assertThat(found().toString())
                .isEqualTo("{seed=null, schedulesUntilFound=null, stepsFound=null, traceHash=null,"
                        + " fixedSchedules=1, fixedFailures=0}");
    }

    @Test
    void withoutAFile_noneIsWritten() throws Exception {
        Console.run("simulate", "--schedules", "200").wentWell();
        assertThat(json).doesNotExist();
        assertThat(folder).isEmptyDirectory();
    }
}
