package dev.peili.actors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Promise G5: nothing that is ready starves, and equal groups get equal CPU time. */
final class FairnessTest {
    @RegisterExtension
    final Systems systems = new Systems();

    private final AtomicBoolean stopped = new AtomicBoolean();

    @AfterEach
    void stop() {
        stopped.set(true);
    }

    /** A task that is always ready again. */
    private void keepBusy(SchedulerGroup group, TaskCategory category) {
        group.dispatch("busy", category, () -> {
            Systems.spin(2_000);
            if (!stopped.get()) {
                keepBusy(group, category);
            }
        });
    }

    /** An actor that keeps a loop going by sending to itself. */
    private Behavior<Integer> selfSending(Runnable work) {
        return Behaviors.setup(context -> {
            context.getSelf().tell(0);
            return Behaviors.receiveMessage(message -> {
                work.run();
                if (!stopped.get()) {
                    context.getSelf().tell(message);
                }
                return Behaviors.same();
            });
        });
    }

    private static Behavior<ActorRef<String>> echo() {
        return Behaviors.receiveMessage(sender -> {
            sender.tell("reply");
            return Behaviors.same();
        });
    }

    private static void expectReplies(ActorTestKit kit, ActorRef<ActorRef<String>> echo, int count) {
        TestProbe<String> probe = kit.createTestProbe(String.class);
        for (int i = 0; i < count; i++) {
            echo.tell(probe.ref());
            probe.receiveMessage(java.time.Duration.ofSeconds(10));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void twoSelfSendingActors_doNotStarveAnOutsider(boolean visible) {
        ActorTestKit kit = systems.start(2);
        Groups groups = Groups.get(kit.system());
        for (int i = 0; i < 2; i++) {
            Document page = Systems.background(groups);
            page.tab().setVisible(visible);
            Systems.spawn(page.docGroup(), selfSending(() -> {}), "busy");
        }
        ActorRef<ActorRef<String>> outsider =
                Systems.spawn(Systems.background(groups).docGroup(), echo(), "outsider");
        expectReplies(kit, outsider, 1_000);
    }

    @Test
    void selfSendingActorsInNoGroup_doNotStarveAnOutsider() {
        ActorTestKit kit = systems.start(2);
        for (int i = 0; i < 2; i++) {
            kit.spawn(selfSending(() -> {}), DispatcherSelector.fromConfig("peili.dispatcher"));
        }
        expectReplies(kit, kit.spawn(echo(), DispatcherSelector.fromConfig("peili.dispatcher")), 1_000);
        expectReplies(
                kit, Systems.spawn(Systems.background(Groups.get(kit.system())).docGroup(), echo(), "outsider"), 100);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void foregroundAndBackground_doNotStarveEachOther(boolean busyIsVisible) {
        Groups groups = systems.groups(1);
        for (int i = 0; i < 3; i++) {
            Document busy = Systems.background(groups);
            busy.tab().setVisible(busyIsVisible);
            keepBusy(busy.docGroup(), TaskCategory.UI);
        }
        Document other = Systems.background(groups);
        other.tab().setVisible(!busyIsVisible);
        for (int i = 0; i < 50; i++) {
            Systems.runThrough(other.docGroup(), TaskCategory.OTHER);
        }
    }

    @Test
    void rootTasks_thatAreAlwaysReady_doNotStarveOthers() {
        Groups groups = systems.groups(2);
        keepBusy(groups.root(), TaskCategory.UI);
        Document page = Systems.background(groups);
        for (int i = 0; i < 20; i++) {
            Systems.runThrough(page.docGroup(), TaskCategory.OTHER);
            Systems.runThrough(page.tab().tabGroup(), TaskCategory.UI);
        }
    }

    @Test
    void documentsThatAreAlwaysReady_doNotStarveTheirTabGroupOrTheRoot() {
        Groups groups = systems.groups(2);
        Tab tab = groups.openTab();
        for (String site : List.of("a.org", "b.org", "c.org", "d.org")) {
            keepBusy(tab.openDocument("https://" + site + "/").docGroup(), TaskCategory.UI);
        }
        for (int i = 0; i < 20; i++) {
            Systems.runThrough(tab.tabGroup(), TaskCategory.OTHER);
            Systems.runThrough(groups.root(), TaskCategory.OTHER);
        }
    }

    @Test
    void categoriesOfOneGroup_doNotStarveEachOther() {
        Groups groups = systems.groups(1);
        DocGroup page = Systems.background(groups).docGroup();
        keepBusy(page, TaskCategory.UI);
        keepBusy(page, TaskCategory.REFRESH_DRIVER);
        for (TaskCategory category : TaskCategory.values()) {
            for (int i = 0; i < 20 && category != TaskCategory.IDLE_CALLBACK; i++) {
                Systems.runThrough(page, category);
            }
        }
    }

    @Test
    void taskOfGroup_isNotStarvedByItsSelfSendingActor() {
        Groups groups = systems.groups(1);
        DocGroup page = Systems.background(groups).docGroup();
        Systems.spawn(page, selfSending(() -> {}), "busy");
        for (int i = 0; i < 100; i++) {
            Systems.runThrough(page, TaskCategory.GARBAGE_COLLECTION);
        }
    }

    @Test
    void groupWithManyActors_getsTheShareOfAGroupWithOne() {
        Groups groups = systems.groups(2);
        List<AtomicLong> done = new ArrayList<>();
        for (int actors : new int[] {100, 1, 1, 1}) {
            DocGroup group = Systems.background(groups).docGroup();
            AtomicLong count = new AtomicLong();
            done.add(count);
            for (int i = 0; i < actors; i++) {
                Systems.spawn(group, selfSending(() -> unitsOfWork(count)), "actor-" + i);
            }
        }
        double[] share = shares(done);
        for (int i = 0; i < share.length; i++) {
            assertThat(share[i] * share.length).as("share of group %d", i).isBetween(0.8, 1.25);
        }
    }

    @Test
    void groupOfWeightThree_getsAboutThreeTimesAsMuch() {
        Groups groups = systems.groups(1);
        List<AtomicLong> done = new ArrayList<>();
        for (int weight : new int[] {3, 1, 1}) {
            DocGroup group = Systems.background(groups).docGroup();
            group.setWeight(weight);
            AtomicLong count = new AtomicLong();
            done.add(count);
            Systems.spawn(group, selfSending(() -> unitsOfWork(count)), "actor");
        }
        double[] share = shares(done);
        assertThat(share[0]).isBetween(0.5, 0.7);
        assertThat(share[1] / share[2]).isBetween(0.7, 1.4);
        DocGroup group = Systems.background(groups).docGroup();
        assertThatThrownBy(() -> group.setWeight(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("from 1 to");
    }

    /** Which part of all the work each did, over some time. */
    private static double[] shares(List<AtomicLong> done) {
        Systems.await("all at work", () -> done.stream().allMatch(count -> count.get() > 200));
        long[] before = done.stream().mapToLong(AtomicLong::get).toArray();
        long end = System.nanoTime() + Systems.budgetNanos(35);
        Systems.await("enough work", () -> System.nanoTime() > end);
        double[] share = new double[before.length];
        for (int i = 0; i < before.length; i++) {
            share[i] = done.get(i).get() - before[i];
        }
        double sum = Arrays.stream(share).sum();
        return Arrays.stream(share).map(each -> each / sum).toArray();
    }

    private static void unitsOfWork(AtomicLong count) {
        for (int step = 0; step < 4; step++) {
            long value = count.get();
            for (int i = 0; i < 20_000; i++) {
                value = value * 31 + i;
            }
            count.addAndGet(value == 42 ? 2 : 1);
            Turn.checkpoint();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"on-top", "hand-over"})
    void longBackgroundTurn_doesNotHoldUpOtherBackgroundGroups(String pause) {
        Groups groups = systems.groups(1, "pause = " + pause);
        CountDownLatch started = new CountDownLatch(3);
        AtomicInteger ended = new AtomicInteger();
        for (int i = 0; i < 3; i++) {
            Systems.background(groups).dispatch("long", TaskCategory.OTHER, () -> {
                started.countDown();
                while (!stopped.get()) {
                    Turn.checkpoint();
                }
                ended.incrementAndGet();
            });
        }
        Systems.await(started);
        Document other = Systems.background(groups);
        for (int i = 0; i < 3; i++) {
            Systems.runThrough(other.docGroup(), TaskCategory.OTHER);
        }
        assertThat(ended).hasValue(0);
        stopped.set(true);
        Systems.await("end of long turns", () -> ended.get() == 3);
    }

    @Test
    void longForegroundTurn_doesNotHoldUpOtherForegroundGroups() {
        Groups groups = systems.groups(1);
        startLongForegroundTurn(groups);
        Systems.runThrough(Systems.foreground(groups).docGroup(), TaskCategory.OTHER);
    }

    @Test
    void longForegroundTurn_doesNotHoldUpBackgroundForEver() {
        Groups groups = systems.groups(1);
        startLongForegroundTurn(groups);
        Systems.runThrough(Systems.background(groups).docGroup(), TaskCategory.OTHER);
    }

    private void startLongForegroundTurn(Groups groups) {
        CountDownLatch started = new CountDownLatch(1);
        Systems.foreground(groups).dispatch("long", TaskCategory.OTHER, () -> {
            started.countDown();
            while (!stopped.get()) {
                Turn.checkpoint();
            }
        });
        Systems.await(started);
    }

    @ParameterizedTest
    @ValueSource(strings = {"on-top", "hand-over"})
    void turnThatIsPausedOften_endsWithItsResult_andLeavesNoThreads(String pause) {
        ActorTestKit kit = systems.start(1, "pause = " + pause);
        Groups groups = Groups.get(kit.system());
        Document page = Systems.background(groups);
        Document urgent = Systems.foreground(groups);
        AtomicInteger ran = new AtomicInteger();
        AtomicLong result = new AtomicLong();
        CountDownLatch done = new CountDownLatch(1);
        page.dispatch("long", TaskCategory.OTHER, () -> {
            long sum = 0;
            for (int i = 0; i < 1_000; i++) {
                urgent.dispatch("urgent", TaskCategory.OTHER, ran::incrementAndGet);
                while (ran.get() <= i) {
                    Turn.checkpoint();
                }
                sum += i;
            }
            result.set(sum);
            done.countDown();
        });
        Systems.await(done);
        assertThat(result).hasValue(499_500);
        assertThat(groups.pauses()).isGreaterThanOrEqualTo(1_000);
        // One permit, at most one turn that was parked, and a few that were about to lie down.
        assertThat(Systems.threads(kit.system())).isBetween(1L, 16L);
    }

    @Test
    void pausedTurn_goesOnWhileForegroundIsAlwaysReady() {
        Groups groups = systems.groups(1);
        Document page = Systems.background(groups);
        keepBusy(Systems.foreground(groups).docGroup(), TaskCategory.UI);
        keepBusy(Systems.foreground(groups).docGroup(), TaskCategory.UI);
        CountDownLatch done = new CountDownLatch(1);
        page.dispatch("long", TaskCategory.OTHER, () -> {
            // Longer than the tick for which a turn goes on that was let through for the sake of G5.
            for (int i = 0; i < 500; i++) {
                Systems.spin(20_000);
                Turn.checkpoint();
            }
            done.countDown();
        });
        Systems.await(done);
        assertThat(groups.pauses()).isPositive();
    }
}
