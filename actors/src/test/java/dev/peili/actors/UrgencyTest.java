package dev.peili.actors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peili.actors.Systems.Gate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Promise G4: no background turn starts while a foreground turn is ready, and what stands in its way inherits its urgency.
 * With one permit the order of all turns is determined.
 */
final class UrgencyTest {
    @RegisterExtension
    final Systems systems = new Systems();

    private final List<String> order = Collections.synchronizedList(new ArrayList<>());

    private void queue(SchedulerGroup group, TaskCategory category, String... names) {
        for (String name : names) {
            group.dispatch(name, category, () -> order.add(name));
        }
    }

    private void awaitOrder(int size) {
        Systems.await(size + " turns", () -> order.size() == size);
    }

    @Test
    void foregroundTask_goesBeforeBackgroundBacklog() {
        Groups groups = systems.groups(1);
        Gate gate = systems.occupy(Systems.background(groups).docGroup());
        for (int i = 0; i < 5; i++) {
            queue(Systems.background(groups).docGroup(), TaskCategory.UI, "b", "b", "b");
        }
        queue(Systems.foreground(groups).docGroup(), TaskCategory.GARBAGE_COLLECTION, "f1", "f2");
        queue(Systems.foreground(groups).tab().tabGroup(), TaskCategory.OTHER, "f3");
        gate.open();
        awaitOrder(18);
        assertThat(order.subList(0, 3)).containsExactlyInAnyOrder("f1", "f2", "f3");
    }

    @Test
    void setVisible_takesEffectForWhatIsQueued() {
        Groups groups = systems.groups(1);
        Gate gate = systems.occupy(Systems.background(groups).docGroup());
        Document a = Systems.foreground(groups);
        Document b = Systems.background(groups);
        Document c = Systems.background(groups);
        queue(a.docGroup(), TaskCategory.OTHER, "a");
        queue(b.docGroup(), TaskCategory.OTHER, "b");
        queue(c.docGroup(), TaskCategory.OTHER, "c1");
        queue(c.tab().tabGroup(), TaskCategory.TIMER, "c2");
        a.tab().setVisible(false);
        c.tab().setVisible(true);
        gate.open();
        awaitOrder(4);
        assertThat(order.subList(0, 2)).containsExactlyInAnyOrder("c1", "c2");
    }

    @Test
    void tabGroup_isForegroundWhileOneOfItsTabsIsVisible() {
        Groups groups = systems.groups(1);
        Gate gate = systems.occupy(Systems.background(groups).docGroup());
        Document a = Systems.background(groups);
        Document b = Systems.background(groups);
        Tab opened = groups.openTab(b.tab());
        queue(a.docGroup(), TaskCategory.OTHER, "a");
        queue(b.docGroup(), TaskCategory.OTHER, "b");
        b.tab().setVisible(true);
        opened.setVisible(true);
        b.tab().setVisible(false);
        gate.open();
        awaitOrder(2);
        assertThat(order).containsExactly("b", "a");
        Gate again = systems.occupy(a.docGroup());
        queue(a.docGroup(), TaskCategory.OTHER, "a1");
        queue(b.docGroup(), TaskCategory.OTHER, "b1");
        opened.close();
        a.tab().setVisible(true);
        again.open();
        awaitOrder(4);
        assertThat(order.subList(2, 4)).containsExactly("a1", "b1");
    }

    @Test
    void foregroundTask_runsOnTopOfBackgroundTurn() {
        Groups groups = systems.groups(1);
        Document page = Systems.background(groups);
        Document urgent = Systems.foreground(groups);
        List<Thread> threads = new ArrayList<>();
        AtomicBoolean ran = new AtomicBoolean();
        CountDownLatch started = new CountDownLatch(1);
        page.dispatch("long", TaskCategory.OTHER, () -> {
            threads.add(Thread.currentThread());
            started.countDown();
            while (!ran.get()) {
                Turn.checkpoint();
            }
            order.add("long");
        });
        Systems.await(started);
        urgent.dispatch("urgent", TaskCategory.OTHER, () -> {
            threads.add(Thread.currentThread());
            order.add("urgent");
            ran.set(true);
        });
        awaitOrder(2);
        assertThat(order).containsExactly("urgent", "long");
        assertThat(threads.get(0)).isSameAs(threads.get(1));
        assertThat(groups.pauses()).isEqualTo(1);
    }

    @Test
    void rootTask_lendsItsUrgencyToTheBacklogItWaitsFor() {
        Groups groups = systems.groups(1);
        Gate gate = systems.occupy(Systems.background(groups).docGroup());
        SchedulerGroup unrelated = Systems.background(groups).docGroup();
        SchedulerGroup obstacle = Systems.background(groups).docGroup();
        queue(unrelated, TaskCategory.TIMER, "u", "u", "u");
        queue(obstacle, TaskCategory.NETWORK, "o", "o", "o");
        queue(groups.root(), TaskCategory.NETWORK, "root");
        SchedulerGroup foreground = Systems.foreground(groups).docGroup();
        queue(foreground, TaskCategory.UI, "f", "f", "f", "f", "f");
        gate.open();
        awaitOrder(12);
        assertThat(order.subList(0, order.indexOf("root"))).contains("o").doesNotContain("u");
        assertThat(order.subList(9, 12)).containsExactly("u", "u", "u");
    }

