package dev.peili.mirroring;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.peili.actors.Document;
import dev.peili.actors.Groups;
import dev.peili.actors.SchedulerGroup;
import dev.peili.actors.Tab;
import dev.peili.actors.TaskCategory;
import dev.peili.testkit.SearchResult;
import dev.peili.testkit.Simulation;
import dev.peili.testkit.Simulator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * Promises M1 to M7 in simulated schedules: actors that own and mirror values, in groups and not, set, connect, disconnect,
 * tell, fail, stop and start again at random, beside an account of how everything should be.
 */
final class MirrorPromisesTest {
    private static final int DEEP = 100_000;
    private static final boolean IS_DEEP = Boolean.getBoolean("peili.deep");
    private static final Duration BUDGET = Duration.ofSeconds(Integer.getInteger("peili.budget.seconds", 5));
    private static final Duration MOMENT = Duration.ofMillis(1);
    /** Longer than any back-off. */
    private static final int CALMING = 6;

    /** In so many schedules each of these comes about, so often at least. */
    private static final int ENOUGH = 500;

    private static final int OFTEN = 1;
    private static final List<String> OCCASIONS = List.of(
            "first starts",
            "starts again",
            "starts that failed",
            "starts that failed at last",
            "turns failed",
            "watchers failed",
            "watchers run",
            "watchers cancelled",
            "canonicals set by watchers",
            "values set back in a turn",
            "connects",
            "connected again before told",
            "disconnects",
            "updates sent",
            "updates conflated",
            "plain tells",
            "messages handled",
            "events handled",
            "late events",
            "mirrors left",
            "listeners left",
            "requests",
            "connected by request",
            "requests refused",
            "cancelled requests",
            "sources dropped at restart",
            "sinks dropped at restart",
            "told DISPLACED",
            "told LEFT",
            "told REFUSED",
            "told MIRROR_ENDED",
            "told MIRROR_ENDED by a stop",
            "told OWNER_ENDED by a stop",
            "messages of turns that failed",
            "turns on top of a turn",
            "PostStop",
            "PreRestart");

    private static final Config CONFIG = ConfigFactory.parseString("""
            pekko.loglevel = off
            pekko.stdout-loglevel = off
            peili.testkit { trace-length = 60, max-steps = 20000 }
            """);

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

    @Test
    void mirrors_keepTheirPromises_inEverySchedule() {
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
            if (result.schedules() >= ENOUGH) {
                OCCASIONS.forEach(what -> assertThat(coverage.of(what)).as(what).isGreaterThanOrEqualTo(OFTEN));
            }
        }
    }

    private void schedule(Simulation simulation) {
        Ledger ledger = new Ledger(simulation, coverage);
        RandomGenerator random = simulation.random();
        Script script = new Script(ledger, random);
        List<SchedulerGroup> groups = openGroups(simulation);
        for (int i = 2 + random.nextInt(3); i > 0; i--) {
            spawn(ledger, script, groups);
        }
        while (!script.isOver()) {
            if (random.nextInt(4) == 0 || !simulation.step()) {
                if (random.nextInt(12) == 0) {
                    spawn(ledger, script, groups);
                }
                script.kick();
            }
            if (random.nextInt(50) == 0) {
                simulation.runFor(MOMENT);
            }
            ledger.check();
        }
        calm(simulation, ledger);
        for (Player player : ledger.players) {
            if (!player.hasEnded()) {
                Note note = new Note("the test", player, ledger.nextSerial(), true);
                ledger.notes.add(note);
                player.ref().tell(note);
            }
        }
        calm(simulation, ledger);
        for (Player player : ledger.players) {
            if (!player.hasEnded() && !player.isStranger) {
                player.ownerSide.checkIdle();
                player.mirrorSide.checkIdle();
            }
        }
        for (Note note : ledger.notes) {
            ledger.expect(note.handled || note.receiver.hasEnded(), "M2: " + note + " is lost");
        }
        ledger.check();
    }

    private static void calm(Simulation simulation, Ledger ledger) {
        for (int i = 0; i < CALMING; i++) {
            while (simulation.step()) {
                ledger.check();
            }
            simulation.runFor(MOMENT);
            ledger.check();
        }
    }

    private static List<SchedulerGroup> openGroups(Simulation simulation) {
        List<SchedulerGroup> groups = new ArrayList<>();
        Tab tab = Groups.get(simulation.system()).openTab();
        Document document = tab.openDocument("https://www.example.org/");
        groups.add(document.docGroup());
        groups.add(tab.openDocument("https://www.example.com/").docGroup());
        groups.add(tab.tabGroup());
        Tab other = Groups.get(simulation.system()).openTab();
        groups.add(other.openDocument("https://www.example.net/").docGroup());
        return groups;
    }

    private static void spawn(Ledger ledger, Script script, List<SchedulerGroup> groups) {
        RandomGenerator random = ledger.simulation.random();
        boolean isInGroup = random.nextInt(3) > 0;
        boolean isStranger = random.nextInt(12) == 0;
        String name = (isStranger ? "stranger" : "") + (char) ('a' + ledger.players.size());
        Player player = new Player(ledger, script, name, isInGroup, isStranger);
        Props props = isInGroup ? groups.get(random.nextInt(groups.size())).props(TaskCategory.OTHER) : Props.empty();
        player.spawned(ledger.simulation.spawn(supervised(player, random), name, props));
        ledger.players.add(player);
    }

    private static Behavior<Note> supervised(Player player, RandomGenerator random) {
        SupervisorStrategy strategy = switch (random.nextInt(8)) {
            case 0 -> SupervisorStrategy.stop();
            case 1, 2 -> SupervisorStrategy.resume();
            case 3, 4 -> SupervisorStrategy.restartWithBackoff(MOMENT, MOMENT.multipliedBy(2), 0);
            default -> SupervisorStrategy.restart();
        };
        return Behaviors.supervise(player.behavior()).onFailure(strategy);
    }
}
