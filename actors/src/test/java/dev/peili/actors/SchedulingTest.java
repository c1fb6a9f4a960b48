package dev.peili.actors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.peili.actors.Systems.Gate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.DeadLetter;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Timers of groups, and promise G6 for them; the time is the test's. */
final class SchedulingTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @RegisterExtension
    final Systems systems = new Systems();

    private final AtomicInteger runs = new AtomicInteger();
    private ActorTestKit kit;
    private ManualTime time;
    private Groups groups;
    private Document document;
    private DocGroup group;

    @BeforeEach
    void start() {
        kit = systems.start(ManualTime.config().withFallback(Systems.config("permits = 2")));
        time = ManualTime.get(kit.system());
        groups = Groups.get(kit.system());
        document = Systems.background(groups);
        group = document.docGroup();
    }

    @Test
    void task_runsOnce_whenItIsTime_inItsGroupAndCategory() {
        List<Object> seen = new CopyOnWriteArrayList<>();
        group.schedule("once", SECOND, () -> seen.add(SchedulerGroup.current().orElseThrow()));
        time.timePasses(Duration.ofMillis(900));
        runThrough();
        assertThat(seen).isEmpty();
        time.timePasses(Duration.ofMillis(200));
        runThrough();
        time.timePasses(SECOND.multipliedBy(10));
        runThrough();
        assertThat(seen).containsExactly(group);
    }

    @Test
    void category_isTimer_unlessItIsGiven() {
        Gate gate = systems.occupy(group);
        group.schedule("timer", SECOND, runs::incrementAndGet);
        group.schedule("ui", TaskCategory.UI, SECOND, runs::incrementAndGet);
        time.timePasses(SECOND.multipliedBy(2));
        GroupSnapshot seen = snapshot();
        assertThat(seen.category(TaskCategory.TIMER).queued()).isEqualTo(1);
        assertThat(seen.category(TaskCategory.UI).queued()).isEqualTo(1);
        gate.open();
        runThrough();
        assertThat(runs).hasValue(2);
    }

    @Test
    void cancelledTask_doesNotRun_evenIfItIsQueued() {
        Cancellable waiting = group.schedule("waiting", SECOND, runs::incrementAndGet);
        assertThat(waiting.cancel()).isTrue();
        assertThat(waiting.cancel()).isFalse();
        Gate gate = systems.occupy(group);
        Cancellable queued = group.schedule("queued", SECOND, runs::incrementAndGet);
        time.timePasses(SECOND.multipliedBy(2));
        assertThat(queued.cancel()).isTrue();
        assertThat(queued.isCancelled()).isTrue();
        gate.open();
        runThrough();
        assertThat(runs).hasValue(0);
    }

    @Test
    void taskThatHasRun_cannotBeCancelled() {
        Cancellable timer = group.schedule("once", Duration.ZERO, runs::incrementAndGet);
        time.timePasses(SECOND);
        runThrough();
        assertThat(timer.cancel()).isFalse();
        assertThat(timer.isCancelled()).isFalse();
        assertThat(runs).hasValue(1);
    }

    @Test
    void periodicTask_runsAtAFixedRate_untilItIsCancelled_whateverItThrows() {
        Cancellable timer = group.scheduleAtFixedRate("tick", SECOND, SECOND, () -> {
            runs.incrementAndGet();
            throw new IllegalStateException("on purpose");
        });
        for (int i = 1; i <= 5; i++) {
            time.timePasses(SECOND);
            runThrough();
            assertThat(runs).hasValue(i);
        }
        assertThat(timer.cancel()).isTrue();
        time.timePasses(SECOND.multipliedBy(3));
        runThrough();
        assertThat(runs).hasValue(5);
        assertThat(group.failedTasks()).isEqualTo(5);
    }

    @Test
    void periodicTaskOfALateGroup_isQueuedOnlyOnce() {
        Gate gate = systems.occupy(group);
        group.scheduleAtFixedRate("tick", SECOND, SECOND, runs::incrementAndGet);
        time.timePasses(SECOND.multipliedBy(100));
        assertThat(snapshot().category(TaskCategory.TIMER).queued()).isEqualTo(1);
        gate.open();
        runThrough();
        assertThat(runs).hasValue(1);
        time.timePasses(SECOND);
        runThrough();
        assertThat(runs).hasValue(2);
    }

    @Test
    void periodicTask_whoseLaneIsFull_triesAgain() {
        group.setLaneCapacity(TaskCategory.TIMER, 1);
        Gate gate = systems.occupy(group);
        group.dispatch("fills the lane", TaskCategory.TIMER, () -> {});
        group.scheduleAtFixedRate("tick", SECOND, SECOND, runs::incrementAndGet);
        time.timePasses(SECOND);
        gate.open();
        Systems.runThrough(group, TaskCategory.OTHER);
        assertThat(runs).hasValue(0);
        assertThat(snapshot().category(TaskCategory.TIMER).rejections()).isEqualTo(1);
        time.timePasses(SECOND);
        Systems.runThrough(group, TaskCategory.OTHER);
        assertThat(runs).hasValue(1);
    }

    @Test
    void timersOfAClosedGroup_becomeDeadLetters_andLaterOnesAreRejected() {
        TestProbe<DeadLetter> dead = kit.createTestProbe(DeadLetter.class);
        Adapter.toClassic(kit.system()).eventStream().subscribe(Adapter.toClassic(dead.getRef()), DeadLetter.class);
        group.schedule("never", SECOND, runs::incrementAndGet);
        group.scheduleAtFixedRate("tick", SECOND, SECOND, runs::incrementAndGet);
        document.close();
        assertThat(dead.receiveMessage().message()).isEqualTo(new DroppedTask("never", TaskCategory.TIMER, group));
        time.timePasses(SECOND.multipliedBy(5));
        assertThat(runs).hasValue(0);
        assertThatThrownBy(() -> group.schedule("late", SECOND, runs::incrementAndGet))
                .isInstanceOf(RejectedExecutionException.class)
                .hasMessageContainingAll("'late'", "TIMER", group.name(), "closed");
    }

    @Test
    void wrongTimes_areRefusedAtOnce() {
        assertThatThrownBy(() -> group.schedule("x", SECOND.negated(), () -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("delay");
        assertThatThrownBy(() -> group.scheduleAtFixedRate("x", SECOND, Duration.ZERO, () -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("period");
        assertThatThrownBy(() -> group.dispatchIdle("x", SECOND.negated(), () -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("deadline");
    }

    @Test
    void idleTask_waitsForOtherWork_unlessItsDeadlineHasPassed() {
        List<String> order = new CopyOnWriteArrayList<>();
        Gate gate = systems.occupy(group);
        group.dispatch("idle 1", TaskCategory.IDLE_CALLBACK, () -> order.add("idle 1"));
        group.dispatchIdle("idle 2", SECOND, () -> order.add("idle 2"));
        group.dispatchIdle("idle 3", SECOND.multipliedBy(100), () -> order.add("idle 3"));
        for (int i = 0; i < 40; i++) {
            group.dispatch("other", TaskCategory.OTHER, () -> order.add("other"));
        }
        time.timePasses(SECOND.multipliedBy(2));
        gate.open();
        Systems.await("all", () -> order.size() == 43);
        assertThat(order).startsWith("idle 1").endsWith("idle 3");
        assertThat(order.indexOf("idle 2")).isLessThan(40);
    }

    @Test
    void idleTask_withoutOtherWork_runsAtOnce() {
        group.dispatchIdle("idle", SECOND, runs::incrementAndGet);
        Systems.await("idle", () -> runs.get() == 1);
        time.timePasses(SECOND.multipliedBy(2));
        runThrough();
        assertThat(runs).hasValue(1);
    }

    private void runThrough() {
        Systems.runThrough(group, TaskCategory.TIMER);
    }

    private GroupSnapshot snapshot() {
        return groups.snapshot().stream()
                .filter(seen -> seen.group() == group)
                .findFirst()
                .orElseThrow();
    }
}
