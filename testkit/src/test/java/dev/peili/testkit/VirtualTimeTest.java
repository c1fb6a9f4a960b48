package dev.peili.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Time is virtual for everything that asks Pekko for it. */
final class VirtualTimeTest {
    private final Simulator simulator = Simulator.create();

    @AfterEach
    void close() {
        simulator.close();
    }

    private static Cancellable after(Simulation simulation, Duration delay, Runnable body) {
        return simulation
                .system()
                .scheduler()
                .scheduleOnce(delay, body, simulation.system().executionContext());
    }

    @Test
    void timers_fireInTheOrderOfTheirTimes() {
        simulator
                .search(1, 20, simulation -> {
                    List<Integer> fired = new ArrayList<>();
                    for (int i : List.of(3, 1, 2)) {
                        after(simulation, Duration.ofMinutes(i), () -> fired.add(i));
                    }
                    simulation.runFor(Duration.ofMinutes(2));
                    assertThat(fired).containsExactly(1, 2);
                    simulation.runFor(Duration.ofMinutes(1));
                    assertThat(fired).containsExactly(1, 2, 3);
                })
                .orThrow();
    }

    @Test
    void timersOfTheSameTime_fireInAnyOrder() {
        Set<List<Integer>> orders = new HashSet<>();
        simulator
                .search(1, 200, simulation -> {
                    List<Integer> fired = new ArrayList<>();
                    for (int i : List.of(1, 2, 3)) {
                        after(simulation, Duration.ofMinutes(1), () -> fired.add(i));
                    }
                    simulation.runFor(Duration.ofMinutes(1));
                    orders.add(fired);
                })
                .orThrow();
        assertThat(orders).hasSize(6);
    }

    @Test
    void timerThatIsCancelled_doesNotFire() {
        simulator.run(1, simulation -> {
            List<String> fired = new ArrayList<>();
            Cancellable timer = after(simulation, Duration.ofSeconds(1), () -> fired.add("once"));
            assertThat(timer.cancel()).isTrue();
            assertThat(timer.cancel()).isFalse();
            assertThat(timer.isCancelled()).isTrue();
            Cancellable[] own = new Cancellable[1];
            own[0] = simulation
                    .system()
                    .scheduler()
                    .scheduleAtFixedRate(
                            Duration.ofSeconds(1),
                            Duration.ofSeconds(1),
                            () -> {
                                fired.add("periodic");
                                own[0].cancel();
                            },
                            simulation.system().executionContext());
            simulation.runFor(Duration.ofSeconds(10));
            assertThat(fired).containsExactly("periodic");
        });
    }

    @Test
    void fixedDelayAndReceiveTimeout_areVirtual() {
        simulator.run(1, simulation -> {
            SimulatedProbe<String> probe = simulation.createProbe(String.class);
            simulation.spawn(
                    Behaviors.<String>withTimers(timers -> Behaviors.setup(context -> {
                        timers.startTimerWithFixedDelay("delayed", Duration.ofHours(1));
                        context.setReceiveTimeout(Duration.ofMinutes(1), "timed out");
                        return Behaviors.receiveMessage(message -> {
                            probe.ref().tell(message);
                            context.cancelReceiveTimeout();
                            return Behaviors.same();
                        });
                    })),
                    "actor");
            probe.expectMessage(Duration.ofMinutes(1), "timed out");
            probe.expectMessage(Duration.ofHours(1), "delayed");
            probe.expectMessage(Duration.ofHours(1), "delayed");
            assertThat(simulation.now()).isEqualTo(Duration.ofHours(2));
        });
    }

    @Test
    void clock_showsTheVirtualTime() {
        simulator.run(1, simulation -> {
            Instant begin = simulation.clock().instant();
            simulation.runFor(Duration.ofDays(1));
            assertThat(simulation.clock().instant()).isEqualTo(begin.plus(Duration.ofDays(1)));
        });
    }

    @Test
    void runUntil_letsTimePassUntilTheConditionHolds() {
        simulator.run(1, simulation -> {
            List<String> fired = new ArrayList<>();
            after(simulation, Duration.ofHours(5), () -> fired.add("fired"));
            assertThatThrownBy(() -> simulation.runUntil(() -> !fired.isEmpty(), Duration.ofHours(4)))
                    .isInstanceOf(AssertionError.class)
                    .hasMessage("the condition does not hold after 14400 s");
            simulation.runUntil(() -> !fired.isEmpty());
            assertThat(simulation.now()).isEqualTo(Duration.ofHours(5));
            assertThatThrownBy(() -> simulation.runUntil(() -> fired.size() > 1))
                    .isInstanceOf(AssertionError.class)
                    .hasMessage("nothing can run any more, and the condition does not hold");
        });
    }

    // --- Turns that take time ---------------------------------------------------------------------------------------

    /** Answers after it has sent itself some messages. */
    private static Behavior<Integer> slow(ActorRef<String> probe) {
        return Behaviors.receive((context, left) -> {
            if (left == 0) {
                probe.tell("answer");
            } else {
                context.getSelf().tell(left - 1);
            }
            return Behaviors.same();
        });
    }

    private static Set<String> firstOfAnswerAndTimeOut(Simulator simulator) {
        Set<String> first = new HashSet<>();
        simulator
                .search(1, 200, simulation -> {
                    SimulatedProbe<String> probe = simulation.createProbe(String.class);
                    simulation.spawn(slow(probe.ref()), "slow").tell(10);
                    after(simulation, Duration.ofMillis(1), () -> probe.ref().tell("time-out"));
                    first.add(probe.receiveMessage());
                })
                .orThrow();
        return first;
    }

    @Test
    void turnsThatTakeNoTime_areNeverTooLate() {
        assertThat(firstOfAnswerAndTimeOut(simulator)).containsExactly("answer");
    }

    @Test
    void turnsThatTakeTime_raceWithTimers() {
        try (Simulator taking = Simulator.create(ConfigFactory.parseString("peili.testkit.turn-time = 200us"))) {
            assertThat(firstOfAnswerAndTimeOut(taking)).containsExactlyInAnyOrder("answer", "time-out");
        }
    }
}
