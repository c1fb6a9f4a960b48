package dev.peili.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.typesafe.config.ConfigFactory;
import dev.peili.actors.Groups;
import dev.peili.actors.SchedulerGroup;
import dev.peili.actors.Tab;
import dev.peili.actors.TaskCategory;
import dev.peili.actors.internal.dispatch.Carrier;
import dev.peili.actors.internal.dispatch.Label;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.DeadLetter;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.event.EventStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Single messages that are handled in another group than their actor, in simulated schedules. */
final class LabelledTurnsTest {
    private static final int SCHEDULES = Boolean.getBoolean("peili.deep") ? 100_000 : 5_000;

    private final Logger log = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    private final Level level = log.getLevel();
    private final Coverage coverage = new Coverage();

    @BeforeEach
    void silence() {
        // Tasks fail on purpose.
        log.setLevel(Level.OFF);
    }

    @AfterEach
    void speak() {
        log.setLevel(level);
    }

    @Test
    void labelledMessages_areHandledInOrder_inTheirGroups_inEverySchedule() {
        Long only = Long.getLong("peili.seed");
        String config = "pekko.loglevel = off, pekko.stdout-loglevel = off, peili.testkit.trace-length = 60";
        try (Simulator simulator = Simulator.create(ConfigFactory.parseString(config))) {
            if (only != null) {
                simulator.run(only, this::schedule);
                return;
            }
            SearchResult result = simulator.search(1, SCHEDULES, this::schedule);
            System.out.println(result.schedules() + " schedules, " + result.steps() + " steps in " + result.time()
                    + ": " + coverage);
            result.orThrow();
        }
        for (String what : List.of(
                "in the label's group",
                "in the own group, as the label's is closed",
                "in the label's group, which is closed",
                "beside an open turn",
                "dead letters",
                "stops past a suspended label")) {
            assertThat(coverage.of(what)).as(what).isPositive();
        }
    }

    private void schedule(Simulation simulation) {
        Post post = new Post(simulation, coverage);
        EventStream events = Adapter.toClassic(simulation.system()).eventStream();
        ActorRef<DeadLetter> undertaker = simulation.spawn(
                Behaviors.receiveMessage(letter -> {
                    post.dead(letter.message());
                    return Behaviors.same();
                }),
                "undertaker");
        events.subscribe(Adapter.toClassic(undertaker), DeadLetter.class);
        try {
            post.begin();
            for (int i = 0; i < 40 && !post.isBroken(); i++) {
                if (simulation.random().nextInt(3) == 0 || !simulation.step()) {
                    post.act("the test");
                }
            }
            simulation.runUntilIdle();
            post.checkStops();
            post.calm();
            simulation.runUntilIdle();
            post.checkEnd();
        } finally {
            events.unsubscribe(Adapter.toClassic(undertaker));
        }
    }

    // --- The trace --------------------------------------------------------------------------------------------------

    private record Sealed(String carried, Optional<Label> forLabel) implements Carrier {
        @Override
        public @Nullable Label label() {
            return forLabel.orElse(null);
        }
    }

    @Test
    void trace_showsTheGroupOfTheTurn_andTheClassOfWhatIsCarried() {
        try (Simulator simulator = Simulator.create()) {
            simulator.run(1, simulation -> {
                Groups groups = Groups.get(simulation.system());
                Tab tab = groups.openTab();
                SchedulerGroup other = groups.openTab().tabGroup();
                ActorRef<Sealed> actor = simulation.spawn(
                        Behaviors.ignore(), "actor", tab.tabGroup().props(TaskCategory.UI));
                Label label = Label.of(other.eventTargetFor(TaskCategory.UI), simulation.system());
                actor.tell(new Sealed("one", Optional.empty()));
                actor.tell(new Sealed("two", Optional.of(label)));
                simulation.runUntilIdle();
                List<TraceStep> steps = simulation.lastSteps().stream()
                        .filter(step -> step.actor().equals("actor"))
                        .toList();
                assertThat(steps)
                        .extracting(TraceStep::group)
                        .containsExactly(tab.tabGroup().name(), tab.tabGroup().name(), other.name());
                assertThat(steps).extracting(TraceStep::what).containsExactly("(start)", "String", "String");
            });
        }
    }
}
