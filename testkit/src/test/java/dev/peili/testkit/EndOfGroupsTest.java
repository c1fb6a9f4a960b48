package dev.peili.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import dev.peili.actors.Document;
import dev.peili.actors.Groups;
import dev.peili.actors.Site;
import dev.peili.actors.Tab;
import dev.peili.actors.TaskCategory;
import dev.peili.actors.TaskSupervision;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Groups that come to their end while something is begun in them, in any order. */
final class EndOfGroupsTest {
    private static final Site SITE = Site.of("site");
    private static final int SCHEDULES = 200;

    private final Simulator simulator =
            Simulator.create(ConfigFactory.parseString("pekko.loglevel = off, pekko.stdout-loglevel = off"));

    @AfterEach
    void close() {
        simulator.close();
    }

    /** Is in the list for as long as it lives. */
    private static Behavior<String> member(List<String> alive) {
        return Behaviors.setup(context -> {
            alive.add("member");
            return Behaviors.receive(String.class)
                    .onSignal(PostStop.class, stop -> {
                        alive.remove("member");
                        return Behaviors.same();
                    })
                    .build();
        });
    }

    @Test
    void documentThatIsOpenedWhileItsTabGroupStops_endsWithIt() {
        simulator
                .search(1, SCHEDULES, simulation -> {
                    Groups groups = Groups.get(simulation.system());
                    Tab tab = groups.openTab();
                    tab.tabGroup().superviseTasks(TaskSupervision.stop());
                    tab.tabGroup().dispatch("fails", TaskCategory.OTHER, () -> {
                        throw new IllegalStateException("on purpose");
                    });
                    int steps = 1 + simulation.random().nextInt(8);
                    for (int i = 0; i < steps; i++) {
                        simulation.step();
                    }
                    List<String> alive = new ArrayList<>();
                    Document document = tab.openDocument(SITE);
                    if (document.docGroup().isOpen()) {
                        simulation.spawn(
                                member(alive), "member", document.docGroup().props(TaskCategory.OTHER));
                    }
                    simulation.runUntilIdle();
                    assertThat(groups.snapshot()).as("groups that go on").hasSize(1);
                    assertThat(document.docGroup().isOpen()).isFalse();
                    assertThat(alive).isEmpty();
                })
                .orThrow();
    }

    @Test
    void documentThatWasOpenedBeforeItsTabWasClosed_runsItsTasks() {
        simulator
                .search(1, SCHEDULES, simulation -> {
                    List<String> ran = new ArrayList<>();
                    Tab tab = Groups.get(simulation.system()).openTab();
                    // By whose turn either is done must not matter.
                    simulation.spawn(
                            Behaviors.setup(context -> {
                                tab.openDocument(SITE).dispatch("task", TaskCategory.OTHER, () -> ran.add("task"));
                                tab.tabGroup().dispatch("close", TaskCategory.UI, tab::close);
                                return Behaviors.stopped();
                            }),
                            "opener");
                    simulation.runUntilIdle();
                    assertThat(ran).containsExactly("task");
                })
                .orThrow();
    }

    @Test
    void taskOfAnEndedGroupAndItsSuccessor_isRejected() {
        simulator.run(1, simulation -> {
            Groups groups = Groups.get(simulation.system());
            Tab tab = groups.openTab();
            Document before = tab.openDocument(SITE);
            before.close();
            Document after = tab.openDocument(SITE);
            assertThatThrownBy(() -> groups.dispatch(
                            List.of(before.docGroup(), after.docGroup()), "both", TaskCategory.OTHER, () -> {}))
                    .isInstanceOf(RejectedExecutionException.class)
                    .hasMessageContaining("closed");
        });
    }

    @Test
    void scheduleThatLeavesSuspendedGroups_isFollowedByOthers() {
        simulator
                .search(1, 10, simulation -> {
                    Tab tab = Groups.get(simulation.system()).openTab();
                    tab.tabGroup().spawn(Behaviors.empty(), "member", TaskCategory.OTHER);
                    simulation.runUntilIdle();
                    tab.tabGroup().dispatch("suspend again", TaskCategory.OTHER, tab.tabGroup()::suspend);
                    tab.tabGroup().suspend();
                })
                .orThrow();
    }
}
