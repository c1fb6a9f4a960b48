package dev.peili.actors;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/**
 * Whatever goes wrong, the books balance (promise G6: accepted is run or dropped, rejected has thrown) and the others go
 * on (promise G7).
 */
final class FailureInjectionTest {
    private static final TaskCategory[] CATEGORIES = TaskCategory.values();

    @RegisterExtension
    final Systems systems = new Systems();

    private final long seed = Systems.seed();
    private final Books books = new Books();
    private final Logger logger = (Logger) LoggerFactory.getLogger("dev.peili");

    /** Failures are logged, as always, but nobody wants to read so many. */
    @BeforeEach
    void quieten() {
        logger.setAdditive(false);
    }

    @AfterEach
    void makeHeard() {
        logger.setAdditive(true);
    }

    /** Counts what became of tasks. */
    private static final class Books {
        final AtomicInteger accepted = new AtomicInteger();
        final AtomicInteger rejected = new AtomicInteger();
        final AtomicInteger ran = new AtomicInteger();
        final Queue<String> faults = new ConcurrentLinkedQueue<>();

        boolean dispatch(SchedulerGroup group, TaskCategory category, Runnable task) {
            AtomicInteger runs = new AtomicInteger();
            accepted.incrementAndGet();
            try {
                group.dispatch("task", category, () -> {
                    if (runs.incrementAndGet() != 1) {
                        faults.add("a task of " + group + " ran twice, or was rejected before");
                    }
                    ran.incrementAndGet();
                    task.run();
                });
                return true;
            } catch (RejectedExecutionException e) {
                accepted.decrementAndGet();
                rejected.incrementAndGet();
                if (runs.getAndSet(1) != 0) {
                    faults.add("a task of " + group + " ran and was rejected");
                }
                return false;
            }
        }

        int waiting() {
            return accepted.get() - ran.get();
        }
    }

    /** No failure of the ones below may end the JVM that tests run in; where one is fatal, its actor system ends. */
    private ActorTestKit start(int permits, String... settings) {
        Config survive = ConfigFactory.parseString("pekko.jvm-exit-on-fatal-error = off");
        String all = "permits = " + permits + "\n" + String.join("\n", settings);
        return systems.start(survive.withFallback(Systems.config(all)));
    }

    // --- Tasks that throw ----------------------------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource
    void tasksThatThrow_areCounted_andHarmNoOther(Failure failure) {
        Random random = new Random(seed);
        ActorTestKit kit = start(2);
        Groups groups = Groups.get(kit.system());
        List<SchedulerGroup> all = groupsOf(groups, 2);
        int rounds = 30;
        for (int i = 0; i < rounds; i++) {
            for (SchedulerGroup group : all) {
                books.dispatch(group, CATEGORIES[random.nextInt(8)], () -> {});
                books.dispatch(group, CATEGORIES[random.nextInt(8)], failure::happen);
            }
        }
        Systems.await("all tasks, seed " + seed, () -> books.waiting() == 0);
        all.forEach(group -> Systems.runThrough(group, TaskCategory.IDLE_CALLBACK));
        assertThat(books.faults).isEmpty();
        assertThat(all).allMatch(group -> group.failedTasks() == rounds);
        assertThat(kit.system().getWhenTerminated().toCompletableFuture()).isNotDone();
    }

    @ParameterizedTest
    @EnumSource
    void taskThatThrowsOnTopOfAnother_harmsNoneOfThem(Failure failure) {
        Groups groups = Groups.get(start(1).system());
        Document page = Systems.background(groups);
        Document urgent = Systems.foreground(groups);
        AtomicInteger ended = new AtomicInteger();
        page.dispatch("long", TaskCategory.OTHER, () -> {
            books.dispatch(urgent.docGroup(), TaskCategory.UI, failure::happen);
            while (urgent.docGroup().failedTasks() == 0) {
                Turn.checkpoint();
            }
            ended.incrementAndGet();
        });
        Systems.await("both", () -> ended.get() == 1);
        Systems.runThrough(urgent.docGroup(), TaskCategory.UI);
        Systems.runThrough(groups.root(), TaskCategory.UI);
        assertThat(books.waiting()).isZero();
        assertThat(page.docGroup().failedTasks()).isZero();
    }

    private static List<SchedulerGroup> groupsOf(Groups groups, int tabs) {
        List<SchedulerGroup> all = new ArrayList<>(List.of(groups.root()));
        for (int i = 0; i < tabs; i++) {
            Document page = i % 2 == 0 ? Systems.background(groups) : Systems.foreground(groups);
            all.add(page.docGroup());
            all.add(page.tab().tabGroup());
        }
        return all;
    }

    // --- Actors that fail ----------------------------------------------------------------------------------------

