package dev.peili.actors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Promise G3: unrelated groups run in parallel, up to the dispatcher's permits. */
final class ParallelismTest {
    @RegisterExtension
    final Systems systems = new Systems();

    /** Ends only when so many are inside at once. */
    private static Runnable meet(CyclicBarrier barrier, CountDownLatch done) {
        return () -> {
            try {
                barrier.await(10, TimeUnit.SECONDS);
                done.countDown();
            } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
                throw new IllegalStateException(e);
            }
        };
    }

    @Test
    void unrelatedGroups_overlapInTime() {
        Groups groups = systems.groups(2);
        Tab tab = groups.openTab();
        Document page = tab.openDocument("https://example.org/");
        Document frame = tab.openDocument("https://example.com/");
        Tab other = groups.openTab();
        List<List<SchedulerGroup>> pairs = List.of(
                List.of(page.docGroup(), frame.docGroup()),
                List.of(page.docGroup(), other.tabGroup()),
                List.of(tab.tabGroup(), other.tabGroup()));
        for (List<SchedulerGroup> pair : pairs) {
            CyclicBarrier barrier = new CyclicBarrier(2);
            CountDownLatch done = new CountDownLatch(2);
            pair.forEach(group -> group.dispatch("meet", TaskCategory.UI, meet(barrier, done)));
            Systems.await(done);
        }
    }

    @Test
    void taskDispatchedFromTurn_startsWhileThatTurnGoesOn() {
        Groups groups = systems.groups(2);
        Document first = Systems.background(groups);
        Document second = Systems.background(groups);
        CyclicBarrier barrier = new CyclicBarrier(2);
        CountDownLatch done = new CountDownLatch(2);
        first.dispatch("first", TaskCategory.OTHER, () -> {
            second.dispatch("second", TaskCategory.OTHER, meet(barrier, done));
            meet(barrier, done).run();
        });
        Systems.await(done);
    }

    @Test
    void messageSentFromTurn_isHandledWhileThatTurnGoesOn() {
        Groups groups = systems.groups(2);
        CyclicBarrier barrier = new CyclicBarrier(2);
        CountDownLatch done = new CountDownLatch(2);
        Document first = Systems.background(groups);
        ActorRef<String> second = Systems.spawn(
                Systems.background(groups).docGroup(),
                Behaviors.receiveMessage(message -> {
                    meet(barrier, done).run();
                    return Behaviors.same();
                }),
                "second");
        first.dispatch("first", TaskCategory.OTHER, () -> {
            second.tell("message");
            meet(barrier, done).run();
        });
        Systems.await(done);
    }

    @ParameterizedTest
    @ValueSource(strings = {"on-top", "hand-over"})
    void runningTurns_areAsManyAsPermits_andNeverMore(String pause) {
        int permits = 3;
        Groups groups = systems.groups(permits, "pause = " + pause, "hand-over-after = 1ms");
        List<SchedulerGroup> all = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            all.add((i % 3 == 0 ? Systems.foreground(groups) : Systems.background(groups)).docGroup());
        }
        CyclicBarrier barrier = new CyclicBarrier(permits);
        CountDownLatch met = new CountDownLatch(permits);
        for (int i = 0; i < permits; i++) {
            all.get(i).dispatch("meet", TaskCategory.UI, meet(barrier, met));
        }
        Systems.await(met);
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        int count = 1_000;
        CountDownLatch done = new CountDownLatch(count);
        for (int i = 0; i < count; i++) {
            int steps = i % 50 == 0 ? 40 : 1;
            all.get(i % all.size()).dispatch("count", TaskCategory.OTHER, () -> {
                for (int step = 0; step < steps; step++) {
                    most.accumulateAndGet(running.incrementAndGet(), Math::max);
                    Systems.spin(50_000);
                    running.decrementAndGet();
                    Turn.checkpoint();
                }
                done.countDown();
            });
        }
        Systems.await(done);
        assertThat(most).hasValueLessThanOrEqualTo(permits);
    }

    @Test
    void turnWithoutCheckpoints_keepsOnlyItsPermit() {
        Groups groups = systems.groups(2);
        systems.occupy(Systems.background(groups).docGroup());
        CountDownLatch done = new CountDownLatch(1_000);
        for (int i = 0; i < 10; i++) {
            Document page = i % 2 == 0 ? Systems.background(groups) : Systems.foreground(groups);
            for (int j = 0; j < 100; j++) {
                page.dispatch("task", TaskCategory.OTHER, done::countDown);
            }
        }
        Systems.await(done);
    }
}
