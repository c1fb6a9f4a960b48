package dev.peili.actors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peili.actors.Systems.Gate;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.MailboxSelector;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The dispatcher as a citizen of its actor system: threads, ends, and work that is in no group. */
final class DispatcherTest {
    private static final DispatcherSelector DISPATCHER = DispatcherSelector.fromConfig("peili.dispatcher");

    @RegisterExtension
    final Systems systems = new Systems();

    private static void roundTrip(ActorTestKit kit, ActorRef<ActorRef<String>> echo) {
        TestProbe<String> probe = kit.createTestProbe(String.class);
        echo.tell(probe.ref());
        probe.expectMessage(Duration.ofSeconds(5), "reply");
    }

    private static ActorRef<ActorRef<String>> spawnLoose(ActorTestKit kit) {
        return kit.spawn(
                Behaviors.receiveMessage(sender -> {
                    sender.tell("reply");
                    return Behaviors.same();
                }),
                DISPATCHER);
    }

    @Test
    void systems_shareNothing() {
        ActorTestKit first = systems.start(1);
        ActorTestKit second = systems.start(1);
        Groups here = Groups.get(first.system());
        Groups there = Groups.get(second.system());
        assertThat(Groups.get(first.system())).isSameAs(here).isNotSameAs(there);
        Gate root = systems.occupy(here.root());
        Systems.runThrough(there.root(), TaskCategory.UI);
        Systems.runThrough(Systems.background(there).docGroup(), TaskCategory.UI);
        root.open();
        first.shutdownTestKit();
        Systems.runThrough(there.root(), TaskCategory.UI);
    }

    @ParameterizedTest
    @ValueSource(strings = {"on-top", "hand-over"})
    void terminatedSystem_leavesNoThreads(String pause) {
        ActorTestKit kit = systems.start(2, "pause = " + pause, "hand-over-after = 1ms");
        Groups groups = Groups.get(kit.system());
        AtomicBoolean stop = new AtomicBoolean();
        CountDownLatch begun = new CountDownLatch(6);
        for (int i = 0; i < 6; i++) {
            Systems.background(groups).dispatch("long", TaskCategory.OTHER, () -> {
                begun.countDown();
                while (!stop.get()) {
                    Turn.checkpoint();
                }
            });
        }
        Systems.await(begun);
        spawnLoose(kit);
        assertThat(Systems.threads(kit.system())).isPositive();
        assertThat(Systems.tickers(kit.system())).isEqualTo(1);
        stop.set(true);
        kit.shutdownTestKit();
        Systems.await("end of the threads", () -> Systems.threads(kit.system()) == 0);
        Systems.await("end of the ticker", () -> Systems.tickers(kit.system()) == 0);
    }

    /**
     * Where an actor leaves while Pekko is just looking whether the dispatcher is still used, it does not look again ("racy" in
     * {@code MessageDispatcher.shutdownAction}) before the next one leaves.
     */
    private static void awaitEndOfThreads(ActorTestKit kit) {
        long[] last = {System.nanoTime()};
        Systems.await("end of the threads", () -> {
            if (System.nanoTime() - last[0] > Duration.ofSeconds(1).toNanos()) {
                kit.stop(spawnLoose(kit));
                last[0] = System.nanoTime();
            }
            return Systems.threads(kit.system()) == 0;
        });
    }

    @Test
    void dispatcherWhoseLastActorLeft_canBeUsedAgain() {
        ActorTestKit kit = systems.start(1, "shutdown-timeout = 1ms");
        for (int i = 0; i < 30; i++) {
            ActorRef<ActorRef<String>> echo = spawnLoose(kit);
            roundTrip(kit, echo);
            kit.stop(echo);
            if (i % 3 == 0) {
                awaitEndOfThreads(kit);
            }
        }
        Groups groups = Groups.get(kit.system());
        Systems.runThrough(Systems.background(groups).docGroup(), TaskCategory.OTHER);
        roundTrip(kit, spawnLoose(kit));
    }

    @Test
    void groups_workWithoutAnyActorOnTheDispatcher() {
        ActorTestKit kit = systems.start(1, "shutdown-timeout = 1ms");
        Groups groups = Groups.get(kit.system());
        Document page = Systems.background(groups);
        for (int i = 0; i < 20; i++) {
            ActorRef<ActorRef<String>> echo = spawnLoose(kit);
            roundTrip(kit, echo);
            kit.stop(echo);
            Systems.runThrough(page.docGroup(), TaskCategory.OTHER);
        }
    }

    @Test
    void workInNoGroup_runsBesideTheRootGroup_andBesideItself() {
        ActorTestKit kit = systems.start(3);
        Groups groups = Groups.get(kit.system());
        systems.occupy(groups.root());
        roundTrip(kit, spawnLoose(kit));
        CountDownLatch inside = new CountDownLatch(2);
        CompletableFuture<?>[] both = new CompletableFuture<?>[2];
        for (int i = 0; i < 2; i++) {
            both[i] = CompletableFuture.runAsync(
                    () -> {
                        assertThat(SchedulerGroup.current()).isEmpty();
                        inside.countDown();
                        Systems.await(inside);
                    },
                    systems.loose());
        }
        Systems.get(CompletableFuture.allOf(both));
    }

