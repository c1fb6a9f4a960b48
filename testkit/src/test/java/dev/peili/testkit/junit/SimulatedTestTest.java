package dev.peili.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import dev.peili.testkit.CannotSimulateException;
import dev.peili.testkit.ScheduleFailedError;
import dev.peili.testkit.Simulation;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** A test that is run with many schedules is one test for JUnit. */
final class SimulatedTestTest {
    private static final List<Long> SEEDS = new CopyOnWriteArrayList<>();

    @BeforeEach
    void forgetSeeds() {
        SEEDS.clear();
    }

    @AfterEach
    void forgetProperties() {
        System.clearProperty("peili.seed");
        System.clearProperty("peili.simulation.schedules");
        System.clearProperty("peili.simulation.seconds");
    }

    /** Run by the tests below only: surefire takes no nested classes. */
    @Tag("example")
    static final class Examples {
        @SimulatedTest(schedules = 50, seconds = 60)
        void passes(Simulation simulation, TestInfo info) {
            assertThat(info.getDisplayName()).startsWith("passes");
            SEEDS.add(simulation.seed());
        }

        @SimulatedTest(schedules = 50, seconds = 60, seed = 1000)
        void failsWithSeed1020(Simulation simulation) {
            SEEDS.add(simulation.seed());
            simulation.createProbe(String.class).ref().tell("a message");
            simulation.runUntilIdle();
            assertThat(simulation.seed()).isNotEqualTo(1020);
        }

        @SimulatedTest(schedules = 1, config = "peili.testkit.turn-time = 1h")
        void hasSettingsOfItsOwn(Simulation simulation) {
            simulation.createProbe(String.class).ref().tell("a message");
            simulation.runUntilIdle();
            assertThat(simulation.now()).isPositive();
        }

        @SimulatedTest(schedules = Integer.MAX_VALUE, seconds = 0)
        void hasNoTime(Simulation simulation) {
            SEEDS.add(simulation.seed());
        }

        @SimulatedTest
        void hasNoSimulation() {}

        @SimulatedTest
        void assumes(Simulation simulation) {
            Assumptions.assumeTrue(simulation.seed() < 1);
        }

        @SimulatedTest
        void blocks(Simulation simulation) throws InterruptedException {
            Thread.sleep(20_000);
        }
    }

    private static Event run(String method, Class<?>... parameters) {
        EngineExecutionResults results = EngineTestKit.engine("junit-jupiter")
                .selectors(selectMethod(
                        Examples.class,
                        method,
                        String.join(
                                ",",
                                Arrays.stream(parameters).map(Class::getName).toList())))
                .execute();
        return results.testEvents().finished().list().get(0);
    }

    private static Throwable failureOf(Event event) {
        return event.getRequiredPayload(TestExecutionResult.class)
                .getThrowable()
                .orElseThrow(() -> new AssertionError("the test has passed"));
    }

    private static void hasPassed(Event event) {
        assertThat(event.getRequiredPayload(TestExecutionResult.class).getThrowable())
                .isEmpty();
    }

    @Test
    void test_isRunWithEachSeed() {
        hasPassed(run("passes", Simulation.class, TestInfo.class));
        assertThat(SEEDS).startsWith(1L, 1L, 1L).contains(2L, 50L).doesNotContain(51L);
    }

    @Test
    void failure_tellsTheSeedOnItsFirstLine() {
        Throwable failure = failureOf(run("failsWithSeed1020", Simulation.class));
        assertThat(failure).isInstanceOf(ScheduleFailedError.class);
        assertThat(String.valueOf(failure.getMessage()).lines().findFirst())
                .hasValueSatisfying(line -> assertThat(line).startsWith("seed 1020: "));
        assertThat(failure)
                .hasMessageContaining("with JUnit -Dpeili.seed=1020")
                .hasMessageContaining("probe-1  (test)  String");
        assertThat(SEEDS).doesNotContain(1021L);
    }

    @Test
    void seedThatIsGiven_isTheOnlyOne() {
        System.setProperty("peili.seed", "1020");
        assertThat(failureOf(run("failsWithSeed1020", Simulation.class))).hasMessageStartingWith("seed 1020: ");
        assertThat(SEEDS).containsOnly(1020L);
    }

    @Test
    void seedThatIsNoNumber_isRefused() {
        System.setProperty("peili.seed", "abc");
        assertThat(failureOf(run("passes", Simulation.class, TestInfo.class)))
                .hasMessage("-Dpeili.seed must be a whole number, not 'abc'");
    }

    @Test
    void moreSchedules_canBeAskedFor() {
        System.setProperty("peili.simulation.schedules", "70");
        System.setProperty("peili.simulation.seconds", "60");
        hasPassed(run("passes", Simulation.class, TestInfo.class));
        assertThat(SEEDS).contains(70L).doesNotContain(71L);
    }

    @Test
    void settings_areThoseOfTheAnnotation() {
        hasPassed(run("hasSettingsOfItsOwn", Simulation.class));
    }

    @Test
    void budget_endsTheSearch_afterOneSchedule() {
        hasPassed(run("hasNoTime", Simulation.class));
        assertThat(SEEDS).containsOnly(1L).isNotEmpty();
    }

    @Test
    void methodWithoutSimulation_isRefused() {
        assertThat(failureOf(run("hasNoSimulation"))).hasMessageContaining("needs a parameter of type Simulation");
    }

    @Test
    void assumptionThatDoesNotHold_isNoFailure() {
        assertThat(run("assumes", Simulation.class)
                        .getRequiredPayload(TestExecutionResult.class)
                        .getStatus())
                .isEqualTo(TestExecutionResult.Status.ABORTED);
    }

    @Test
    void testThatBlocks_isTold() {
        assertThat(failureOf(run("blocks", Simulation.class))).isInstanceOf(CannotSimulateException.class);
    }
}
