package dev.peili.actors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peili.actors.Systems.Gate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;

/** What happens to a turn at a checkpoint (promises G4 and G5), and what of its thread it gets back. */
final class CheckpointTest {
    @RegisterExtension
    final Systems systems = new Systems();

    @Test
    void checkpoint_outsideOfTurns_doesNothing() {
        Turn.checkpoint();
        assertThat(Turn.shouldYield()).isFalse();
        assertThat(SchedulerGroup.current()).isEmpty();
    }

    @Test
    void checkpoint_whileNobodyWaits_goesOn() {
        Groups groups = systems.groups(1);
        Document page = Systems.background(groups);
        AtomicInteger yields = new AtomicInteger();
        page.dispatch("alone", TaskCategory.OTHER, () -> {
            for (int i = 0; i < 1_000; i++) {
                Systems.spin(5_000);
                Turn.checkpoint();
                yields.addAndGet(Turn.shouldYield() ? 1 : 0);
            }
        });
        Systems.runThrough(page.docGroup(), TaskCategory.OTHER);
        assertThat(yields).hasValue(0);
        assertThat(groups.pauses()).isZero();
    }

    /** Is paused at a checkpoint until the other turn has run. */
    private static void pauseFor(Document urgent, Runnable other) {
        AtomicBoolean ran = new AtomicBoolean();
        urgent.dispatch("other", TaskCategory.OTHER, () -> {
            other.run();
            ran.set(true);
        });
        while (!ran.get()) {
            Turn.checkpoint();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"on-top", "hand-over"})
    void mdcInterruptFlagAndGroup_surviveAPause(String pause) {
        Groups groups = systems.groups(1, "pause = " + pause);
        Document page = Systems.background(groups);
        Document urgent = Systems.foreground(groups);
        List<String> seen = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch done = new CountDownLatch(1);
        page.dispatch("long", TaskCategory.OTHER, () -> {
            MDC.put("who", "long");
            Thread.currentThread().interrupt();
            pauseFor(urgent, () -> {
                seen.add("other in " + SchedulerGroup.current().orElseThrow() + " interrupted "
                        + Thread.currentThread().isInterrupted());
                MDC.put("who", "other");
                MDC.put("what", "other");
            });
            seen.add("interrupted " + Thread.interrupted());
            pauseFor(urgent, () -> Thread.currentThread().interrupt());
            seen.add("interrupted " + Thread.interrupted());
            seen.add("long as " + MDC.get("who") + " " + MDC.get("what") + " in "
                    + SchedulerGroup.current().orElseThrow());
            MDC.clear();
            done.countDown();
        });
        Systems.await(done);
        assertThat(seen)
                .containsExactly(
                        "other in " + urgent.docGroup() + " interrupted false",
                        "interrupted true",
                        "interrupted false",
                        "long as long null in " + page.docGroup());
    }

