package dev.peili.examples.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.peili.testkit.ScheduleFailedError;
import dev.peili.testkit.SearchResult;
import dev.peili.testkit.Simulator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The two dashboards: which of them can be made to fail, and how. */
final class ScenarioTest {
    private static SearchResult search(int schedules, Scenario.Kind dashboard, Config config) {
        try (Simulator simulator = Simulator.create(config)) {
            return simulator.search(1, schedules, new Scenario(dashboard));
        }
    }

    @Test
    void asking_missesThePriceBetweenItsTwoMessages() {
        ScheduleFailedError race = search(2_000, Dashboard::asking, ConfigFactory.empty())
                .failure()
                .orElseThrow();
        assertThat(race).cause().hasMessageMatching("the dashboard shows [0-9.]+, but the last price is 101\\.25");
        assertThat(race.getMessage()).doesNotContain("ATTENTION");
        List<String> cache = race.lastSteps().stream()
                .filter(step -> step.actor().equals("cache"))
                .map(step -> step.what())
                .toList();
        assertThat(cache)
                .endsWith("Cache.Put", "Cache.Subscribe")
                .containsOnlyOnce("Cache.Get")
                .last()
                .isEqualTo("Cache.Subscribe");
        assertThat(cache.indexOf("Cache.Get")).isLessThan(cache.lastIndexOf("Cache.Put"));
    }

    @Test
    void asking_inTheOrderOfArrival_missesNothing() {
        Config arrival = ConfigFactory.parseMap(Map.of("peili.testkit.delivery", "arrival"));
        assertThat(search(2_000, Dashboard::asking, arrival).failure()).isEmpty();
    }

    @Test
    void following_missesNothing() {
        SearchResult result = search(5_000, Dashboard::following, ConfigFactory.empty());
        assertThat(result.failure()).isEmpty();
        assertThat(result.schedules()).isEqualTo(5_000);
    }
}
