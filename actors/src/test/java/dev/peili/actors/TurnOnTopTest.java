package dev.peili.actors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** What a turn that was paused finds of its thread: its MDC, its interrupt flag, and its actor's context. */
final class TurnOnTopTest {
    @RegisterExtension
    final Systems systems = new Systems();

    /** What turns found wrong; they are not where an assertion would help. */
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();

    private int actors;

    private enum Kind {
        TASK,
        ACTOR,
        ACTOR_WITH_MDC
    }

    /** What a turn does; it is given what an actor logs with. */
    private interface Body {
        void run(Supplier<Logger> log);
    }

    /** Something whose turns do what it is told. */
    private interface Teller {
        void run(Body body);
    }

    private Teller teller(Kind kind, SchedulerGroup group) {
        if (kind == Kind.TASK) {
            return body -> group.dispatch(
                    "task", TaskCategory.OTHER, () -> body.run(() -> LoggerFactory.getLogger(TurnOnTopTest.class)));
        }
        Behavior<Body> behavior = Behaviors.setup(context -> Behaviors.receiveMessage(body -> {
            body.run(context::getLog);
            return Behaviors.same();
        }));
        Behavior<Body> named = kind == Kind.ACTOR
                ? behavior
                : Behaviors.withMdc(
                        Body.class, Map.of("group", group.name()), message -> Map.of("dynamic", "yes"), behavior);
        ActorRef<Body> actor = Systems.spawn(group, named, "actor-" + ++actors);
        return actor::tell;
    }

    private void check(String what, Object actual, Object expected) {
        if (!Objects.equals(actual, expected)) {
            faults.add(what + " was " + actual + " instead of " + expected);
        }
    }

    private static Map<String, String> mdc() {
        Map<String, String> copy = MDC.getCopyOfContextMap();
        return copy == null ? Map.of() : copy;
    }

    /** Is paused, in the middle of a turn, until the other has done this. */
    private static void pauseFor(Teller other, Body body) {
        AtomicBoolean ran = new AtomicBoolean();
        other.run(log -> {
            body.run(log);
            ran.set(true);
        });
        while (!ran.get()) {
            Turn.checkpoint();
        }
        Turn.checkpoint();
    }

