package dev.peili.ipc;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.peili.testkit.SearchResult;
import dev.peili.testkit.Simulation;
import dev.peili.testkit.Simulator;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/**
 * Promises I1 to I7 in simulated schedules: both sides of a channel construct actors of three protocols, send, delete, fail and
 * stop at random, while groups end and are suspended, beside an account of how everything should be.
 */
final class ChannelPromisesTest {
    private static final int DEEP = 100_000;
    private static final boolean IS_DEEP = Boolean.getBoolean("peili.deep");
    private static final Duration BUDGET = Duration.ofSeconds(Integer.getInteger("peili.budget.seconds", 5));

    /** In so many schedules each of these comes about, so often at least. */
    private static final int ENOUGH = 1000;

    private static final int OFTEN = 1;
    private static final int FIRST_STEPS = 40;
    private static final int WAYS_TO_CLOSE = 20;
    private static final List<String> OCCASIONS = List.of(
            "started",
            "stopped or failed at the start",
            "constructed",
            "constructed into a closed group",
            "not constructed after the manager's end",
            "orphans",
            "targets set",
            "targets chosen",
            "targets inherited",
            "choices that failed",
            "messages handled",
            "messages in targets of their own",
            "messages whose target has ended",
            "choices for messages that failed",
            "sent after the end",
            "deleted",
            "deleted again",
            "throws",
            "ended by FAILED",
            "ended by DELETED",
            "refused by the actor's window",
            "told ChannelWritable",
            "told DELETED",
            "told MANAGER_GONE",
            "told FAILED",
            "told GROUP_STOPPED",
            "told CHANNEL_CLOSED",
            "told after all that was sent",
            "documents closed",
            "tabs closed",
            "groups suspended",
            "groups resumed",
            "closed by the connector",
            "closed by the listener",
            "closed by stopping the connector",
            "closed by stopping the listener",
            "closed by deleting the top",
            "closed before the end",
            "closed at once",
            "quiet with the channel open",
            "last messages sent",
            "misuse");

    private static final String CONFIG = """
            pekko.loglevel = off
            pekko.stdout-loglevel = off
            peili.testkit { trace-length = 100, max-steps = 30000, delivery = arrival }
            peili.ipc { channel-window = 64 KiB, max-frame-size = 32 KiB, packet-size = 4 KiB }
            """;

    private final Logger log = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    private final Level level = log.getLevel();
    private final Coverage coverage = new Coverage();

    @BeforeEach
    void silence() {
        // Actors fail on purpose.
        log.setLevel(Level.OFF);
    }

    @AfterEach
    void speak() {
        log.setLevel(level);
    }

    @ParameterizedTest(name = "serialize-in-process = {0}, actor-window = {1}")
    @CsvSource({"on, 8", "off, 5"})
    void channels_keepTheirPromises_inEverySchedule(String isSerialized, int actorWindow) {
        Config config = config(isSerialized, actorWindow);
        Long only = Long.getLong("peili.seed");
        try (Simulator simulator = Simulator.create(config)) {
            if (only != null) {
                simulator.run(only, this::schedule);
                return;
            }
            SearchResult result = IS_DEEP
                    ? simulator.search(1, DEEP, this::schedule)
                    : simulator.search(1, Integer.MAX_VALUE, BUDGET, this::schedule);
            System.out.println(result.schedules() + " schedules, " + result.steps() + " steps in " + result.time()
                    + ": " + coverage);
            result.orThrow();
            assertThat(result.schedules()).isGreaterThanOrEqualTo(IS_DEEP ? DEEP : 1);
            if (result.schedules() >= ENOUGH) {
                occasions(isSerialized)
                        .forEach(what -> assertThat(coverage.of(what)).as(what).isGreaterThanOrEqualTo(OFTEN));
            }
        }
    }

    private static Config config(String isSerialized, int actorWindow) {
        return ConfigFactory.parseString("peili.ipc.serialize-in-process = " + isSerialized
                        + "\npeili.ipc.actor-window = " + actorWindow)
                .withFallback(ConfigFactory.parseString(CONFIG));
    }

    @ParameterizedTest(name = "serialize-in-process = {0}")
    @ValueSource(strings = {"on", "off"})
    void aChannel_closedAfterAnyStepOfItsOpening_leavesNobody(String isSerialized) {
        try (Simulator simulator = Simulator.create(config(isSerialized, 4))) {
            for (int seed = 0; seed < FIRST_STEPS * WAYS_TO_CLOSE; seed++) {
                int steps = seed % FIRST_STEPS;
                simulator.run(seed, simulation -> {
                    ChannelSchedule schedule = new ChannelSchedule(simulation, coverage);
                    schedule.closeAfter(steps);
                    schedule.close();
                    schedule.checkClosed();
                });
            }
        }
    }

    private static Stream<String> occasions(String isSerialized) {
        return Stream.concat(
                OCCASIONS.stream(),
                isSerialized.equals("on")
                        ? Stream.of("refused by the channel's window", "constructors refused")
                        : Stream.empty());
    }

    private void schedule(Simulation simulation) {
        ChannelSchedule schedule = new ChannelSchedule(simulation, coverage);
        schedule.open();
        schedule.run();
        schedule.checkQuiet();
        schedule.checkLastMessages();
        schedule.close();
        schedule.checkClosed();
    }
}
