package dev.peili.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peili.actors.Document;
import dev.peili.actors.Groups;
import dev.peili.actors.TabGroup;
import dev.peili.actors.TaskCategory;
import dev.peili.actors.TaskSupervision;
import dev.peili.actors.Turn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each schedule begins like the first, whatever those before it left behind. */
final class ResetTest {
    private final Simulator simulator = Simulator.create();

    @AfterEach
    void close() {
        simulator.close();
    }

    private static Behavior<String> busy() {
        return Behaviors.receive((context, message) -> {
            context.getSelf().tell(message);
            return Behaviors.same();
        });
    }

    @Test
    void actors_areStopped() {
        AtomicInteger stopped = new AtomicInteger();
        for (int round = 1; round <= 3; round++) {
            simulator.run(round, simulation -> {
                simulation.spawn(
                        Behaviors.receive(String.class)
                                .onSignal(PostStop.class, signal -> {
                                    stopped.incrementAndGet();
                                    return Behaviors.same();
                                })
                                .build(),
                        "always-the-same-name");
                simulation.runUntilIdle();
            });
            assertThat(stopped).hasValue(round);
        }
    }

    @Test
    void actorThatKeepsItselfBusy_isStopped() {
        for (int round = 1; round <= 3; round++) {
            simulator.run(round, simulation -> {
                simulation.spawn(busy(), "busy").tell("again");
                for (int i = 0; i < 10; i++) {
                    assertThat(simulation.step()).isTrue();
                }
            });
        }
    }

    @Test
    void timers_areForgotten() {
        AtomicInteger fired = new AtomicInteger();
        simulator.run(
                1,
                simulation -> simulation
                        .system()
                        .scheduler()
                        .scheduleOnce(
                                Duration.ofSeconds(1),
                                fired::incrementAndGet,
                                simulation.system().executionContext()));
        simulator.run(2, simulation -> {
            simulation.runFor(Duration.ofSeconds(2));
            assertThat(simulation.now()).isEqualTo(Duration.ofSeconds(2));
        });
        assertThat(fired).hasValue(0);
    }

    @Test
    void groups_beginAnew() {
        for (int round = 1; round <= 3; round++) {
            simulator.run(round, simulation -> {
                Groups groups = Groups.get(simulation.system());
                assertThat(groups.snapshot())
                        .extracting(snapshot -> snapshot.group().name())
                        .containsExactly("root");
                assertThat(groups.root().failedTasks()).isZero();
                groups.root().setLaneCapacity(TaskCategory.UI, 1);
                groups.root().superviseTasks(TaskSupervision.resume());
                Document document = groups.openTab().openDocument("https://a.example/");
                TabGroup tabGroup = document.docGroup().tabGroup();
                assertThat(tabGroup.name()).isEqualTo("tabgroup-1");
                tabGroup.suspend();
                document.dispatch("never runs", TaskCategory.OTHER, () -> {});
                groups.root().dispatch("fails", TaskCategory.UI, () -> {
                    throw new IllegalStateException("on purpose");
                });
                simulation
                        .spawn(busy(), "busy", document.docGroup().props(TaskCategory.OTHER))
                        .tell("again");
                simulation.runUntilIdle();
                assertThat(groups.root().failedTasks()).isEqualTo(1);
            });
        }
    }

    @Test
    void groupsThatAreAskedForAtTheEnd_areNotThoseOfTheNextSchedule() {
        List<Boolean> openAtTheEnd = new ArrayList<>();
        simulator
                .search(1, 50, simulation -> {
                    Groups groups = Groups.get(simulation.system());
                    List<String> turns = new ArrayList<>();
                    groups.root().dispatch("root", TaskCategory.OTHER, () -> {
                        turns.add("root begins");
                        Turn.checkpoint();
                        turns.add("root ends");
                    });
                    groups.openTab().tabGroup().dispatch("task", TaskCategory.UI, () -> turns.add("task"));
                    simulation.spawn(
                            Behaviors.receive(String.class)
                                    .onSignal(PostStop.class, signal -> {
                                        openAtTheEnd.add(groups.root().isOpen());
                                        return Behaviors.same();
                                    })
                                    .build(),
                            "actor");
                    simulation.runUntilIdle();
                    assertThat(turns).containsSubsequence("root begins", "root ends");
                    assertThat(turns.indexOf("task")).as("place of the other").isNotEqualTo(1);
                })
                .orThrow();
        assertThat(openAtTheEnd).hasSizeGreaterThan(50).containsOnly(false);
    }

    @Test
    void tasksThatDispatchThemselves_areDropped() {
        AtomicInteger runs = new AtomicInteger();
        for (int round = 1; round <= 3; round++) {
            simulator.run(round, simulation -> {
                Document document = Groups.get(simulation.system()).openTab().openDocument("https://a.example/");
                Runnable[] again = new Runnable[1];
                again[0] = () -> {
                    runs.incrementAndGet();
                    document.dispatch("again", TaskCategory.OTHER, again[0]);
                };
                again[0].run();
                for (int i = 0; i < 10; i++) {
                    simulation.step();
                }
            });
        }
        assertThat(runs.get()).isLessThan(50);
    }

    @Test
    void schedulesThatFailed_leaveNothing() {
        for (int round = 0; round < 3; round++) {
            SearchResult result = simulator.search(1, 1, simulation -> {
                simulation.spawn(busy(), "busy").tell("again");
                simulation.step();
                throw new IllegalStateException("on purpose");
            });
            assertThat(result.failure()).isPresent();
        }
    }

    @Test
    void memory_doesNotGrowWithSchedules() {
        ScheduleBody body = simulation -> {
            Document document = Groups.get(simulation.system()).openTab().openDocument("https://a.example/");
            List<byte[]> much = List.of(new byte[1 << 20]);
            ActorRef<String> actor = simulation.spawn(
                    Behaviors.<String>receiveMessage(message -> {
                        assertThat(much).hasSize(1);
                        return Behaviors.same();
                    }),
                    "actor",
                    document.docGroup().props(TaskCategory.OTHER));
            actor.tell("hello");
            document.docGroup().schedule("later", TaskCategory.OTHER, Duration.ofHours(1), () -> actor.tell("later"));
            simulation.runUntilIdle();
        };
        long most = Runtime.getRuntime().maxMemory() >> 20;
        int schedules = (int) Math.min(20_000, 2 * most);
        assertThat(simulator.search(1, schedules, body).orThrow().schedules()).isEqualTo(schedules);
    }
}
