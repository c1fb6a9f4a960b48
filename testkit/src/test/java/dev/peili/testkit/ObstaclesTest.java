package dev.peili.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import dev.peili.actors.Groups;
import dev.peili.actors.TaskCategory;
import dev.peili.actors.Turn;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What cannot be simulated is said at once, with the way out. */
@Timeout(30)
final class ObstaclesTest {
    private final Simulator simulator = Simulator.create();

    @AfterEach
    void close() {
        simulator.close();
    }

    private static Behavior<String> doing(Consumer<ActorContext<String>> body) {
        return Behaviors.receive((context, message) -> {
            body.accept(context);
            return Behaviors.same();
        });
    }

    private void inAnActor(Consumer<ActorContext<String>> body) {
        simulator.run(1, simulation -> {
            simulation.spawn(doing(body), "actor").tell("do it");
            simulation.runUntilIdle();
        });
    }

    private static void run(ThrowingRunnable body) {
        try {
            body.run();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private interface ThrowingRunnable {
        void run() throws Exception;
    }

    private static CompletionStage<String> askNobody(ActorContext<String> context) {
        ActorRef<ActorRef<String>> silent = context.spawn(Behaviors.<ActorRef<String>>ignore(), "silent");
        return AskPattern.ask(
                silent,
                (ActorRef<String> replyTo) -> replyTo,
                Duration.ofHours(1),
                context.getSystem().scheduler());
    }

    // --- Blocking ---------------------------------------------------------------------------------------------------

    @Test
    void turnThatWaitsForAnAsk_isRefusedAtOnce() {
        assertThatThrownBy(() -> inAnActor(context ->
                        run(() -> askNobody(context).toCompletableFuture().get())))
                .isInstanceOf(CannotSimulateException.class)
                .hasMessageContaining("blocks its thread at")
                .hasMessageContaining("ObstaclesTest");
    }

    @Test
    void turnThatJoinsAnAsk_isFoundToBlock() {
        assertThatThrownBy(() -> inAnActor(
                        context -> askNobody(context).toCompletableFuture().join()))
                .isInstanceOf(CannotSimulateException.class)
                .hasMessageContaining("a step blocks its thread at")
                .hasMessageContaining("let the answer come as a message");
    }

    @Test
    void turnThatWaitsForALatch_isFoundToBlock() {
        assertThatThrownBy(() -> inAnActor(context -> run(() -> new CountDownLatch(1).await())))
                .isInstanceOf(CannotSimulateException.class)
                .hasMessageContaining("a step blocks its thread at");
    }

    @Test
    void turnThatSleeps_isFoundToBlock() {
        assertThatThrownBy(() -> inAnActor(context -> run(() -> Thread.sleep(20_000))))
                .isInstanceOf(CannotSimulateException.class)
                .hasMessageContaining("for time, use a timer");
    }

    @Test
    void testThatBlocks_isToldToLetTheSimulationRun() {
        assertThatThrownBy(() -> simulator.run(1, simulation -> new CompletableFuture<String>().get()))
                .isInstanceOf(CannotSimulateException.class)
                .hasMessageContaining("the test blocks its thread at")
                .hasMessageContaining("use await");
    }

    @Test
    void simulatorOfABlockedSchedule_goesOnWithTheNext() {
        assertThatThrownBy(() -> inAnActor(context -> run(() -> new CountDownLatch(1).await())))
                .isInstanceOf(CannotSimulateException.class);
        inAnActor(context -> {});
    }

    // --- Other threads ----------------------------------------------------------------------------------------------

    private static void onAnotherThread(Runnable body) {
        Thread thread = new Thread(body, "another");
        thread.start();
        run(thread::join);
    }

    @Test
    void messageFromAnotherThread_isRefused() {
        assertThatThrownBy(() -> inAnActor(
                        context -> onAnotherThread(() -> context.getSelf().tell("stray"))))
                .isInstanceOf(CannotSimulateException.class)
                .hasMessageContaining("thread 'another' sent a message (String)")
                .hasMessageContaining("Run that on a dispatcher of the simulated actor system");
    }

    @Test
    void taskFromAnotherThread_isRefused() {
        Groups groups = Groups.get(simulator.system());
        assertThatThrownBy(() -> inAnActor(context ->
                        onAnotherThread(() -> groups.root().dispatch("stray", TaskCategory.OTHER, () -> {}))))
                .isInstanceOf(CannotSimulateException.class)
                .hasMessageContaining("thread 'another' dispatched to a group (stray)");
    }

    @Test
    void futureFromAnotherThread_isRefused() {
        assertThatThrownBy(() -> inAnActor(context -> onAnotherThread(
                        () -> context.getSystem().executionContext().execute(() -> {}))))
                .isInstanceOf(CannotSimulateException.class)
                .hasMessageContaining("thread 'another' gave work to a dispatcher");
    }

    @Test
    void timerFromAnotherThread_isRefused() {
        assertThatThrownBy(() -> inAnActor(context -> onAnotherThread(() -> context.scheduleOnce(
                        Duration.ofSeconds(1), context.getSystem().ignoreRef(), "stray"))))
                .isInstanceOfAny(CannotSimulateException.class, UnsupportedOperationException.class);
    }

    @Test
    void simulationUsedByAnotherThread_isRefused() {
        simulator.run(
                1,
                simulation -> onAnotherThread(() -> assertThatThrownBy(simulation::runUntilIdle)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("only the thread that runs the schedule may step, not 'another'")));
    }

    @Test
    void answerThatIsComputedElsewhere_isRefused_thoughItComesLate() {
        assertThatThrownBy(() -> simulator.search(1, 10, simulation -> {
                    SimulatedProbe<String> probe = simulation.createProbe(String.class);
                    simulation
                            .spawn(
                                    doing(context -> context.pipeToSelf(
                                            CompletableFuture.supplyAsync(() -> {
                                                while (simulation.now().isZero()) {
                                                    Thread.onSpinWait();
                                                }
                                                return "answer";
                                            }),
                                            (answer, failure) -> answer)),
                                    "actor")
                            .tell("compute");
                    probe.receiveMessage();
                }))
                .isInstanceOf(CannotSimulateException.class)
                .hasMessageContaining("sent a message");
    }

    @Test
    void whatComesAfterASchedule_isToldToTheNext() {
        Thread[] late = new Thread[1];
        CountDownLatch over = new CountDownLatch(1);
        simulator.run(1, simulation -> {
            late[0] = new Thread(
                    () -> {
                        run(over::await);
                        simulation.system().executionContext().execute(() -> {});
                    },
                    "late");
            late[0].start();
        });
        over.countDown();
        run(late[0]::join);
        assertThatThrownBy(() -> simulator.run(2, simulation -> {}))
                .isInstanceOf(CannotSimulateException.class)
                .hasMessageContaining("after an earlier schedule had ended, thread 'late'");
        simulator.run(3, simulation -> {});
    }

    @Test
    void secondThread_isRefused() {
        simulator.run(
                1,
                simulation -> onAnotherThread(() -> assertThatThrownBy(() -> simulator.run(2, other -> {}))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("runs a schedule of this simulator")));
    }

    @Test
    void closingInASchedule_isRefused() {
        assertThatThrownBy(() -> simulator.run(1, simulation -> simulator.close()))
                .hasMessageContaining("runs a schedule of this simulator");
        simulator.run(2, simulation -> {});
    }

    @Test
    void anotherSimulatorWithin_leavesThisOneAsItWas() {
        try (Simulator another = Simulator.create()) {
            simulator.run(1, simulation -> {
                another.run(1, other -> other.runUntilIdle());
                AtomicInteger turns = new AtomicInteger();
                Groups groups = Groups.get(simulation.system());
                groups.root().dispatch("task", TaskCategory.OTHER, () -> {
                    assertThat(groups.root().isCurrent()).isTrue();
                    turns.incrementAndGet();
                });
                simulation.runUntilIdle();
                assertThat(turns).hasValue(1);
            });
        }
    }

    // --- What the seed does not decide ------------------------------------------------------------------------------

    @Test
    void searchThatDependsOnWhatCameBefore_isRefused() {
        AtomicInteger runs = new AtomicInteger();
        assertThatThrownBy(() -> simulator.search(1, 10, simulation -> {
                    ActorRef<String> actor = simulation.spawn(doing(context -> {}), "actor");
                    for (int i = 0; i < runs.get(); i++) {
                        actor.tell("again");
                    }
                    runs.incrementAndGet();
                    simulation.runUntilIdle();
                }))
                .isInstanceOf(CannotSimulateException.class)
                .hasMessageContaining("seed 1 does not give the same steps each time: they differ from step")
                .hasMessageContaining("no wall clock");
    }

    @Test
    void failureThatIsNotRepeated_saysSo() {
        AtomicInteger runs = new AtomicInteger();
        SearchResult result = simulator.search(1, 10, simulation -> {
            simulation.runUntilIdle();
            assertThat(runs.incrementAndGet()).isNotEqualTo(5);
        });
        assertThat(result.failure().orElseThrow()).hasMessageContaining("ATTENTION: when it was run again");
    }

    // --- Configuration ----------------------------------------------------------------------------------------------

    @Test
    void cluster_isRefused() {
        assertThatThrownBy(() -> Simulator.create(ConfigFactory.parseString("pekko.actor.provider = cluster")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("pekko.actor.provider")
                .hasMessageContaining("cannot be simulated");
    }

    @Test
    void wrongSetting_namesTheKey() {
        assertThatThrownBy(() -> Simulator.create(ConfigFactory.parseString("peili.testkit.delivery = fifo")))
                .hasStackTraceContaining("peili.testkit.delivery")
                .hasStackTraceContaining("must be per-pair or arrival, not 'fifo'");
        assertThatThrownBy(() -> Simulator.create(ConfigFactory.parseString("peili.testkit.max-steps = 0")))
                .hasStackTraceContaining("peili.testkit.max-steps");
    }

    // --- Misuse -----------------------------------------------------------------------------------------------------

    @Test
    void turnThatSteps_isRefused() {
        assertThatThrownBy(() -> simulator.run(1, simulation -> {
                    AtomicInteger refused = new AtomicInteger();
                    simulation
                            .spawn(
                                    doing(context -> {
                                        assertThatThrownBy(simulation::runUntilIdle)
                                                .hasMessageContaining("use the context of its actor");
                                        refused.incrementAndGet();
                                    }),
                                    "actor")
                            .tell("step");
                    simulation.runUntilIdle();
                    assertThat(refused).hasValue(1);
                    throw new IllegalArgumentException("the end");
                }))
                .hasMessageContaining("the end");
    }

    @Test
    void simulationThatIsOver_isRefused() {
        Simulation[] kept = new Simulation[1];
        simulator.run(1, simulation -> kept[0] = simulation);
        assertThatThrownBy(kept[0]::step)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("has ended");
    }

    @Test
    void scheduleWithinASchedule_isRefused() {
        assertThatThrownBy(() -> simulator.run(1, outer -> simulator.run(2, inner -> {})))
                .hasMessageContaining("another one needs a simulator of its own");
    }

    @Test
    void turnThatFailsTheSchedule_endsItThere() {
        IllegalStateException cause = new IllegalStateException("found in a turn");
        assertThatThrownBy(() -> simulator.run(1, simulation -> {
                    ActorRef<String> actor = simulation.spawn(doing(context -> simulation.fail(cause)), "actor");
                    actor.tell("fail");
                    actor.tell("never handled");
                    simulation.runUntilIdle();
                }))
                .isInstanceOf(ScheduleFailedError.class)
                .hasCause(cause)
                .hasMessageStartingWith("seed 1: java.lang.IllegalStateException: found in a turn")
                .hasMessageContaining("All 2 steps");
    }

    @Test
    void endlessSchedule_isEnded() {
        try (Simulator small = Simulator.create(ConfigFactory.parseString("peili.testkit.max-steps = 1000"))) {
            assertThatThrownBy(() -> small.run(1, simulation -> {
                        simulation
                                .spawn(doing(context -> context.getSelf().tell("again")), "busy")
                                .tell("begin");
                        simulation.runUntilIdle();
                    }))
                    .isInstanceOf(ScheduleFailedError.class)
                    .hasCauseInstanceOf(EndlessError.class)
                    .hasMessageContaining("still not idle after 1000 steps");
        }
    }

    private static void checkpointUntil(BooleanSupplier end) {
        while (!end.getAsBoolean()) {
            Turn.checkpoint();
        }
    }

    @Test
    void turnThatCallsCheckpoints_untilATimerFires_ends() {
        simulator
                .search(1, 5, simulation -> {
                    AtomicBoolean cancelled = new AtomicBoolean();
                    Groups groups = Groups.get(simulation.system());
                    groups.openTab().openDocument("https://a.example/").dispatch("long", TaskCategory.OTHER, () -> {
                        checkpointUntil(cancelled::get);
                    });
                    simulation
                            .system()
                            .scheduler()
                            .scheduleOnce(
                                    Duration.ofSeconds(1),
                                    () -> cancelled.set(true),
                                    simulation.system().executionContext());
                    simulation.runUntilIdle();
                    assertThat(simulation.now()).isEqualTo(Duration.ofSeconds(1));
                })
                .orThrow();
    }

    @Test
    void turnThatCallsCheckpointsForEver_isEnded() {
        try (Simulator small = Simulator.create(ConfigFactory.parseString("peili.testkit.max-steps = 10000"))) {
            assertThatThrownBy(() -> small.run(1, simulation -> {
                        Groups.get(simulation.system())
                                .openTab()
                                .openDocument("https://a.example/")
                                .dispatch("long", TaskCategory.OTHER, () -> checkpointUntil(() -> false));
                        simulation.runUntilIdle();
                    }))
                    .isInstanceOf(ScheduleFailedError.class)
                    .hasCauseInstanceOf(EndlessError.class);
            small.run(2, simulation -> {});
        }
    }

    @Test
    void callbackThatRunsItselfForEver_failsItsSchedule_andNoOther() {
        try (Simulator small = Simulator.create(ConfigFactory.parseString("peili.testkit.max-steps = 1000"))) {
            assertThatThrownBy(() -> small.run(1, simulation -> {
                        Runnable[] again = new Runnable[1];
                        again[0] = () -> simulation.system().executionContext().execute(again[0]);
                        again[0].run();
                        simulation.runUntilIdle();
                    }))
                    .isInstanceOf(ScheduleFailedError.class)
                    .hasCauseInstanceOf(EndlessError.class);
            small.run(2, simulation -> simulation.spawn(doing(context -> {}), "actor"));
        }
    }

    @Test
    void endlessRecursionInAnActor_failsTheSchedule() {
        assertThatThrownBy(() -> inAnActor(ObstaclesTest::recurse))
                .isInstanceOf(ScheduleFailedError.class)
                .hasCauseInstanceOf(StackOverflowError.class);
    }

    @SuppressWarnings("InfiniteRecursion")
    private static void recurse(ActorContext<String> context) {
        recurse(context);
    }

    @Test
    void systemThatIsTerminated_isAnotherOneInTheNextSchedule() {
        for (int round = 0; round < 3; round++) {
            simulator
                    .search(1, 3, simulation -> {
                        ActorRef<String> actor = simulation.spawn(doing(context -> {}), "actor");
                        simulation.system().terminate();
                        simulation.await(simulation.system().getWhenTerminated());
                        assertThatThrownBy(() -> simulation.spawn(doing(context -> {}), "late"))
                                .hasMessageContaining("the actor system has been terminated");
                        actor.tell("too late");
                    })
                    .orThrow();
            inAnActor(context -> {});
        }
    }

    @Test
    void closedSimulator_isRefused() {
        simulator.close();
        assertThatThrownBy(() -> simulator.run(1, simulation -> {})).hasMessageContaining("has been closed");
    }

    @Test
    void noSchedules_areRefused() {
        assertThatThrownBy(() -> simulator.search(1, 0, simulation -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 1");
    }
}
