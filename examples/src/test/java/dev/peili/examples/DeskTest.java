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

/** What the command prints and writes, and what no viewer may see. */
final class DeskTest {
    private static final int TURNS = 20_000;

    @TempDir
    private Path folder;

    private static long number(Map<?, ?> object, String key) {
        return ((Number) Objects.requireNonNull(object.get(key))).longValue();
    }

    private static List<Object> keys(Map<?, ?> object) {
        return new ArrayList<>(object.keySet());
    }

    private Map<?, ?> run(int turns) throws Exception {
        Path json = folder.resolve("out.json");
        Console.run("desk", "--turns=" + turns, "--json=" + json).wentWell();
        return JsonText.read(json);
    }

    @Test
    void m3_m4_valuesOfOneTurn_andNoMoreThanOneMessageUnderway() throws Exception {
        Map<?, ?> written = run(TURNS);
        assertThat(list(written.get("viewers"))).hasSize(4).allSatisfy(each -> {
            Map<?, ?> viewer = object(each);
            assertThat(number(viewer, "mixed")).isZero();
            assertThat(number(viewer, "lastTurn")).isEqualTo(TURNS);
            assertThat(number(viewer, "rendered")).isBetween(2L, TURNS + 1L);
            assertThat(number(viewer, "rendered") + number(viewer, "skipped")).isEqualTo(TURNS + 1);
        });
        // It is one that is rendered and one that is underway.
        assertThat(number(object(written.get("mirrors")), "mostWaiting")).isBetween(0L, 2L);
    }

    @Test
    void messages_pileUpAtTheSlowViewer() throws Exception {
        assertThat(number(object(run(TURNS).get("messages")), "mostWaiting")).isGreaterThan(2);
    }

    @Test
    void file_hasTheViewersAndBothWays() throws Exception {
        Map<?, ?> written = run(1);
        assertThat(keys(written)).isEqualTo(List.of("turns", "viewers", "mirrors", "messages"));
        assertThat(written.get("turns")).isEqualTo(1);
        assertThat(list(written.get("viewers")))
                .extracting(viewer ->
                        object(viewer).get("viewer") + " " + object(viewer).get("slow"))
                .isEqualTo(List.of("viewer-1 false", "viewer-2 false", "viewer-3 false", "viewer-4 true"));
        assertThat(list(written.get("viewers")))
                .allSatisfy(viewer -> assertThat(keys(object(viewer)))
                        .isEqualTo(List.of("viewer", "slow", "rendered", "skipped", "mixed", "lastTurn")));
        for (String way : List.of("mirrors", "messages")) {
            assertThat(keys(object(written.get(way))))
                    .isEqualTo(List.of("turns", "turnsPerSecond", "mostWaiting", "heapGrowthBytes"));
        }
    }

    @Test
    void output_showsLinesAndCounts_andFits() {
        Console console = Console.run("desk", "--turns", "1200");
        console.wentWell();
        assertThat(console.out())
                .contains("1,200 turns with mirrors", "1,200 turns with a message for each turn")
                // Bid, ask, last and volume of the last turn.
                .containsPattern("viewer-4 +1,200 +103\\.00 +103\\.01 +103\\.00 +120,000")
                .containsPattern("viewer-4 +\\d[\\d,]* +[\\d,]+ +0\\R")
                .doesNotContain("\r");
        assertThat(console.out().lines()).allMatch(line -> line.length() <= 80);
        assertThat(folder).isEmptyDirectory();
    }
}
