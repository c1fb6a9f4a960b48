package dev.peili.examples.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peili.testkit.SearchResult;
import dev.peili.testkit.Simulator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class StoryTest {
    @Test
    void shownCode_isThatOfTheDashboards() throws Exception {
        Path source = Path.of("src/main/java/dev/peili/examples/simulate/Dashboard.java");
        List<String> code =
                Files.readAllLines(source).stream().map(String::strip).toList();
        List<String> shown = Stream.concat(Story.introduction().stream(), Story.remedy().stream())
                .filter(line -> line.startsWith("    "))
                .map(String::strip)
                .toList();
        assertThat(shown).hasSize(3);
        assertThat(code).containsAll(shown);
    }

    @Test
    void everyScheduleThatFails_isRemarkedOn() {
        Scenario scenario = new Scenario(Dashboard::asking);
        try (Simulator simulator = Simulator.create()) {
            long seed = 1;
            for (int race = 0; race < 5; race++) {
                SearchResult search = simulator.search(seed, 5_000, scenario);
                seed = search.failure().orElseThrow().seed() + 1;
                List<String> lines = Story.race(search.failure().get(), search);
                assertThat(lines).allMatch(line -> line.length() <= 80);
                for (String remark : List.of(
                        "sends Get and Subscribe",
                        "answers with the present price",
                        "shows it",
                        "the last price: nobody is told",
                        "too late: no other price follows")) {
                    assertThat(lines)
                            .filteredOn(line -> line.endsWith("  " + remark))
                            .hasSize(1);
                }
            }
        }
    }

    @Test
    void numbers_haveTheirWord() {
        assertThat(Story.count(0, "failure")).isEqualTo("0 failures");
        assertThat(Story.count(1, "schedule")).isEqualTo("1 schedule");
        assertThat(Story.count(10_000, "schedule")).isEqualTo("10,000 schedules");
    }
}
