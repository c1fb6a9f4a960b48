package dev.peili.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.peili.actors.EventTarget;
import dev.peili.actors.Groups;
import dev.peili.actors.Tab;
import dev.peili.actors.TaskCategory;
import dev.peili.actors.Turn;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a search finds where a promise of groups does not hold, and that it finds nothing where it does. */
final class BrokenPromisesTest {
    private static final int SCHEDULES = 1_000;
    private static final String NO_BOUNDS = """
            peili.testkit.max-steps = 5000
            peili.dispatcher { background-every = 2147483647, starvation-bound = 2147483647 }
            """;

    // --- G1 ---------------------------------------------------------------------------------------------------------

    /** Says that all its tasks are of one group, but deals them out to two that are not related. */
    private static final class DealtOut implements Executor {
        private final List<EventTarget> targets;
        private int next;

        DealtOut(Groups groups) {
            targets = List.of(target(groups), target(groups));
        }

        @Override
        public void execute(Runnable task) {
            targets.get(next++ % targets.size()).execute(task);
        }
    }

    private static EventTarget target(Groups groups) {
        return groups.openTab().tabGroup().eventTargetFor(TaskCategory.OTHER);
    }

    private static SearchResult searchForLostUpdate(Function<Groups, Executor> executors) {
        try (Simulator simulator = Simulator.create()) {
            return simulator.search(1, SCHEDULES, simulation -> {
                Executor executor = executors.apply(Groups.get(simulation.system()));
                int[] balance = new int[1];
                Runnable deposit = () -> {
                    int before = balance[0];
                    Turn.checkpoint();
                    balance[0] = before + 1;
                };
                executor.execute(deposit);
                executor.execute(deposit);
                simulation.runUntilIdle();
                assertThat(balance[0]).as("the balance after two deposits").isEqualTo(2);
            });
        }
    }

    @Test
    void updateIsLost_whereTasksOfOneGroupAreDealtOutToTwo() {
        SearchResult result = searchForLostUpdate(DealtOut::new);
        assertThat(result.failure()).hasValueSatisfying(failure -> {
            assertThat(failure).hasMessageContaining("the balance after two deposits");
            assertThat(failure.lastSteps()).anyMatch(step -> step.depth() > 0);
        });
    }

    @Test
    void noUpdateIsLost_inOneGroup() {
        SearchResult result = searchForLostUpdate(BrokenPromisesTest::target).orThrow();
        assertThat(result.schedules()).isEqualTo(SCHEDULES);
    }

    // --- G5 ---------------------------------------------------------------------------------------------------------

    /** Sends to itself for as long as it lives. */
    private static Behavior<String> busy() {
        return Behaviors.setup(context -> {
            context.getSelf().tell("first");
            return Behaviors.receiveMessage(message -> {
                context.getSelf().tell("again");
                return Behaviors.same();
            });
        });
    }

    private static Behavior<ActorRef<String>> answering() {
        return Behaviors.receiveMessage(replyTo -> {
            replyTo.tell("here");
            return Behaviors.same();
        });
    }

    private static void askBesideBusyForeground(Simulation simulation) {
        Groups groups = Groups.get(simulation.system());
        Tab foreground = groups.openTab();
        foreground.setVisible(true);
        simulation.spawn(busy(), "busy", foreground.tabGroup().props(TaskCategory.OTHER));
        ActorRef<ActorRef<String>> background = simulation.spawn(
                answering(), "background", groups.openTab().tabGroup().props(TaskCategory.OTHER));
        SimulatedProbe<String> probe = simulation.createProbe(String.class);
        background.tell(probe.ref());
        probe.expectMessage("here");
    }

    @Test
    void backgroundStarvesForEver_whereNothingBoundsTheForeground() {
        try (Simulator simulator = Simulator.create(ConfigFactory.parseString(NO_BOUNDS))) {
            SearchResult result = simulator.search(1, SCHEDULES, BrokenPromisesTest::askBesideBusyForeground);
            assertThat(result.failure())
                    .hasValueSatisfying(failure -> assertThat(failure).hasCauseInstanceOf(EndlessError.class));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "peili.testkit.max-steps = 5000",
                "peili { testkit.max-steps = 5000, dispatcher { background-every = 4, starvation-bound = 16 } }"
            })
    void backgroundNeverStarves_withBounds(String config) {
        try (Simulator simulator = Simulator.create(ConfigFactory.parseString(config))) {
            SearchResult result = simulator
                    .search(1, SCHEDULES, BrokenPromisesTest::askBesideBusyForeground)
                    .orThrow();
            assertThat(result.schedules()).isEqualTo(SCHEDULES);
        }
    }
}
