package dev.peili.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.apache.pekko.actor.testkit.typed.javadsl.FishingOutcomes;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The probe does what TestKit's does, but lets the simulation run where that waits. */
final class SimulatedProbeTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Simulator simulator = Simulator.create();

    @AfterEach
    void close() {
        simulator.close();
    }

    /** Tells the probe a number each 100 ms. */
    private static Behavior<Integer> counting(ActorRef<Integer> probe) {
        return Behaviors.withTimers(timers -> {
            timers.startTimerAtFixedRate(0, Duration.ofMillis(100));
            int[] count = {0};
            return Behaviors.receiveMessage(tick -> {
                probe.tell(++count[0]);
                return Behaviors.same();
            });
        });
    }

    private void withCounting(BiConsumer<Simulation, SimulatedProbe<Integer>> body) {
        simulator.run(1, simulation -> {
            SimulatedProbe<Integer> probe = simulation.createProbe("probe", Integer.class);
            simulation.spawn(counting(probe.ref()), "counting");
            body.accept(simulation, probe);
        });
    }

    @Test
    void expectMessage_runsUntilThereIsOne() {
        withCounting((simulation, probe) -> {
            assertThat(probe.expectMessage(1)).isEqualTo(1);
            assertThat(simulation.now()).isEqualTo(Duration.ofMillis(100));
            probe.expectMessage(SECOND, 2);
            probe.expectMessage(SECOND, "the third", 3);
            assertThat(simulation.now()).isEqualTo(Duration.ofMillis(300));
        });
    }

    @Test
    void expectMessage_tellsWhatCameInstead() {
        withCounting((simulation, probe) -> {
            assertThatThrownBy(() -> probe.expectMessage(7))
                    .isInstanceOf(AssertionError.class)
                    .hasMessage("probe expected 7, got 1");
            assertThatThrownBy(() -> probe.expectMessage(SECOND, "the second", 7))
                    .hasMessage("the second: probe expected 7, got 2");
        });
    }

    @Test
    void expectMessage_givesUpAfterItsTime() {
        withCounting((simulation, probe) -> {
            assertThatThrownBy(() -> probe.expectMessage(Duration.ofMillis(99), 1))
                    .hasMessage("probe expected 1 within 99 ms, got nothing");
            assertThat(simulation.now()).isEqualTo(Duration.ofMillis(99));
        });
    }

    @Test
    void timeOut_isVirtual() {
        simulator.run(1, simulation -> {
            SimulatedProbe<String> probe = simulation.createProbe(String.class);
            assertThatThrownBy(() -> probe.receiveMessage(Duration.ofDays(1000)))
                    .hasMessageContaining("got nothing");
            assertThat(simulation.now()).isEqualTo(Duration.ofDays(1000));
        });
    }

    @Test
    void timeOut_isThatOfTestKit() {
        simulator.run(1, simulation -> {
            SimulatedProbe<String> probe = simulation.createProbe(String.class);
            assertThatThrownBy(probe::receiveMessage).hasMessageContaining("within 3 s");
            probe.expectNoMessage();
            assertThat(simulation.now()).isEqualTo(Duration.ofMillis(3100));
        });
    }

    @Test
    void failure_tellsWhoWaitsForAnAnswer() {
        simulator.run(1, simulation -> {
            ActorRef<ActorRef<String>> silent = simulation.spawn(Behaviors.<ActorRef<String>>ignore(), "silent");
            var answer = AskPattern.ask(
                    silent,
                    (ActorRef<String> replyTo) -> replyTo,
                    Duration.ofSeconds(10),
                    simulation.system().scheduler());
            SimulatedProbe<String> probe = simulation.createProbe(String.class);
            assertThatThrownBy(probe::receiveMessage)
                    .hasMessageContaining(
                            "these wait for an answer: (test) has asked between two steps and gives up in 7 s");
            assertThatThrownBy(() -> simulation.await(answer)).hasStackTraceContaining("TimeoutException");
        });
    }

    @Test
    void expectNoMessage_failsWithTheMessage() {
        withCounting((simulation, probe) -> {
            probe.expectNoMessage(Duration.ofMillis(99));
            assertThatThrownBy(() -> probe.expectNoMessage(Duration.ofMillis(1)))
                    .hasMessage("probe expected no message, got 1");
            probe.expectMessage(1);
        });
    }

    @Test
    void receiveSeveralMessages_takesThemInOrder() {
        withCounting((simulation, probe) -> {
            assertThat(probe.receiveSeveralMessages(3)).isEqualTo(List.of(1, 2, 3));
            assertThatThrownBy(() -> probe.receiveSeveralMessages(3, Duration.ofMillis(200)))
                    .hasMessage("probe expected 3 messages within 200 ms, got 2");
            assertThat(probe.size()).isEqualTo(2);
        });
    }

    @Test
    void expectMessageClass_checksTheClass() {
        simulator.run(1, simulation -> {
            SimulatedProbe<Object> probe = simulation.createProbe(Object.class);
            probe.ref().tell("text");
            probe.ref().tell(1);
            assertThat(probe.expectMessageClass(String.class)).isEqualTo("text");
            assertThatThrownBy(() -> probe.expectMessageClass(String.class)).hasMessageContaining("a String, got 1");
        });
    }

    @Test
    void fishForMessage_collects() {
        withCounting((simulation, probe) -> {
            assertThat(probe.fishForMessage(
                            SECOND,
                            n -> n == 4
                                    ? FishingOutcomes.complete()
                                    : n % 2 == 1
                                            ? FishingOutcomes.continueAndCollect()
                                            : FishingOutcomes.continueAndIgnore()))
                    .isEqualTo(List.of(1, 3, 4));
            assertThatThrownBy(() -> probe.fishForMessage(SECOND, "hint", n -> FishingOutcomes.fail("too bad")))
                    .hasMessageContaining("hint")
                    .hasMessageContaining("too bad");
            assertThatThrownBy(() ->
                            probe.fishForMessage(Duration.ofMillis(250), n -> FishingOutcomes.continueAndIgnore()))
                    .hasMessageContaining("something to fish for");
        });
    }

    @Test
    void expectTerminated_runsUntilTheActorHasEnded() {
        simulator.run(1, simulation -> {
            SimulatedProbe<Object> probe = simulation.createProbe(Object.class);
            ActorRef<String> mortal = simulation.spawn(
                    Behaviors.<String>withTimers(timers -> {
                        timers.startSingleTimer("end", Duration.ofSeconds(2));
                        return Behaviors.receiveMessage(message -> Behaviors.stopped());
                    }),
                    "mortal");
            assertThatThrownBy(() -> probe.expectTerminated(mortal, SECOND))
                    .hasMessageContaining("/user/mortal has not terminated within 1 s");
            probe.expectTerminated(mortal);
            probe.expectTerminated(mortal);
            assertThat(simulation.now()).isEqualTo(Duration.ofSeconds(2));
        });
    }

    @Test
    void awaitAssert_triesAfterEachStep() {
        withCounting((simulation, probe) -> {
            AtomicInteger tries = new AtomicInteger();
            int size = probe.awaitAssert(() -> {
                tries.incrementAndGet();
                assertThat(probe.size()).isEqualTo(2);
                return probe.size();
            });
            assertThat(size).isEqualTo(2);
            assertThat(tries.get()).isGreaterThan(2);
            assertThatThrownBy(() -> probe.awaitAssert(
                            SECOND, () -> assertThat(probe.size()).isZero()))
                    .isInstanceOf(AssertionError.class);
        });
    }
}