    @Test
    void rootTask_goesBeforeBackgroundBacklogOfOtherCategories() {
        Groups groups = systems.groups(1);
        Gate gate = systems.occupy(Systems.background(groups).docGroup());
        queue(Systems.background(groups).docGroup(), TaskCategory.UI, "b1", "b2");
        queue(groups.root(), TaskCategory.IDLE_CALLBACK, "root");
        gate.open();
        awaitOrder(3);
        assertThat(order).containsExactly("root", "b1", "b2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"on-top", "hand-over"})
    void pausedTurn_whoseGroupBecomesForeground_goesOnFirst(String pause) {
        Groups groups = systems.groups(1, "pause = " + pause);
        Document page = Systems.background(groups);
        Document urgent = Systems.foreground(groups);
        Document other = Systems.foreground(groups);
        CountDownLatch started = new CountDownLatch(1);
        AtomicBoolean shown = new AtomicBoolean();
        Gate gate = systems.gate();
        page.dispatch("long", TaskCategory.OTHER, () -> {
            started.countDown();
            while (!shown.get()) {
                Turn.checkpoint();
            }
            order.add("long");
        });
        Systems.await(started);
        urgent.dispatch("urgent", TaskCategory.OTHER, gate);
        gate.awaitEntered();
        queue(urgent.docGroup(), TaskCategory.OTHER, "f1");
        queue(other.docGroup(), TaskCategory.OTHER, "f2");
        page.tab().setVisible(true);
        shown.set(true);
        gate.open();
        awaitOrder(3);
        assertThat(order).startsWith("long");
    }

    @Test
    void categories_goInTheirOrder_andIdleLast() {
        Groups groups = systems.groups(1);
        DocGroup page = Systems.background(groups).docGroup();
        Gate gate = systems.occupy(page);
        List<TaskCategory> byUrgency = List.of(
                TaskCategory.UI,
                TaskCategory.REFRESH_DRIVER,
                TaskCategory.NETWORK,
                TaskCategory.TIMER,
                TaskCategory.WORKER,
                TaskCategory.OTHER,
                TaskCategory.GARBAGE_COLLECTION,
                TaskCategory.IDLE_CALLBACK);
        List<TaskCategory> shuffled = new ArrayList<>(byUrgency);
        long seed = Systems.seed();
        Collections.shuffle(shuffled, new java.util.Random(seed));
        shuffled.forEach(category -> queue(page, category, category.name(), category.name()));
        gate.open();
        awaitOrder(16);
        List<String> expected = byUrgency.stream()
                .flatMap(category -> List.of(category.name(), category.name()).stream())
                .toList();
        assertThat(order).as("seed %d", seed).containsExactlyElementsOf(expected);
    }

    /** Handles many messages; the first of them makes something else ready. */
    private Behavior<String> batch(Runnable first) {
        return Behaviors.receiveMessage(message -> {
            if (message.equals("first")) {
                first.run();
            }
            order.add(message);
            return Behaviors.same();
        });
    }

    private void sendBatch(ActorRef<String> actor) {
        actor.tell("first");
        for (int i = 0; i < 100; i++) {
            actor.tell("message");
        }
    }

    @Test
    void backgroundActor_givesWayBetweenTwoMessages() {
        Groups groups = systems.groups(1);
        Document urgent = Systems.foreground(groups);
        DocGroup page = Systems.background(groups).docGroup();
        ActorRef<String> actor =
                Systems.spawn(page, batch(() -> queue(urgent.docGroup(), TaskCategory.OTHER, "urgent")), "actor");
        Gate gate = systems.occupy(page);
        sendBatch(actor);
        gate.open();
        awaitOrder(102);
        assertThat(order.subList(0, 2)).containsExactly("first", "urgent");
    }

    @Test
    void actorInNoGroup_givesWayBetweenTwoMessages() {
        ActorTestKit kit = systems.start(1);
        Groups groups = Groups.get(kit.system());
        Document urgent = Systems.foreground(groups);
        ActorRef<String> actor = kit.spawn(
                batch(() -> queue(urgent.docGroup(), TaskCategory.OTHER, "urgent")),
                DispatcherSelector.fromConfig("peili.dispatcher"));
        Gate gate = systems.occupy(urgent.docGroup());
        sendBatch(actor);
        gate.open();
        awaitOrder(102);
        assertThat(order.subList(0, 2)).containsExactly("first", "urgent");
    }

    @Test
    void urgentCategory_goesBeforeTheRestOfTheGroupsMessages() {
        Groups groups = systems.groups(1);
        DocGroup page = Systems.foreground(groups).docGroup();
        ActorRef<String> actor = Systems.spawn(page, batch(() -> queue(page, TaskCategory.UI, "ui")), "actor");
        Gate gate = systems.occupy(page);
        sendBatch(actor);
        gate.open();
        awaitOrder(102);
        assertThat(order.indexOf("ui")).isLessThan(100);
    }

    @Test
    void rootTask_goesBeforeTheRestOfAForegroundActorsMessages() {
        Groups groups = systems.groups(1);
        DocGroup page = Systems.foreground(groups).docGroup();
        ActorRef<String> actor =
                Systems.spawn(page, batch(() -> queue(groups.root(), TaskCategory.UI, "root")), "actor");
        Gate gate = systems.occupy(page);
        sendBatch(actor);
        gate.open();
        awaitOrder(102);
        assertThat(order.indexOf("root")).isLessThan(100);
    }

    @Test
    void shouldYield_whileUrgentTaskWaits_isTrue() {
        Groups groups = systems.groups(1);
        Document page = Systems.background(groups);
        Document urgent = Systems.foreground(groups);
        page.dispatch("polite", TaskCategory.OTHER, () -> {
            queue(urgent.docGroup(), TaskCategory.OTHER, "urgent");
            Systems.await("shouldYield", Turn::shouldYield);
            order.add("polite");
        });
        awaitOrder(2);
        assertThat(order).containsExactly("polite", "urgent");
    }
}