    private static Throwable failureOfSpawn(ActorTestKit kit, String name, Props props) {
        TestProbe<Throwable> probe = kit.createTestProbe(Throwable.class);
        kit.spawn(Behaviors.<String>setup(context -> {
            try {
                context.spawn(Behaviors.<String>empty(), name, props);
                probe.ref().tell(new AssertionError("was accepted"));
            } catch (RuntimeException e) {
                probe.ref().tell(e);
            }
            return Behaviors.empty();
        }));
        return probe.receiveMessage();
    }

    @Test
    void actorOfGroup_onAnotherDispatcher_isRefused() {
        ActorTestKit kit = systems.start(1);
        Document page = Systems.background(Groups.get(kit.system()));
        Props props =
                DispatcherSelector.defaultDispatcher().withNext(page.docGroup().props(TaskCategory.UI));
        assertThat(failureOfSpawn(kit, "misplaced", props))
                .hasMessageContaining("misplaced")
                .rootCause()
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("misplaced", "pekko.actor.default-dispatcher", "props that its group gives");
    }

    @Test
    void groupsMailbox_withoutGroup_isRefused() {
        assertThat(failureOfSpawn(systems.start(1), "homeless", MailboxSelector.fromConfig("peili.mailbox")))
                .hasMessageContaining("homeless")
                .rootCause()
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("homeless", "belongs to none");
    }

    @Test
    void singleTasks_fromManyThreads_areNeverLeftLying() {
        for (int permits = 1; permits <= 2; permits++) {
            Groups groups = systems.groups(permits, "spin = 0");
            long end = System.nanoTime() + Systems.budgetNanos(20);
            Runnable pinger = () -> {
                DocGroup page = Systems.background(groups).docGroup();
                while (System.nanoTime() < end) {
                    Systems.runThrough(page, TaskCategory.OTHER);
                }
            };
            Systems.inParallel(pinger, pinger, pinger, pinger);
        }
    }

    @Test
    void lastTaskOfABurst_isNeverLeftLying() {
        long seed = Systems.seed();
        Groups groups = systems.groups(1, "spin = 0");
        AtomicBoolean stop = new AtomicBoolean();
        long end = System.nanoTime() + Systems.budgetNanos(20);
        CyclicBarrier round = new CyclicBarrier(2, () -> stop.set(System.nanoTime() > end));
        Runnable[] pingers = new Runnable[2];
        for (int i = 0; i < pingers.length; i++) {
            Random random = new Random(seed + i);
            DocGroup page = Systems.background(groups).docGroup();
            pingers[i] = () -> {
                while (!stop.get()) {
                    for (int left = random.nextInt(3); left >= 0; left--) {
                        Systems.spin(random.nextInt(30_000));
                        Systems.runThrough(page, TaskCategory.OTHER);
                    }
                    // Until both are here nobody makes up for a thread that was not woken.
                    Systems.meet(round);
                }
            };
        }
        Systems.inParallel(pingers);
    }

    @Test
    void sleepingThread_thatIsInterrupted_doesNotSpin() {
        ActorTestKit kit = systems.start(1);
        Groups groups = Groups.get(kit.system());
        AtomicReference<Thread> thread = new AtomicReference<>();
        Document page = Systems.background(groups);
        page.dispatch("who", TaskCategory.UI, () -> thread.set(Thread.currentThread()));
        Systems.runThrough(page.docGroup(), TaskCategory.UI);
        Thread worker = Objects.requireNonNull(thread.get());
        Systems.await("sleep", () -> worker.getState() == Thread.State.TIMED_WAITING);
        // As somebody does who cancels a task a moment too late.
        worker.interrupt();
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long before = threads.getThreadCpuTime(worker.getId());
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(300);
        Systems.await("a while", () -> System.nanoTime() > end);
        assertThat(threads.getThreadCpuTime(worker.getId()) - before).isLessThan(TimeUnit.MILLISECONDS.toNanos(30));
    }

    @Test
    void threads_beyondThePermits_arePossibleOnlyWhileTurnsAreParked() {
        ActorTestKit kit = systems.start(2);
        Groups groups = Groups.get(kit.system());
        CountDownLatch done = new CountDownLatch(5_000);
        for (int i = 0; i < 50; i++) {
            Document page = Systems.background(groups);
            for (int j = 0; j < 100; j++) {
                page.dispatch("task", TaskCategory.OTHER, done::countDown);
            }
        }
        Systems.await(done);
        assertThat(Systems.threads(kit.system())).isBetween(1L, 2L);
    }
}
