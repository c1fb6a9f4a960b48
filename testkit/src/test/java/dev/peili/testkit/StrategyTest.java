package dev.peili.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import dev.peili.actors.Document;
import dev.peili.actors.Groups;
import dev.peili.actors.TaskCategory;
import dev.peili.actors.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;

/** Whoever wants to choose schedules in a way of their own is asked wherever there is a choice, and told of what. */
final class StrategyTest {
    private final List<String> choices = new ArrayList<>();

    private Simulator choosing(ToIntFunction<Choice> chooser) {
        return Simulator.create(ConfigFactory.empty(), new Strategy() {
            @Override
            public void begin(long seed) {
                choices.clear();
            }

            @Override
            public int choose(Choice choice) {
                List<String> names = new ArrayList<>();
                for (int i = 0; i < choice.size(); i++) {
                    names.add(choice.name(i));
                }
                choices.add(choice.kind() + " " + names);
                return chooser.applyAsInt(choice);
            }
        });
    }

    private static Behavior<String> forward(ActorRef<String> next) {
        return Behaviors.receiveMessage(message -> {
            next.tell(message);
            return Behaviors.same();
        });
    }

    private static void twoSenders(Simulation simulation) {
        ActorRef<String> receiver = simulation.spawn(Behaviors.<String>ignore(), "receiver");
        simulation.spawn(forward(receiver), "a").tell("a");
        simulation.spawn(forward(receiver), "b").tell("b");
        simulation.runUntilIdle();
    }

    @Test
    void choices_haveNames() {
        try (Simulator simulator = choosing(choice -> choice.size() - 1)) {
            simulator.run(1, StrategyTest::twoSenders);
            assertThat(choices).contains("STEP [receiver, a, b]", "STEP [receiver, a]");
        }
        try (Simulator simulator = choosing(choice -> choice.kind() == Choice.Kind.STEP ? choice.size() - 1 : 0)) {
            simulator.run(1, simulation -> {
                SimulatedProbe<String> probe = simulation.createProbe("probe", String.class);
                simulation.runUntilIdle();
                simulation.spawn(forward(probe.ref()), "a").tell("a");
                simulation.spawn(forward(probe.ref()), "b").tell("b");
                simulation.runUntilIdle();
            });
            assertThat(choices).contains("SENDER [a, b]");
        }
    }

    @Test
    void choicesInGroups_haveNames() {
        try (Simulator simulator = choosing(choice -> choice.kind() == Choice.Kind.CHECKPOINT ? 1 : 0)) {
            simulator.run(1, simulation -> {
                Groups groups = Groups.get(simulation.system());
                Document a = groups.openTab().openDocument("https://a.example/");
                Document b = groups.openTab().openDocument("https://b.example/");
                List<String> order = new ArrayList<>();
                a.dispatch("outer", TaskCategory.OTHER, () -> {
                    order.add("begin of a");
                    Turn.checkpoint();
                    order.add("end of a");
                });
                b.dispatch("inner", TaskCategory.OTHER, () -> order.add("b"));
                simulation.runUntilIdle();
                assertThat(order).containsExactly("begin of a", "b", "end of a");
                assertThat(simulation.lastSteps())
                        .filteredOn(step -> step.what().equals("inner"))
                        .singleElement()
                        .matches(step -> step.depth() == 1 && step.group().equals("tabgroup-3/b.example"));
            });
            assertThat(choices)
                    .contains("IN_GROUPS [tabgroup-1/a.example, tabgroup-3/b.example]")
                    .contains("CHECKPOINT [go on, let others run]");
        }
    }

    @Test
    void choiceOutOfRange_namesTheStrategy() {
        try (Simulator simulator = choosing(Choice::size)) {
            assertThatThrownBy(() -> simulator.run(1, StrategyTest::twoSenders))
                    .hasMessageContaining("chose badly at STEP, where it had the choice of 3");
        }
    }

    @Test
    void strategyThatThrows_failsTheSchedule_whereverItIsAsked() {
        for (Choice.Kind kind : Choice.Kind.values()) {
            ToIntFunction<Choice> chooser = choice -> {
                if (choice.kind() == kind) {
                    throw new IllegalStateException("no choice");
                }
                return choice.size() - 1;
            };
            try (Simulator simulator = choosing(chooser)) {
                assertThatThrownBy(() -> simulator.run(1, simulation -> {
                            SimulatedProbe<String> probe = simulation.createProbe("probe", String.class);
                            Groups groups = Groups.get(simulation.system());
                            for (String name : List.of("a", "b")) {
                                simulation.spawn(forward(probe.ref()), name).tell(name);
                                groups.openTab()
                                        .openDocument("https://a.example/")
                                        .dispatch(name, TaskCategory.OTHER, Turn::checkpoint);
                            }
                            simulation.runUntilIdle();
                        }))
                        .as("%s", kind)
                        .isInstanceOf(ScheduleFailedError.class)
                        .hasMessageContaining("no choice");
            }
        }
    }

    @Test
    void messagesInOrderOfArrival_leaveNoChoiceOfSenders() {
        try (Simulator simulator = Simulator.create(ConfigFactory.parseString("peili.testkit.delivery = arrival"))) {
            simulator
                    .search(1, 200, simulation -> {
                        SimulatedProbe<String> probe = simulation.createProbe(String.class);
                        ActorRef<String> b = simulation.spawn(forward(probe.ref()), "b");
                        simulation
                                .spawn(
                                        Behaviors.<String>receiveMessage(message -> {
                                            probe.ref().tell("first");
                                            b.tell("second");
                                            return Behaviors.same();
                                        }),
                                        "a")
                                .tell("begin");
                        assertThat(probe.receiveSeveralMessages(2)).containsExactly("first", "second");
                    })
                    .orThrow();
        }
    }
}
