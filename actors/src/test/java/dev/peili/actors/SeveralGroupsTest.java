package dev.peili.actors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.peili.actors.Systems.Gate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Promises G1, G2, G4 and G6 for tasks that affect several groups: they wait for all of them and exclude them. */
final class SeveralGroupsTest {
    @RegisterExtension
    final Systems systems = new Systems();

    @Test
    void task_waitsForEveryGroup_andEveryGroupWaitsForIt() {
        Groups groups = systems.groups(4);
        DocGroup a = Systems.background(groups).docGroup();
        TabGroup b = Systems.background(groups).docGroup().tabGroup();
        Gate inA = systems.occupy(a);
        Gate inB = systems.occupy(b);
        Gate both = systems.gate();
        groups.dispatch(List.of(a, b), "both", TaskCategory.OTHER, both);
        inA.open();
        Systems.runThrough(Systems.background(groups).docGroup(), TaskCategory.OTHER);
        assertThat(both.isEntered()).as("while b is occupied").isFalse();
        inB.open();
        both.awaitEntered();
        List<SchedulerGroup> started = new CopyOnWriteArrayList<>();
        a.dispatch("a", TaskCategory.UI, () -> started.add(a));
        a.tabGroup().dispatch("above a", TaskCategory.UI, () -> started.add(a.tabGroup()));
        b.dispatch("b", TaskCategory.UI, () -> started.add(b));
        Systems.runThrough(Systems.background(groups).docGroup(), TaskCategory.OTHER);
        assertThat(started).isEmpty();
        both.open();
        Systems.await("all three", () -> started.size() == 3);
    }

    @Test
    void task_keepsItsPlaceInEachGroup() {
        Groups groups = systems.groups(2);
        List<String> order = new CopyOnWriteArrayList<>();
        DocGroup a = Systems.background(groups).docGroup();
        DocGroup b = Systems.background(groups).docGroup();
        Gate inA = systems.occupy(a);
        Gate inB = systems.occupy(b);
        for (DocGroup group : List.of(a, b)) {
            group.dispatch("before", TaskCategory.OTHER, () -> order.add("before"));
        }
        groups.dispatch(List.of(a, b), "both", TaskCategory.OTHER, () -> order.add("both"));
        for (DocGroup group : List.of(a, b)) {
            group.dispatch("after", TaskCategory.OTHER, () -> order.add("after"));
        }
        inA.open();
        inB.open();
        Systems.runThrough(a, TaskCategory.OTHER);
        Systems.runThrough(b, TaskCategory.OTHER);
        assertThat(order).containsExactly("before", "before", "both", "after", "after");
    }

    @Test
    void ofRelatedGroups_theUpperOneCounts() {
        Groups groups = systems.groups(2);
        DocGroup documents = Systems.background(groups).docGroup();
        CountDownLatch done = new CountDownLatch(1);
        groups.dispatch(List.of(documents, documents.tabGroup(), documents), "one", TaskCategory.OTHER, () -> {
            assertThat(SchedulerGroup.current()).contains(documents.tabGroup());
            done.countDown();
        });
        Systems.await(done);
    }

    @Test
    void current_isTheFirst_andEachMayBeTouched() {
        Groups groups = systems.groups(2);
        DocGroup a = Systems.background(groups).docGroup();
        DocGroup b = Systems.background(groups).docGroup();
        DocGroup other = Systems.background(groups).docGroup();
        List<Object> seen = new CopyOnWriteArrayList<>();
        groups.dispatch(List.of(b, a), "both", TaskCategory.OTHER, () -> {
            seen.add(SchedulerGroup.current().orElseThrow());
            seen.addAll(List.of(a.isCurrent(), b.isCurrent(), b.tabGroup().isCurrent(), other.isCurrent()));
        });
        Systems.await("the task", () -> seen.size() == 5);
        assertThat(seen).containsExactly(b, true, true, false, false);
    }

    @Test
    void urgency_isThatOfTheMostUrgent_alsoForWhatStandsInTheWay() {
        Groups groups = systems.groups(1);
        DocGroup urgent = Systems.foreground(groups).docGroup();
        DocGroup background = Systems.background(groups).docGroup();
        DocGroup other = Systems.background(groups).docGroup();
        List<String> order = new CopyOnWriteArrayList<>();
        Gate first = systems.occupy(Systems.foreground(groups).docGroup());
        for (int i = 0; i < 10; i++) {
            other.dispatch("other", TaskCategory.OTHER, () -> order.add("other"));
        }
        background.dispatch("in the way", TaskCategory.OTHER, () -> order.add("in the way"));
        groups.dispatch(List.of(background, urgent), "both", TaskCategory.OTHER, () -> order.add("both"));
        first.open();
        Systems.await("all", () -> order.size() == 12);
        assertThat(order).startsWith("in the way", "both");
    }

    @Test
    void suspendedGroup_keepsItWaiting_butHoldsUpNobody() {
        Groups groups = systems.groups(2);
        DocGroup a = Systems.background(groups).docGroup();
        DocGroup suspended = Systems.background(groups).docGroup();
        suspended.suspend();
        CountDownLatch done = new CountDownLatch(1);
        groups.dispatch(List.of(a, suspended), "both", TaskCategory.OTHER, done::countDown);
        Systems.runThrough(a, TaskCategory.OTHER);
        assertThat(done.getCount()).isEqualTo(1);
        suspended.resume();
        Systems.await(done);
    }

