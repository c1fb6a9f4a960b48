package dev.peili.actors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.peili.actors.Systems.Gate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A group and a category as an Executor, for whoever takes one (promises G1, G2 and G6 through another door). */
final class EventTargetTest {
    @RegisterExtension
    final Systems systems = new Systems();

    @Test
    void futuresCallback_runsInTheGroup() {
        Document page = Systems.background(systems.groups(2));
        EventTarget target = page.eventTargetFor(TaskCategory.NETWORK);
        Optional<SchedulerGroup> group = Systems.get(CompletableFuture.supplyAsync(SchedulerGroup::current, target)
                .thenApplyAsync(
                        before -> {
                            assertThat(before).contains(page.docGroup());
                            return SchedulerGroup.current();
                        },
                        page.tab().tabGroup().eventTargetFor(TaskCategory.UI)));
        assertThat(group).contains(page.tab().tabGroup());
    }

    @Test
    void tasks_areQueuedInTheTargetsCategory() {
        Document page = Systems.background(systems.groups(1));
        List<String> order = new ArrayList<>();
        Gate gate = systems.occupy(page.docGroup());
        page.eventTargetFor(TaskCategory.OTHER).execute(() -> order.add("other"));
        page.eventTargetFor(TaskCategory.UI).execute(() -> order.add("ui 1"));
        page.dispatch("task", TaskCategory.UI, () -> order.add("ui 2"));
        page.eventTargetFor(TaskCategory.UI).dispatch("named", () -> order.add("ui 3"));
        gate.open();
        Systems.runThrough(page.docGroup(), TaskCategory.OTHER);
        assertThat(order).containsExactly("ui 1", "ui 2", "ui 3", "other");
    }

    @Test
    void current_isTheTargetOfTheRunningTurn() {
        Groups groups = systems.groups(1);
        Document page = Systems.background(groups);
        for (TaskCategory category : TaskCategory.values()) {
            for (SchedulerGroup group : List.of(page.docGroup(), page.tab().tabGroup(), groups.root())) {
                EventTarget target = group.eventTargetFor(category);
                assertThat(Systems.get(CompletableFuture.supplyAsync(EventTarget::current, target)))
                        .contains(target);
            }
        }
        assertThat(EventTarget.current()).isEmpty();
    }

    @Test
    void groupAndCategory_areTold() {
        Groups groups = systems.groups(1);
        EventTarget target = groups.root().eventTargetFor(TaskCategory.TIMER);
        assertThat(target.group()).isSameAs(groups.root());
        assertThat(target.category()).isEqualTo(TaskCategory.TIMER);
        assertThat(target)
                .hasToString("EventTarget(root, TIMER)")
                .isEqualTo(groups.root().eventTargetFor(TaskCategory.TIMER))
                .hasSameHashCodeAs(groups.root().eventTargetFor(TaskCategory.TIMER))
                .isNotEqualTo(groups.root().eventTargetFor(TaskCategory.UI))
                .isNotEqualTo(Systems.background(groups).eventTargetFor(TaskCategory.TIMER));
    }

    @Test
    void closedGroup_rejects_andNamesTaskAndGroup() {
        Document page = Systems.background(systems.groups(1));
        EventTarget target = page.eventTargetFor(TaskCategory.WORKER);
        page.close();
        assertThatThrownBy(() -> target.dispatch("late", () -> {}))
                .isInstanceOf(RejectedExecutionException.class)
                .hasMessageContainingAll("late", "WORKER", page.docGroup().name());
        assertThatThrownBy(() -> target.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    @SuppressWarnings("NullAway")
    void nothing_isRefusedAtTheCaller() {
        Document page = Systems.background(systems.groups(1));
        AtomicReference<Runnable> nothing = new AtomicReference<>();
        EventTarget target = page.eventTargetFor(TaskCategory.UI);
        assertThatNullPointerException().isThrownBy(() -> target.execute(nothing.get()));
        assertThatNullPointerException().isThrownBy(() -> target.dispatch("null", nothing.get()));
        assertThatNullPointerException().isThrownBy(() -> page.dispatch("null", TaskCategory.UI, nothing.get()));
        Systems.runThrough(page.docGroup(), TaskCategory.UI);
    }

    @Test
    void taskOfOneSystem_canDispatchIntoAnother() {
        Document here = Systems.background(systems.groups(1));
        Document there = Systems.background(systems.groups(1));
        CompletableFuture<Optional<SchedulerGroup>> seen = new CompletableFuture<>();
        here.dispatch("here", TaskCategory.UI, () -> {
            there.dispatch("there", TaskCategory.UI, () -> seen.complete(SchedulerGroup.current()));
            Turn.checkpoint();
        });
        assertThat(Systems.get(seen)).contains(there.docGroup());
    }
}
