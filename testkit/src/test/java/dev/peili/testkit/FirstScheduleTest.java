package dev.peili.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peili.actors.DocGroup;
import dev.peili.actors.Document;
import dev.peili.actors.Groups;
import dev.peili.actors.Tab;
import dev.peili.actors.TaskCategory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The simplest things one does with a simulation. */
final class FirstScheduleTest {
    private final Simulator simulator = Simulator.create();

    @AfterEach
    void close() {
        simulator.close();
    }

    private static Behavior<String> forward(ActorRef<String> next) {
        return Behaviors.receiveMessage(message -> {
            next.tell(message);
            return Behaviors.same();
        });
    }

    @Test
    void messages_ofTwoSenders_arriveInBothOrders() {
        Set<List<String>> orders = new HashSet<>();
        simulator
                .search(1, 100, simulation -> {
                    SimulatedProbe<String> probe = simulation.createProbe(String.class);
                    simulation.spawn(forward(probe.ref()), "a").tell("a");
                    simulation.spawn(forward(probe.ref()), "b").tell("b");
                    orders.add(probe.receiveSeveralMessages(2));
                })
                .orThrow();
        assertThat(orders).containsExactlyInAnyOrder(List.of("a", "b"), List.of("b", "a"));
    }

    @Test
    void tasks_ofTwoGroups_startInBothOrders() {
        Set<List<String>> orders = new HashSet<>();
        simulator
                .search(1, 100, simulation -> {
                    List<String> order = new ArrayList<>();
                    Tab tab = Groups.get(simulation.system()).openTab();
                    Document a = tab.openDocument("https://a.example/");
                    Document b = tab.openDocument("https://b.example/");
                    a.dispatch("a", TaskCategory.OTHER, () -> order.add("a"));
                    b.dispatch("b", TaskCategory.OTHER, () -> order.add("b"));
                    simulation.runUntilIdle();
                    orders.add(order);
                })
                .orThrow();
        assertThat(orders).containsExactlyInAnyOrder(List.of("a", "b"), List.of("b", "a"));
    }

    @Test
    void messageAndTaskOfOneCategory_startInBothOrders() {
        Set<List<String>> orders = new HashSet<>();
        simulator
                .search(1, 200, simulation -> {
                    List<String> order = new ArrayList<>();
                    DocGroup group = Groups.get(simulation.system())
                            .openTab()
                            .openDocument("https://a.example/")
                            .docGroup();
                    ActorRef<String> actor = simulation.spawn(
                            Behaviors.<String>receiveMessage(message -> {
                                order.add(message);
                                return Behaviors.same();
                            }),
                            "actor",
                            group.props(TaskCategory.WORKER));
                    simulation.runUntilIdle();
                    group.dispatch("begin", TaskCategory.WORKER, () -> {
                        actor.tell("message");
                        group.dispatch("task", TaskCategory.WORKER, () -> order.add("task"));
                    });
                    simulation.runUntilIdle();
                    orders.add(order);
                })
                .orThrow();
        assertThat(orders).containsExactlyInAnyOrder(List.of("message", "task"), List.of("task", "message"));
    }

    @Test
    void betweenSetupAndTheFirstMessage_othersMayRun() {
        Set<List<String>> orders = new HashSet<>();
        simulator
                .search(1, 200, simulation -> {
                    List<String> order = new ArrayList<>();
                    ActorRef<ActorRef<String>> answering = simulation.spawn(
                            Behaviors.<ActorRef<String>>receiveMessage(replyTo -> {
                                replyTo.tell("answer");
                                return Behaviors.same();
                            }),
                            "answering");
                    simulation.runUntilIdle();
                    simulation.spawn(
                            Behaviors.<String>setup(context -> {
                                answering.tell(context.getSelf());
                                context.getSelf().tell("own");
                                return Behaviors.receiveMessage(message -> {
                                    order.add(message);
                                    return Behaviors.same();
                                });
                            }),
                            "asking");
                    simulation.runUntilIdle();
                    orders.add(order);
                })
                .orThrow();
        assertThat(orders).containsExactlyInAnyOrder(List.of("own", "answer"), List.of("answer", "own"));
    }

    @Test
    void time_passesOnlyWhereItIsWaitedFor() {
        simulator.run(1, simulation -> {
            SimulatedProbe<String> probe = simulation.createProbe(String.class);
            simulation.spawn(
                    Behaviors.<String>withTimers(timers -> {
                        timers.startTimerAtFixedRate("tick", Duration.ofMillis(10));
                        return forward(probe.ref());
                    }),
                    "clock");
            simulation.runUntilIdle();
            assertThat(simulation.now()).isZero();
            simulation.runFor(Duration.ofSeconds(1));
            assertThat(simulation.now()).isEqualTo(Duration.ofSeconds(1));
            assertThat(probe.size()).isEqualTo(100);
        });
    }

    @Test
    void failure_tellsSeedAndSteps() {
        SearchResult result = simulator.search(1, 100, simulation -> {
            SimulatedProbe<String> probe = simulation.createProbe(String.class);
            simulation.spawn(forward(probe.ref()), "a").tell("a");
            simulation.spawn(forward(probe.ref()), "b").tell("b");
            probe.expectMessage("a");
        });
        System.out.println(result.failure().get().getMessage());
        assertThat(result.failure()).isPresent();
        assertThat(result.failure().get().getMessage()).startsWith("seed ").doesNotContain("ATTENTION");
    }
}
