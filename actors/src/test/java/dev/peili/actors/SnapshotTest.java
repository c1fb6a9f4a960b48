package dev.peili.actors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import dev.peili.actors.Systems.Gate;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What an operator sees, and the bounds of lanes, whose rejections are part of it. */
final class SnapshotTest {
    @RegisterExtension
    final Systems systems = new Systems();

    @Test
    void queuedAndRunning_areSeen_whileTheyAre() {
        Groups groups = systems.groups(2);
        DocGroup group = Systems.background(groups).docGroup();
        ActorRef<String> actor = Systems.spawn(group, Behaviors.ignore(), "ignoring");
        Gate gate = systems.occupy(group);
        for (int i = 0; i < 3; i++) {
            group.dispatch("queued", TaskCategory.NETWORK, () -> {});
            actor.tell("queued");
        }
        GroupSnapshot seen = of(groups, group);
        assertThat(seen.foreground()).isFalse();
        assertThat(seen.suspended()).isFalse();
        assertThat(seen.category(TaskCategory.UI).running()).isTrue();
        assertThat(seen.category(TaskCategory.UI).paused()).isFalse();
        assertThat(seen.category(TaskCategory.NETWORK).queued()).isEqualTo(3);
        assertThat(seen.category(TaskCategory.OTHER).queued())
                .as("actors with messages, not messages")
                .isEqualTo(1);
        assertThat(seen.category(TaskCategory.WORKER)).isEqualTo(GroupSnapshot.OfCategory.UNUSED);
        gate.open();
        Systems.await(
                "all has run",
                () -> of(groups, group).categories().values().stream()
                        .noneMatch(category -> category.running() || category.queued() > 0));
    }

    @Test
    void pausedTurn_isSeen_onItsThreadAndOffIt() {
        for (String pause : new String[] {"on-top", "hand-over"}) {
            Groups groups = systems.groups(1, "pause = " + pause);
            DocGroup background = Systems.background(groups).docGroup();
            DocGroup urgent = Systems.foreground(groups).docGroup();
            Gate gate = systems.gate();
            AtomicBoolean over = new AtomicBoolean();
            background.dispatch("long", TaskCategory.WORKER, () -> {
                while (!over.get()) {
                    Turn.checkpoint();
                }
            });
            Systems.await(
                    "running",
                    () -> of(groups, background).category(TaskCategory.WORKER).running());
            urgent.dispatch("gate", TaskCategory.UI, gate);
            gate.awaitEntered();
            GroupSnapshot.OfCategory seen = of(groups, background).category(TaskCategory.WORKER);
            assertThat(seen.paused()).as(pause).isTrue();
            assertThat(seen.running()).as(pause).isFalse();
            assertThat(of(groups, urgent).foreground()).isTrue();
            assertThat(of(groups, urgent).category(TaskCategory.UI).running()).isTrue();
            gate.open();
            Systems.await(
                    "running again",
                    () -> of(groups, background).category(TaskCategory.WORKER).running());
            over.set(true);
            Systems.await(
                    "end",
                    () -> !of(groups, background).category(TaskCategory.WORKER).running());
        }
    }

    @Test
    void cpuTime_isThatOfTheCategory() {
        Groups groups = systems.groups(2);
        DocGroup group = Systems.background(groups).docGroup();
        for (int i = 0; i < 5; i++) {
            group.dispatch("long", TaskCategory.WORKER, () -> Systems.spin(10_000_000));
            group.dispatch("short", TaskCategory.OTHER, () -> {});
        }
        Systems.runThrough(group, TaskCategory.OTHER);
        Systems.runThrough(group, TaskCategory.WORKER);
        GroupSnapshot seen = of(groups, group);
        assertThat(seen.category(TaskCategory.WORKER).cpuTime()).isGreaterThan(Duration.ofMillis(45));
        assertThat(seen.category(TaskCategory.OTHER).cpuTime())
                .isLessThan(seen.category(TaskCategory.WORKER).cpuTime());
    }

    @Test
    void fullLane_rejectsAtTheCaller_andCounts() {
        Groups groups = systems.groups(2);
        DocGroup group = Systems.background(groups).docGroup();
        ActorRef<String> actor = Systems.spawn(group, Behaviors.ignore(), "uncounted");
        group.setLaneCapacity(TaskCategory.OTHER, 2);
        Gate gate = systems.occupy(group);
        actor.tell("x");
        for (int i = 0; i < 2; i++) {
            group.dispatch("fits", TaskCategory.OTHER, () -> {});
        }
        assertThatThrownBy(() -> group.dispatch("too many", TaskCategory.OTHER, () -> {}))
                .isInstanceOf(RejectedExecutionException.class)
                .hasMessageContainingAll("'too many'", "OTHER", group.name(), "full");
        assertThatThrownBy(() -> group.eventTargetFor(TaskCategory.OTHER).execute(() -> {}))
                .isInstanceOf(RejectedExecutionException.class);
        group.dispatch("another lane", TaskCategory.UI, () -> {});
        assertThat(of(groups, group).category(TaskCategory.OTHER).rejections()).isEqualTo(2);
        group.setLaneCapacity(TaskCategory.OTHER, 0);
        group.dispatch("no bound", TaskCategory.OTHER, () -> {});
        gate.open();
        Systems.runThrough(group, TaskCategory.OTHER);
        assertThatThrownBy(() -> group.setLaneCapacity(TaskCategory.OTHER, -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-1");
    }

    @Test
    void capacityOfAllLanes_isInTheConfiguration() {
        Groups groups = Groups.get(systems.start(ConfigFactory.parseString("peili.groups.lane-capacity = 1")
                        .withFallback(Systems.config("permits = 1")))
                .system());
        DocGroup group = Systems.background(groups).docGroup();
        Gate gate = systems.occupy(group);
        group.dispatch("fits", TaskCategory.NETWORK, () -> {});
        assertThatThrownBy(() -> group.dispatch("too many", TaskCategory.NETWORK, () -> {}))
                .isInstanceOf(RejectedExecutionException.class);
        gate.open();
    }

    @Test
    void groupThatHasEnded_isNotSeen() {
        Groups groups = systems.groups(1);
        Document document = Systems.background(groups);
        assertThat(groups.snapshot()).hasSize(3);
        document.tab().close();
        Systems.await("only the root group", () -> groups.snapshot().size() == 1);
    }

    private static GroupSnapshot of(Groups groups, SchedulerGroup group) {
        return groups.snapshot().stream()
                .filter(seen -> seen.group() == group)
                .findFirst()
                .orElseThrow();
    }
}