    /** What an actor throws and its supervision does not handle ends the actor system, where it may not end the JVM. */
    @ParameterizedTest
    @EnumSource(names = {"OUT_OF_MEMORY", "STACK_OVERFLOW", "THREAD_DEATH", "LINKAGE", "UNSPEAKABLE_ERROR"})
    void actorWithAFatalError_endsTheSystem_andTheBooksBalance(Failure failure) {
        ActorTestKit kit = start(1);
        Groups groups = Groups.get(kit.system());
        Queue<Object> letters = DeadLetters.of(kit, systems);
        List<SchedulerGroup> all = groupsOf(groups, 3);
        ActorRef<String> actor = Systems.spawn(
                all.get(1),
                Behaviors.receiveMessage(message -> {
                    failure.happen();
                    return Behaviors.same();
                }),
                "actor");
        BooleanSupplier over =
                () -> kit.system().getWhenTerminated().toCompletableFuture().isDone();
        Runnable sender = () -> {
            for (int i = 0; !over.getAsBoolean(); i++) {
                books.dispatch(all.get(i % all.size()), CATEGORIES[i % 8], () -> {});
                Systems.await("backlog or end", () -> books.waiting() < 500 || over.getAsBoolean());
            }
        };
        Systems.inParallel(sender, sender, () -> {
            Systems.await("some tasks", () -> books.ran.get() > 500);
            actor.tell("fail");
        });
        awaitBooks(letters);
        Systems.await("end of the threads", () -> Systems.threads(kit.system()) == 0);
    }

    private void awaitBooks(Queue<Object> letters) {
        Systems.await("balance of " + books.accepted, () -> books.waiting() <= dropped(letters));
        assertThat(books.waiting()).as("seed %d", seed).isEqualTo(dropped(letters));
        assertThat(books.faults).as("seed %d", seed).isEmpty();
    }

    private static int dropped(Queue<Object> letters) {
        return (int) letters.stream().filter(DroppedTask.class::isInstance).count();
    }

    @Test
    void fullLanes_underLoad_rejectWhatTheyDoNotTake_andNothingElse() {
        Groups groups = systems.groups(2);
        DocGroup a = Systems.background(groups).docGroup();
        DocGroup b = Systems.background(groups).docGroup();
        for (DocGroup group : List.of(a, b)) {
            group.setLaneCapacity(TaskCategory.OTHER, 5);
        }
        AtomicInteger joint = new AtomicInteger();
        AtomicInteger jointRuns = new AtomicInteger();
        Runnable load = () -> {
            for (int i = 0; i < 20_000; i++) {
                books.dispatch(i % 2 == 0 ? a : b, TaskCategory.OTHER, () -> {});
                if (i % 10 == 0) {
                    try {
                        groups.dispatch(List.of(a, b), "both", TaskCategory.OTHER, jointRuns::incrementAndGet);
                        joint.incrementAndGet();
                    } catch (RejectedExecutionException e) {
                        books.rejected.incrementAndGet();
                    }
                }
            }
        };
        Systems.inParallel(load, load, load);
        Systems.await(
                "all that was accepted",
                () -> books.ran.get() == books.accepted.get() && jointRuns.get() == joint.get());
        assertThat(books.faults).isEmpty();
        assertThat(books.rejected.get()).isPositive();
        long counted = groups.snapshot().stream()
                .mapToLong(seen -> seen.category(TaskCategory.OTHER).rejections())
                .sum();
        // One that affects two groups is a rejection of each.
        assertThat(counted).isBetween((long) books.rejected.get(), 2L * books.rejected.get());
        assertThat(groups.snapshot())
                .allMatch(seen -> seen.category(TaskCategory.OTHER).queued() == 0);
    }

    @Test
    void actorThatStops_whileManyThreadsTell_losesNothingThatWasQueued() {
        Random random = new Random(seed);
        ActorTestKit kit = start(2);
        DocGroup page = Systems.background(Groups.get(kit.system())).docGroup();
        Queue<Object> letters = DeadLetters.of(kit, systems);
        int threads = 4;
        int messages = 200;
        for (int round = 0; round < Systems.rounds(50, 3_000); round++) {
            letters.clear();
            Queue<Integer> handled = new ConcurrentLinkedQueue<>();
            ActorRef<Integer> actor = Systems.spawn(page, mortal(handled, 1 + random.nextInt(500)), "actor-" + round);
            Runnable[] senders = new Runnable[threads];
            for (int i = 0; i < threads; i++) {
                int first = i * messages;
                senders[i] = () -> {
                    for (int j = 0; j < messages; j++) {
                        actor.tell(first + j);
                        books.dispatch(page, TaskCategory.WORKER, () -> {});
                    }
                };
            }
            Systems.inParallel(senders);
            kit.createTestProbe().expectTerminated(actor, Duration.ofSeconds(5));
            // Its last turn may still be about to empty its mailbox, but after that every dead letter has been sent.
            Systems.runThrough(page, TaskCategory.IDLE_CALLBACK);
            Adapter.toClassic(kit.system()).deadLetters().tell("last", org.apache.pekko.actor.ActorRef.noSender());
            Systems.await("last dead letter", () -> letters.contains("last"));
            List<Object> all = new ArrayList<>(handled);
            all.addAll(letters);
            assertThat(all).as("seed %d", seed).doesNotHaveDuplicates();
            // As Pekko has it, a message can be lost that is being queued while the mailbox is emptied.
            assertThat(all)
                    .as("seed %d", seed)
                    .hasSizeBetween(threads * messages + 1 - threads, threads * messages + 1);
        }
        Systems.await("all tasks", () -> books.waiting() == 0);
        assertThat(books.faults).isEmpty();
    }