    static Stream<Arguments> combinations() {
        List<Arguments> all = new ArrayList<>();
        for (Kind below : Kind.values()) {
            for (Kind above : Kind.values()) {
                all.add(Arguments.of(below, above, "on-top"));
                all.add(Arguments.of(below, above, "hand-over"));
            }
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void mdcAndInterruptFlag_areEachTurnsOwn(Kind below, Kind above, String pause) {
        Groups groups = systems.groups(1, "pause = " + pause);
        Teller background = teller(below, Systems.background(groups).docGroup());
        Teller urgent = teller(above, Systems.foreground(groups).docGroup());
        CountDownLatch done = new CountDownLatch(1);
        background.run(log -> {
            log.get().debug("sets what Pekko has in the MDC");
            MDC.put("who", "below");
            Map<String, String> mine = mdc();
            Thread.currentThread().interrupt();
            pauseFor(urgent, log2 -> {
                check("interrupt flag above", Thread.currentThread().isInterrupted(), false);
                check("strange MDC above", mdc().containsKey("who"), false);
                log2.get().debug("sets it too");
                String name = MDC.get("pekkoSource");
                check("whether the actor above is named", name != null, above != Kind.TASK);
                check(
                        "whether it has the name from below",
                        name != null && name.equals(mine.get("pekkoSource")),
                        false);
                MDC.put("who", "above");
                MDC.put("what", "above");
            });
            check("interrupt flag below", Thread.interrupted(), true);
            check("MDC below", mdc(), mine);
            pauseFor(urgent, log2 -> {
                check("MDC left by the turn before", mdc().containsKey("what"), false);
                Thread.currentThread().interrupt();
            });
            check("interrupt flag below", Thread.interrupted(), false);
            check("MDC below", mdc(), mine);
            log.get().debug("again");
            check("MDC below", mdc(), mine);
            done.countDown();
        });
        Systems.await(done);
        assertThat(groups.pauses()).isPositive();
        assertThat(faults).isEmpty();
    }

    @Test
    void turnsOnTopOfTurnsOnTop_eachFindTheirOwn() {
        Groups groups = systems.groups(1, "hand-over-after = 0");
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        CountDownLatch done = new CountDownLatch(6);
        nest(groups, Systems.background(groups), 6, threads, done);
        Systems.await(done);
        assertThat(threads).hasSize(1);
        assertThat(faults).isEmpty();
    }

    /** A turn that hides its tab and is then paused for the same in another, so often. */
    private void nest(Groups groups, Document page, int depth, Set<Thread> threads, CountDownLatch done) {
        teller(Kind.values()[depth % 3], page.docGroup()).run(log -> {
            page.tab().setVisible(false);
            threads.add(Thread.currentThread());
            log.get().debug("sets what Pekko has in the MDC");
            check("strange MDC at depth " + depth, mdc().containsKey("depth"), false);
            MDC.put("depth", "depth " + depth);
            Map<String, String> mine = mdc();
            long before = done.getCount();
            if (depth > 1) {
                nest(groups, Systems.foreground(groups), depth - 1, threads, done);
            }
            if (depth % 2 == 0) {
                // Not before what has to be waited for, which it would interrupt.
                Thread.currentThread().interrupt();
            }
            if (depth > 1) {
                while (done.getCount() > before - depth + 1) {
                    Turn.checkpoint();
                }
            }
            check("MDC at depth " + depth, mdc(), mine);
            check("interrupt flag at depth " + depth, Thread.interrupted(), depth % 2 == 0);
            done.countDown();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"TASK", "ACTOR"})
    void parkedTurns_findTheirOwn(Kind kind) {
        Groups groups = systems.groups(1, "hand-over-after = 1ms");
        CountDownLatch done = new CountDownLatch(3);
        for (int i = 0; i < 3; i++) {
            boolean interrupted = i % 2 == 0;
            teller(kind, Systems.background(groups).docGroup()).run(log -> {
                log.get().debug("sets what Pekko has in the MDC");
                MDC.put("turn", Thread.currentThread().getName());
                Map<String, String> mine = mdc();
                long before = groups.pauses();
                for (int checks = 0; checks < 20 || (groups.pauses() < before + 6 && done.getCount() == 3); checks++) {
                    if (interrupted) {
                        Thread.currentThread().interrupt();
                    }
                    Turn.checkpoint();
                    check("interrupt flag", Thread.interrupted(), interrupted);
                    check("MDC", mdc(), mine);
                }
                done.countDown();
            });
        }
        Systems.await(done);
        assertThat(groups.pauses()).isPositive();
        assertThat(faults).isEmpty();
    }

    @Test
    void interruptOfAParkedTurn_isFoundByIt() {
        Groups groups = systems.groups(1, "pause = hand-over");
        Teller urgent = teller(Kind.TASK, Systems.foreground(groups).docGroup());
        CountDownLatch done = new CountDownLatch(1);
        Systems.background(groups).dispatch("long", TaskCategory.OTHER, () -> {
            Thread self = Thread.currentThread();
            pauseFor(urgent, log -> {
                self.interrupt();
                // So that it has been seen by whatever waits there.
                Systems.await("sleep", () -> self.getState() == Thread.State.WAITING && !self.isInterrupted());
            });
            check("interrupt flag", Thread.interrupted(), true);
            pauseFor(urgent, log -> {});
            check("interrupt flag later", Thread.interrupted(), false);
            done.countDown();
        });
        Systems.await(done);
        assertThat(groups.pauses()).isGreaterThanOrEqualTo(2);
        assertThat(faults).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"on-top", "hand-over"})
    void contexts_belongToTheirActorsTurns_alsoWhileTheseArePaused(String pause) {
        Groups groups = systems.groups(1, "pause = " + pause);
        CompletableFuture<ActorContext<Runnable>> below = new CompletableFuture<>();
        CompletableFuture<ActorContext<Runnable>> above = new CompletableFuture<>();
        ActorRef<Runnable> background = spawn(Systems.background(groups).docGroup(), below);
        ActorRef<Runnable> urgent = spawn(Systems.foreground(groups).docGroup(), above);
        CompletableFuture<String> end = new CompletableFuture<>();
        background.tell(() -> {
            try {
                assertUsable(below.join());
                AtomicBoolean ran = new AtomicBoolean();
                urgent.tell(() -> {
                    assertUsable(above.join());
                    if (pause.equals("hand-over")) {
                        assertForeign(below.join());
                    }
                    CompletableFuture.runAsync(() -> assertForeign(below.join()))
                            .join();
                    CompletableFuture.runAsync(() -> assertForeign(above.join()))
                            .join();
                    ran.set(true);
                });
                while (!ran.get()) {
                    Turn.checkpoint();
                }
                Turn.checkpoint();
                assertUsable(below.join());
                assertForeign(above.join());
                end.complete("as it should be");
            } catch (Throwable fault) {
                end.completeExceptionally(fault);
            }
        });
        assertThat(Systems.get(end)).isEqualTo("as it should be");
        assertThat(groups.pauses()).isPositive();
    }

    private static void assertUsable(ActorContext<Runnable> context) {
        context.getLog().debug("usable");
        context.messageAdapter(String.class, text -> () -> {});
        context.stop(context.spawnAnonymous(Behaviors.empty()));
        context.cancelReceiveTimeout();
    }

    private static void assertForeign(ActorContext<Runnable> context) {
        assertThatThrownBy(context::getLog).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> context.spawnAnonymous(Behaviors.empty()))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    private static ActorRef<Runnable> spawn(SchedulerGroup group, CompletableFuture<ActorContext<Runnable>> context) {
        return Systems.spawn(
                group,
                Behaviors.setup(own -> {
                    context.complete(own);
                    return Behaviors.receiveMessage(message -> {
                        message.run();
                        return Behaviors.same();
                    });
                }),
                "actor");
    }
}
