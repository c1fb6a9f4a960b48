package dev.peili.actors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.peili.actors.Systems.Gate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.actor.DeadLetter;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Promise G6: an accepted task runs exactly once or becomes a dead letter; what is not accepted throws. */
final class NothingLostTest {
    private static final TaskCategory[] CATEGORIES = TaskCategory.values();

    @RegisterExtension
    final Systems systems = new Systems();

    /** Counts what became of the tasks that it dispatches. */
    private static final class Ledger {
        final AtomicInteger accepted = new AtomicInteger();
        final AtomicInteger rejected = new AtomicInteger();
        final AtomicInteger ran = new AtomicInteger();
        final Queue<String> wrong = new ConcurrentLinkedQueue<>();

        boolean dispatch(SchedulerGroup group, TaskCategory category) {
            AtomicInteger runs = new AtomicInteger();
            accepted.incrementAndGet();
            try {
                group.dispatch("task", category, () -> {
                    if (runs.incrementAndGet() != 1) {
                        wrong.add("ran twice in " + group);
                    }
                    ran.incrementAndGet();
                });
                return true;
            } catch (RejectedExecutionException e) {
                accepted.decrementAndGet();
                rejected.incrementAndGet();
                if (runs.getAndSet(-1_000) != 0) {
                    wrong.add("ran although rejected in " + group);
                }
                return false;
            }
        }
    }

    @Test
    void acceptedTasks_runExactlyOnce_whileGroupsClose() {
        long seed = Systems.seed();
        Groups groups = systems.groups(2);
        Ledger ledger = new Ledger();
        AtomicReference<Document> target = new AtomicReference<>(Systems.background(groups));
        long end = System.nanoTime() + Systems.budgetNanos(20);
        Runnable[] threads = new Runnable[4];
        for (int i = 0; i < 3; i++) {
            Random random = new Random(seed + i);
            threads[i] = () -> {
                while (System.nanoTime() < end) {
                    Document page = Objects.requireNonNull(target.get());
                    TaskCategory category = CATEGORIES[random.nextInt(8)];
                    ledger.dispatch(random.nextInt(4) == 0 ? page.tab().tabGroup() : page.docGroup(), category);
                    Systems.await("backlog", () -> ledger.accepted.get() - ledger.ran.get() < 1_000);
                }
            };
        }
        Random random = new Random(seed + 3);
        threads[3] = () -> {
            while (System.nanoTime() < end) {
                Document page = Objects.requireNonNull(target.get());
                Systems.spin(random.nextInt(100_000));
                if (random.nextBoolean()) {
                    page.close();
                    target.set(page.tab().openDocument("https://www.example.org/"));
                } else {
                    page.tab().close();
                    target.set(Systems.background(groups));
                }
            }
        };
        Systems.inParallel(threads);
        Systems.await("all tasks, seed " + seed, () -> ledger.ran.get() == ledger.accepted.get());
        assertThat(ledger.wrong).as("seed %d", seed).isEmpty();
        assertThat(ledger.rejected).as("seed %d", seed).hasPositiveValue();
        assertThat(ledger.ran).hasValue(ledger.accepted.get());
    }

    /** What becomes a dead letter there; an actor of another system, which outlives that one, receives it. */
    private Queue<Object> deadLettersOf(ActorTestKit kit) {
        Queue<Object> letters = new ConcurrentLinkedQueue<>();
        ActorRef<DeadLetter> receiver = systems.start(1).spawn(Behaviors.receiveMessage(letter -> {
            letters.add(letter.message());
            return Behaviors.same();
        }));
        Adapter.toClassic(kit.system()).eventStream().subscribe(Adapter.toClassic(receiver), DeadLetter.class);
        return letters;
    }

    private static List<DroppedTask> dropped(Queue<Object> letters) {
        return letters.stream()
                .filter(DroppedTask.class::isInstance)
                .map(DroppedTask.class::cast)
                .toList();
    }

    @Test
    void tasksOfTerminatedSystem_becomeDeadLettersWithTheirNames() {
        ActorTestKit kit = systems.start(1);
        Groups groups = Groups.get(kit.system());
        Queue<Object> letters = deadLettersOf(kit);
        Document page = Systems.background(groups);
        Systems.spawn(page.docGroup(), Behaviors.<String>ignore(), "started").tell("");
        Gate gate = systems.occupy(Systems.foreground(groups).docGroup());
        AtomicInteger ran = new AtomicInteger();
        page.dispatch("one", TaskCategory.UI, ran::incrementAndGet);
        page.dispatch("two", TaskCategory.TIMER, ran::incrementAndGet);
        page.tab().tabGroup().dispatch("three", TaskCategory.TIMER, ran::incrementAndGet);
        groups.root().dispatch("four", TaskCategory.NETWORK, ran::incrementAndGet);
        kit.system().terminate();
        // Its actor needs a turn to stop.
        gate.open();
        Systems.get(kit.system().getWhenTerminated());
        Systems.await("rejection", () -> isRejected(page.docGroup()) && isRejected(groups.root()));
        Systems.await("all four", () -> dropped(letters).size() + ran.get() == 4);
        assertThat(dropped(letters))
                .isSubsetOf(
                        new DroppedTask("one", TaskCategory.UI, page.docGroup()),
                        new DroppedTask("two", TaskCategory.TIMER, page.docGroup()),
                        new DroppedTask("three", TaskCategory.TIMER, page.tab().tabGroup()),
                        new DroppedTask("four", TaskCategory.NETWORK, groups.root()));
    }

