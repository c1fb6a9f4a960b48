package dev.peili.actors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The section {@code peili} of the configuration: a wrong value fails at {@code Groups.get} and names its key. */
final class ConfigurationTest {
    @RegisterExtension
    final Systems systems = new Systems();

    private void assertRefused(String key, String value) {
        ActorTestKit kit = systems.start(Systems.config(key + " = " + value));
        Throwable failure = catchThrowable(() -> Groups.get(kit.system()));
        assertThat(failure)
                .as("%s = %s", key, value)
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "many", "[1]"})
    void permits_ifWrong_areRefused(String value) {
        assertRefused("permits", value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "many"})
    void throughput_ifWrong_isRefused(String value) {
        assertRefused("throughput", value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"15", "-1", "many", "99999999999"})
    void starvationBound_ifWrong_isRefused(String value) {
        assertRefused("starvation-bound", value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "many"})
    void round_ifWrong_isRefused(String value) {
        assertRefused("round", value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "many"})
    void backgroundEvery_ifWrong_isRefused(String value) {
        assertRefused("background-every", value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "many"})
    void categoryEvery_ifWrong_isRefused(String value) {
        assertRefused("category-every", value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "many"})
    void barrierPatience_ifWrong_isRefused(String value) {
        assertRefused("barrier-patience", value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1ms", "soon"})
    void tick_ifWrong_isRefused(String value) {
        assertRefused("tick", value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"On-Top", "true", "\"\""})
    void pause_ifWrong_isRefused(String value) {
        assertRefused("pause", value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1ms", "later", "1000 days"})
    void handOverAfter_ifWrong_isRefused(String value) {
        assertRefused("hand-over-after", value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "many"})
    void maxParked_ifWrong_isRefused(String value) {
        assertRefused("max-parked", value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1us", "long"})
    void spin_ifWrong_isRefused(String value) {
        assertRefused("spin", value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1ms", "seldom", "[]"})
    void watchdogsLongTurn_ifWrong_isRefused(String value) {
        assertRefused("watchdog.long-turn", value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1ms", "seldom", "[]"})
    void watchdogsBlockingTurn_ifWrong_isRefused(String value) {
        assertRefused("watchdog.blocking-turn", value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "many"})
    void watchdogsPlaces_ifWrong_areRefused(String value) {
        assertRefused("watchdog.places", value);
    }

    @Test
    void otherDispatcherType_isRefused() {
        ActorTestKit kit = systems.start(Systems.config("type = Dispatcher"));
        assertThat(catchThrowable(() -> Groups.get(kit.system())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("peili.dispatcher.type");
    }

    @Test
    void leastValues_work() {
        Groups groups = Groups.get(systems.start(Systems.config("""
                permits = 1
                throughput = 1
                starvation-bound = 16
                round = 1
                background-every = 1
                category-every = 1
                barrier-patience = 0
                tick = 1us
                hand-over-after = 0
                max-parked = 0
                spin = 0
                watchdog { long-turn = 1ns, blocking-turn = 1ns, places = 1 }
                """)).system());
        for (Document page : new Document[] {Systems.background(groups), Systems.foreground(groups)}) {
            for (int i = 0; i < 100; i++) {
                Systems.runThrough(page.docGroup(), TaskCategory.OTHER);
            }
            Systems.runThrough(page.tab().tabGroup(), TaskCategory.OTHER);
        }
        Systems.runThrough(groups.root(), TaskCategory.OTHER);
    }

    @Test
    void defaults_work() {
        Groups groups = Groups.get(systems.start(ConfigFactory.load()).system());
        Systems.runThrough(Systems.background(groups).docGroup(), TaskCategory.OTHER);
    }
}