    @ParameterizedTest
    @ValueSource(strings = {"on-top", "hand-over"})
    void otherTurn_runsOnTheThreadThatTheSettingSays(String pause) {
        Groups groups = systems.groups(1, "pause = " + pause);
        AtomicReference<Thread> outer = new AtomicReference<>();
        AtomicReference<Thread> inner = new AtomicReference<>();
        Document urgent = Systems.foreground(groups);
        Document page = Systems.background(groups);
        page.dispatch("long", TaskCategory.OTHER, () -> {
            outer.set(Thread.currentThread());
            pauseFor(urgent, () -> inner.set(Thread.currentThread()));
        });
        Systems.runThrough(page.docGroup(), TaskCategory.OTHER);
        assertThat(inner.get() == outer.get()).isEqualTo(pause.equals("on-top"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"on-top", "hand-over"})
    void actorsMessage_canBePausedForAnotherActorsMessage(String pause) {
        ActorTestKit kit = systems.start(1, "pause = " + pause);
        Groups groups = Groups.get(kit.system());
        TestProbe<String> probe = kit.createTestProbe(String.class);
        AtomicBoolean ran = new AtomicBoolean();
        ActorRef<String> urgent = Systems.spawn(
                Systems.foreground(groups).docGroup(),
                Behaviors.setup(context -> Behaviors.receiveMessage(message -> {
                    ran.set(true);
                    probe.ref().tell(context.getSelf().path().name() + " " + message);
                    return Behaviors.same();
                })),
                "urgent");
        ActorRef<String> actor = Systems.spawn(
                Systems.background(groups).docGroup(),
                Behaviors.setup(context -> Behaviors.receiveMessage(message -> {
                    urgent.tell(message);
                    while (!ran.get()) {
                        Turn.checkpoint();
                    }
                    // Fails if the context took the turn on top for one of another thread.
                    context.getSelf().unsafeUpcast();
                    context.spawnAnonymous(Behaviors.stopped());
                    context.getLog().debug("paused and back");
                    probe.ref().tell(context.getSelf().path().name() + " " + message);
                    return Behaviors.same();
                })),
                "long");
        actor.tell("hi");
        probe.expectMessage("urgent hi");
        probe.expectMessage("long hi");
    }

    @Test
    void callbackInNoGroup_isNotPaused() {
        Groups groups = systems.groups(1);
        Document urgent = Systems.foreground(groups);
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        systems.loose().execute(() -> {
            urgent.dispatch("urgent", TaskCategory.UI, () -> order.add("urgent"));
            Systems.await("a call for attention", Turn::shouldYield);
            for (int i = 0; i < 100; i++) {
                Turn.checkpoint();
            }
            order.add("callback");
        });
        Systems.await("both", () -> order.size() == 2);
        assertThat(order).containsExactly("callback", "urgent");
        assertThat(groups.pauses()).isZero();
    }

    @Test
    void manyTurnsOnTopOfEachOther_allEnd() {
        Groups groups = systems.groups(1);
        int depth = 40;
        AtomicInteger ended = new AtomicInteger();
        AtomicInteger begun = new AtomicInteger();
        nest(groups, depth, begun, ended);
        Systems.await("all turns", () -> ended.get() == depth);
        assertThat(begun).hasValue(depth);
        assertThat(SchedulerGroup.current()).isEqualTo(Optional.empty());
    }

    /** A turn that shows the next tab, hides its own, and lets the next one go first for a while. */
    private static void nest(Groups groups, int left, AtomicInteger begun, AtomicInteger ended) {
        Document page = Systems.foreground(groups);
        page.dispatch("nested " + left, TaskCategory.OTHER, () -> {
            int mine = begun.incrementAndGet();
            page.tab().setVisible(false);
            if (left > 1) {
                nest(groups, left - 1, begun, ended);
                long end = System.nanoTime() + 5_000_000;
                while (begun.get() == mine && System.nanoTime() < end) {
                    Turn.checkpoint();
                }
            }
            ended.incrementAndGet();
        });
    }

    @Test
    void handOver_beyondMaxParked_goesOn() {
        Groups groups = systems.groups(1, "pause = hand-over", "hand-over-after = 1ms", "max-parked = 1");
        AtomicInteger ended = new AtomicInteger();
        AtomicBoolean stop = new AtomicBoolean();
        AtomicInteger begun = new AtomicInteger();
        AtomicInteger calls = new AtomicInteger();
        for (int i = 0; i < 4; i++) {
            Systems.background(groups).dispatch("long", TaskCategory.OTHER, () -> {
                begun.incrementAndGet();
                while (!stop.get()) {
                    if (Turn.shouldYield()) {
                        calls.incrementAndGet();
                        Turn.checkpoint();
                    }
                }
                ended.incrementAndGet();
            });
        }
        Systems.await("two of them", () -> begun.get() == 2);
        int before = calls.get();
        Systems.await("calls for attention", () -> calls.get() > before + 20);
        assertThat(begun).hasValue(2);
        stop.set(true);
        Systems.await("all", () -> ended.get() == 4);
    }

    @Test
    void handOver_withoutRoom_neverPauses() {
        Groups groups = systems.groups(1, "pause = hand-over", "max-parked = 0");
        Document page = Systems.background(groups);
        Document urgent = Systems.foreground(groups);
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        page.dispatch("long", TaskCategory.OTHER, () -> {
            urgent.dispatch("urgent", TaskCategory.OTHER, () -> order.add("urgent"));
            Systems.await("a call for attention", Turn::shouldYield);
            Turn.checkpoint();
            order.add("long");
        });
        Systems.await("both", () -> order.size() == 2);
        assertThat(order).containsExactly("long", "urgent");
    }

    @Test
    void foregroundTurn_isNotPausedByForeground() {
        Groups groups = systems.groups(1, "hand-over-after = 0");
        Document page = Systems.foreground(groups);
        Document other = Systems.foreground(groups);
        Gate gate = systems.gate();
        gate.open();
        AtomicBoolean before = new AtomicBoolean();
        page.dispatch("long", TaskCategory.OTHER, () -> {
            other.dispatch("other", TaskCategory.UI, gate);
            for (int i = 0; i < 1_000; i++) {
                Systems.spin(2_000);
                Turn.checkpoint();
            }
            before.set(gate.isEntered());
        });
        Systems.runThrough(page.docGroup(), TaskCategory.OTHER);
        assertThat(before).isFalse();
        assertThat(groups.pauses()).isZero();
    }
}
