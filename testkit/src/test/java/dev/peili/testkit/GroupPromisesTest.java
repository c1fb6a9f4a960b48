package dev.peili.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import org.apache.pekko.actor.DeadLetter;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.event.EventStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * Promises G1 to G8 in simulated schedules: groups are opened, closed, suspended, shown, and fail at random, while an
 * observer is told by every turn when it begins and ends.
 */
final class GroupPromisesTest {
    private static final int DEEP = 100_000;
    private static final boolean IS_DEEP = Boolean.getBoolean("peili.deep");
    private static final Duration BUDGET = Duration.ofSeconds(Integer.getInteger("peili.budget.seconds", 5));
    private static final Duration MOMENT = Duration.ofMillis(1);
    private static final int ACTING = 10;
    /** Longer than any delay or back-off. */
    private static final int CALMING = 40;

    private static final Config CONFIG =
            ConfigFactory.parseString("""
            pekko.loglevel = off
            pekko.stdout-loglevel = off
            peili.testkit { turn-time = 100us, trace-length = 60, max-steps = 20000 }
            peili.dispatcher { background-every = %d, category-every = %d, starvation-bound = %d }
            """.formatted(Urgency.BACKGROUND_EVERY, Urgency.CATEGORY_EVERY, Urgency.K));

    private final Logger log = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    private final Level level = log.getLevel();
    private final Coverage coverage = new Coverage();

    @BeforeEach
    void silence() {
        // Tasks and actors fail on purpose.
        log.setLevel(Level.OFF);
    }

    @AfterEach
    void speak() {
        log.setLevel(level);
    }

    @Test
    void groups_keepTheirPromises_inEverySchedule() {
        Long only = Long.getLong("peili.seed");
        try (Simulator simulator = Simulator.create(CONFIG)) {
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
            assertThat(coverage.of("turns beside an open one")).as("G3").isPositive();
        }
    }

    private void schedule(Simulation simulation) {
        Ledger ledger = new Ledger(simulation, coverage);
        Realm realm = new Realm(simulation, ledger);
        Books books = new Books(ledger, realm);
        EventStream events = Adapter.toClassic(simulation.system()).eventStream();
        ActorRef<DeadLetter> undertaker = simulation.spawn(
                Behaviors.receiveMessage(letter -> {
                    books.dead(letter);
                    return Behaviors.same();
                }),
                "undertaker");
        events.subscribe(Adapter.toClassic(undertaker), DeadLetter.class);
        try {
            run(simulation, ledger, books, new Bustle(ledger, realm, books, simulation.random()));
        } finally {
            events.unsubscribe(Adapter.toClassic(undertaker));
        }
    }

    private static void run(Simulation simulation, Ledger ledger, Books books, Bustle bustle) {
        bustle.begin();
        while (!bustle.isOver()) {
            if (simulation.random().nextInt(3) == 0 || !simulation.step()) {
                bustle.act();
            }
            ledger.check();
        }
        let(simulation, ledger, ACTING);
        bustle.calm();
        let(simulation, ledger, CALMING);
        ledger.checkIdle();
        books.checkFailures();
        ledger.check();
        bustle.end();
        let(simulation, ledger, CALMING);
        books.checkEnd();
        ledger.check();
    }

    /** Lets it run for so many milliseconds, or until a promise is broken. */
    private static void let(Simulation simulation, Ledger ledger, int millis) {
        for (int i = 0; i < millis; i++) {
            while (simulation.step()) {
                ledger.check();
            }
            simulation.runFor(MOMENT);
            ledger.check();
        }
    }
}