    private static Behavior<Integer> mortal(Queue<Integer> handled, int life) {
        return Behaviors.receiveMessage(number -> {
            handled.add(number);
            return handled.size() >= life ? Behaviors.stopped() : Behaviors.same();
        });
    }

    // --- Systems that end ----------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource({"on-top, 20ms", "on-top, 1ms", "hand-over, 1ms"})
    void systemThatEndsInTheMiddleOfEverything_losesNothing(String pause, String slice) {
        for (int round = 0; round < Systems.rounds(3, 100); round++) {
            ActorTestKit kit = start(2, "pause = " + pause, "hand-over-after = " + slice);
            endInTheMiddle(kit, new Random(seed + round));
            Systems.await("end of the threads", () -> Systems.threads(kit.system()) == 0);
        }
    }

    private void endInTheMiddle(ActorTestKit kit, Random random) {
        Groups groups = Groups.get(kit.system());
        Queue<Object> letters = DeadLetters.of(kit, systems);
        List<Document> pages = new ArrayList<>();
        List<ActorRef<Integer>> actors = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            Document page = Systems.background(groups);
            pages.add(page);
            actors.add(Systems.spawn(page.docGroup(), dispatching(page.tab().tabGroup()), "actor"));
            actors.add(Systems.spawn(page.tab().tabGroup(), dispatching(page.docGroup()), "actor"));
        }
        BooleanSupplier over =
                () -> kit.system().getWhenTerminated().toCompletableFuture().isDone();
        int before = books.ran.get();
        Runnable[] threads = new Runnable[4];
        for (int i = 0; i < 3; i++) {
            Random dice = new Random(random.nextLong());
            threads[i] = () -> {
                while (!over.getAsBoolean()) {
                    Document page = pages.get(dice.nextInt(pages.size()));
                    act(page, actors.get(dice.nextInt(actors.size())), dice);
                    Systems.await("backlog or end", () -> books.waiting() < 1_000 || over.getAsBoolean());
                }
            };
        }
        threads[3] = () -> {
            Systems.await("some tasks", () -> books.ran.get() > before + 500);
            pages.get(0).close();
            pages.get(1).tab().close();
            kit.system().terminate();
        };
        Systems.inParallel(threads);
        awaitBooks(letters);
        // For the next round, whose dead letters are others.
        books.accepted.set(books.ran.get());
    }

    /** Dispatches tasks from its turns. */
    private Behavior<Integer> dispatching(SchedulerGroup group) {
        return Behaviors.receiveMessage(number -> {
            books.dispatch(group, CATEGORIES[number], Turn::checkpoint);
            return Behaviors.same();
        });
    }

    private void act(Document page, ActorRef<Integer> actor, Random dice) {
        TaskCategory category = CATEGORIES[dice.nextInt(8)];
        SchedulerGroup group = dice.nextBoolean() ? page.docGroup() : page.tab().tabGroup();
        int length = dice.nextInt(100) == 0 ? 3_000_000 : dice.nextInt(20_000);
        switch (dice.nextInt(8)) {
            case 0 -> actor.tell(dice.nextInt(8));
            case 1 -> {
                if (page.tab().isOpen()) {
                    show(page.tab(), dice.nextBoolean());
                }
            }
            case 2 ->
                books.dispatch(group, category, () -> {
                    throw new IllegalStateException("as told");
                });
            case 3 -> books.dispatch(group, category, () -> books.dispatch(group, TaskCategory.UI, () -> {}));
            default ->
                books.dispatch(group, category, () -> {
                    for (int spun = 0; spun < length; spun += 10_000) {
                        Systems.spin(10_000);
                        Turn.checkpoint();
                    }
                });
        }
    }

    private static void show(Tab tab, boolean visible) {
        try {
            tab.setVisible(visible);
        } catch (IllegalStateException e) {
            // It has been closed meanwhile.
            assertThat(tab.isOpen()).isFalse();
        }
    }
}