    @Test
    void closedGroup_orFullLane_rejectsTheWhole() {
        Groups groups = systems.groups(2);
        DocGroup a = Systems.background(groups).docGroup();
        Document closed = Systems.background(groups);
        closed.close();
        DocGroup full = Systems.background(groups).docGroup();
        full.setLaneCapacity(TaskCategory.OTHER, 1);
        Gate gate = systems.occupy(full);
        full.dispatch("waits", TaskCategory.OTHER, () -> {});
        for (DocGroup other : List.of(closed.docGroup(), full)) {
            assertThatThrownBy(() -> groups.dispatch(List.of(a, other), "both", TaskCategory.OTHER, () -> {}))
                    .isInstanceOf(RejectedExecutionException.class)
                    .hasMessageContainingAll("'both'", "OTHER", a.name(), other.name());
        }
        gate.open();
        Systems.runThrough(a, TaskCategory.OTHER);
        assertThatThrownBy(() -> groups.dispatch(List.of(), "none", TaskCategory.OTHER, () -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'none'");
        DocGroup foreign = Systems.background(systems.groups(1)).docGroup();
        assertThatThrownBy(() -> groups.dispatch(List.of(a, foreign), "both", TaskCategory.OTHER, () -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("another actor system");
    }

    @Test
    void groupThatCloses_runsItFirst_andItsFailureCountsForEach() {
        Groups groups = systems.groups(2);
        Document a = Systems.background(groups);
        Document b = Systems.background(groups);
        Gate gate = systems.occupy(a.docGroup());
        groups.dispatch(List.of(a.docGroup(), b.docGroup()), "fails", TaskCategory.OTHER, () -> {
            throw new IllegalStateException("on purpose");
        });
        a.close();
        b.close();
        gate.open();
        Systems.await(
                "both failures",
                () -> a.docGroup().failedTasks() == 1 && b.docGroup().failedTasks() == 1);
    }

    @Test
    void rootTaskAtTheSameTime_goesBeforeAllOfIt_orAfterAllOfIt() {
        Groups groups = systems.groups(2);
        List<DocGroup> three = List.of(
                Systems.background(groups).docGroup(),
                Systems.background(groups).docGroup(),
                Systems.background(groups).docGroup());
        int rounds = Systems.rounds(30_000, 1_000_000);
        CountDownLatch done = new CountDownLatch(2 * rounds);
        Systems.inParallel(
                () -> {
                    for (int i = 0; i < rounds; i++) {
                        groups.dispatch(three, "all three", TaskCategory.OTHER, done::countDown);
                    }
                },
                () -> {
                    for (int i = 0; i < rounds; i++) {
                        groups.root().dispatch("root", TaskCategory.OTHER, done::countDown);
                    }
                });
        Systems.await(done);
    }

    @Test
    void randomSets_fromManyThreads_neverOverlap_andAllRun() {
        Groups groups = systems.groups(4);
        List<SchedulerGroup> all = new ArrayList<>();
        for (int t = 0; t < 3; t++) {
            Tab tab = groups.openTab();
            tab.setVisible(t == 0);
            all.add(tab.tabGroup());
            all.add(tab.openDocument(Site.of("x")).docGroup());
            all.add(tab.openDocument(Site.of("y")).docGroup());
        }
        List<TaskCategory> categories = List.of(TaskCategory.values());
        long seed = Systems.seed();
        int perThread = Systems.rounds(3_000, 200_000);
        AtomicInteger run = new AtomicInteger();
        AtomicIntegerArray inside = new AtomicIntegerArray(all.size());
        AtomicInteger overlaps = new AtomicInteger();
        Runnable load = () -> {
            Random random = new Random(seed + Thread.currentThread().getId());
            for (int i = 0; i < perThread; i++) {
                List<SchedulerGroup> some = new ArrayList<>();
                int count = 1 + random.nextInt(3);
                for (int g = 0; g < count; g++) {
                    some.add(all.get(random.nextInt(all.size())));
                }
                TaskCategory category = categories.get(random.nextInt(categories.size()));
                groups.dispatch(some, "some", category, () -> {
                    for (SchedulerGroup group : some) {
                        for (int other = 0; other < all.size(); other++) {
                            boolean mine = some.contains(all.get(other));
                            if (!mine && group.isRelatedTo(all.get(other)) && inside.get(other) > 0) {
                                overlaps.incrementAndGet();
                            }
                        }
                    }
                    some.stream().distinct().forEach(group -> {
                        if (inside.getAndIncrement(all.indexOf(group)) > 0) {
                            overlaps.incrementAndGet();
                        }
                    });
                    Turn.checkpoint();
                    some.stream().distinct().forEach(group -> inside.getAndDecrement(all.indexOf(group)));
                    run.incrementAndGet();
                });
            }
        };
        Systems.inParallel(load, load);
        Systems.await("all have run, seed " + seed, () -> run.get() == 2 * perThread);
        assertThat(overlaps).as("seed %d", seed).hasValue(0);
    }
}