    private static boolean isRejected(SchedulerGroup group) {
        try {
            group.dispatch("late", TaskCategory.OTHER, () -> {});
            return false;
        } catch (RejectedExecutionException e) {
            return true;
        }
    }

    @Test
    void queuedTasksOfTerminatedSystem_areDropped_whileATurnIsOpen() {
        ActorTestKit kit = systems.start(1);
        Groups groups = Groups.get(kit.system());
        Queue<Object> letters = deadLettersOf(kit);
        Document page = Systems.background(groups);
        // Its end would need a turn of the group, and the supervisor waits for it.
        ActorRef<String> started =
                Systems.get(page.docGroup().spawn(Behaviors.<String>stopped(), "started", TaskCategory.OTHER));
        kit.createTestProbe().expectTerminated(started, Duration.ofSeconds(10));
        Gate gate = systems.occupy(page.docGroup());
        page.dispatch("one", TaskCategory.UI, () -> {});
        page.dispatch("two", TaskCategory.IDLE_CALLBACK, () -> {});
        kit.system().terminate();
        Systems.await("both", () -> dropped(letters).size() == 2);
        assertThat(dropped(letters))
                .containsExactlyInAnyOrder(
                        new DroppedTask("one", TaskCategory.UI, page.docGroup()),
                        new DroppedTask("two", TaskCategory.IDLE_CALLBACK, page.docGroup()));
        gate.open();
    }

    @Test
    void acceptedTasks_runOrAreDropped_whileTheSystemTerminates() {
        for (int round = 0; round < Systems.rounds(3, 50); round++) {
            ActorTestKit kit = systems.start(2);
            Groups groups = Groups.get(kit.system());
            Queue<Object> letters = deadLettersOf(kit);
            List<SchedulerGroup> all = new ArrayList<>(List.of(groups.root()));
            for (int i = 0; i < 5; i++) {
                Document page = Systems.background(groups);
                all.add(page.docGroup());
                all.add(page.tab().tabGroup());
            }
            all.forEach(group -> Systems.spawn(group, Behaviors.ignore(), "member"));
            Ledger ledger = new Ledger();
            Runnable sender = () -> {
                for (int i = 0; ledger.rejected.get() < 100; i++) {
                    ledger.dispatch(all.get(i % all.size()), CATEGORIES[i % 8]);
                    Systems.await(
                            "backlog or end",
                            () -> ledger.accepted.get() - ledger.ran.get() < 2_000
                                    || kit.system()
                                            .getWhenTerminated()
                                            .toCompletableFuture()
                                            .isDone());
                }
            };
            Systems.inParallel(sender, sender, () -> {
                Systems.await("some tasks", () -> ledger.ran.get() > 500);
                kit.system().terminate();
            });
            Systems.get(kit.system().getWhenTerminated());
            Systems.await(
                    "every task to run or to be dropped",
                    () -> ledger.ran.get() + dropped(letters).size() == ledger.accepted.get());
            assertThat(ledger.wrong).isEmpty();
        }
    }

    @Test
    void messagesToStoppedActor_becomeDeadLetters() {
        ActorTestKit kit = systems.start(1);
        Groups groups = Groups.get(kit.system());
        Queue<Object> letters = deadLettersOf(kit);
        Document page = Systems.background(groups);
        ActorRef<String> actor =
                Systems.spawn(page.docGroup(), Behaviors.receiveMessage(message -> Behaviors.stopped()), "actor");
        Gate gate = systems.occupy(page.docGroup());
        actor.tell("handled");
        actor.tell("queued");
        gate.open();
        Systems.await("dead letter", () -> letters.contains("queued"));
        assertThat(letters).doesNotContain("handled");
    }

    @Test
    void spawn_whileTheGroupCloses_alwaysAnswers() {
        Groups groups = systems.groups(2);
        for (int i = 0; i < Systems.rounds(150, 5_000); i++) {
            Document page = Systems.background(groups);
            List<CompletionStage<ActorRef<String>>> answers = new ArrayList<>();
            Systems.inParallel(
                    () -> {
                        for (int j = 0; j < 40; j++) {
                            answers.add(page.docGroup().spawn(Behaviors.ignore(), "actor-" + j, TaskCategory.OTHER));
                        }
                    },
                    page.tab()::close);
            Systems.await(
                    "answers of round " + i,
                    () -> answers.stream()
                            .allMatch(answer -> answer.toCompletableFuture().isDone()));
        }
    }

    @Test
    void spawn_afterTheSystemTerminated_isRejected() {
        ActorTestKit kit = systems.start(1);
        Groups groups = Groups.get(kit.system());
        Document page = Systems.background(groups);
        Systems.spawn(page.docGroup(), Behaviors.ignore(), "actor");
        kit.system().terminate();
        Systems.get(kit.system().getWhenTerminated());
        assertThatThrownBy(() -> page.docGroup()
                        .spawn(Behaviors.ignore(), "late", TaskCategory.OTHER)
                        .toCompletableFuture()
                        .orTimeout(5, TimeUnit.SECONDS)
                        .join())
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void tabOpenedAfterTheSystemTerminated_rejectsEverything() {
        ActorTestKit kit = systems.start(1);
        Groups groups = Groups.get(kit.system());
        kit.system().terminate();
        Systems.get(kit.system().getWhenTerminated());
        assertThatThrownBy(() -> Systems.background(groups)
                        .docGroup()
                        .spawn(Behaviors.ignore(), "late", TaskCategory.OTHER)
                        .toCompletableFuture()
                        .orTimeout(2, TimeUnit.SECONDS)
                        .join())
                .hasCauseInstanceOf(RejectedExecutionException.class);
    }
}
