package dev.peili.actors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.peili.actors.Systems.Gate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Futures and groups: callbacks, piped results and replies to an ask are turns of the group that they belong to. */
final class FuturesInGroupsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @RegisterExtension
    final Systems systems = new Systems();

    private final OpenTurns turns = new OpenTurns();

    /** What the actors here are told. */
    private sealed interface Command {}

    private record Pipe(CompletionStage<String> future) implements Command {}

    private record Result(String text) implements Command {}

    private record Ask(ActorRef<Command> whom, String question) implements Command {}

    private record Question(String text, ActorRef<String> replyTo) implements Command {}

    /** Asks and answers, and tells the probe what came of it. Questions about silence are never answered. */
    private Behavior<Command> talker(SchedulerGroup group, ActorRef<String> probe) {
        Behavior<Command> behavior = Behaviors.setup(context -> Behaviors.receive(Command.class)
                .onMessage(Pipe.class, pipe -> {
                    context.pipeToSelf(pipe.future, (text, failure) -> adapted(context, group, text, failure));
                    return Behaviors.same();
                })
                .onMessage(Ask.class, ask -> {
                    context.ask(
                            String.class,
                            ask.whom,
                            PATIENCE,
                            (ActorRef<String> replyTo) -> new Question(ask.question, replyTo),
                            (answer, failure) -> adapted(context, group, answer, failure));
                    return Behaviors.same();
                })
                .onMessage(Question.class, question -> {
                    if (!question.text.equals("silence")) {
                        question.replyTo.tell("answer to " + question.text);
                    }
                    return Behaviors.same();
                })
                .onMessage(Result.class, result -> {
                    probe.tell(result.text);
                    return Behaviors.same();
                })
                .build());
        return turns.watch(group, Command.class, behavior);
    }

    private Command adapted(ActorContext<Command> context, SchedulerGroup group, String text, Throwable failure) {
        return turns.turn(group, "adaption", () -> {
            // The context refuses every thread but the actor's own.
            context.getLog().debug("adapted");
            return new Result(failure == null ? text : failure.getClass().getSimpleName());
        });
    }

    private ActorRef<Command> spawnTalker(SchedulerGroup group, ActorRef<String> probe, String name) {
        return Systems.spawn(group, talker(group, probe), name);
    }

    @Test
    void stagesOfAFuture_runInTheirGroups_andPassFailuresOn() {
        Groups groups = systems.groups(2);
        Document page = Systems.background(groups);
        SchedulerGroup document = page.docGroup();
        SchedulerGroup tab = page.tab().tabGroup();
        SchedulerGroup other = Systems.foreground(groups).docGroup();
        List<CompletableFuture<String>> ends = new ArrayList<>();
        turns.amidTraffic(List.of(document, tab, other), () -> {
            for (int i = 0; i < 200; i++) {
                int number = i;
                ends.add(CompletableFuture.supplyAsync(
                                () -> turns.turn(document, "supply", () -> {
                                    if (number % 2 == 1) {
                                        throw new IllegalStateException("odd");
                                    }
                                    return number;
                                }),
                                document.eventTargetFor(TaskCategory.NETWORK))
                        .thenApplyAsync(
                                value -> turns.turn(other, "apply", () -> "even " + value),
                                other.eventTargetFor(TaskCategory.UI))
                        .handleAsync(
                                (value, failure) -> turns.turn(
                                        tab, "handle", () -> failure == null ? value : "failed: " + failure.getCause()),
                                tab.eventTargetFor(TaskCategory.TIMER)));
            }
            for (int i = 0; i < ends.size(); i++) {
                String expected = i % 2 == 0 ? "even " + i : "failed: java.lang.IllegalStateException: odd";
                assertThat(Systems.get(ends.get(i))).isEqualTo(expected);
            }
        });
        turns.assertFaultless();
        assertThat(document.failedTasks())
                .as("failures that a future has taken")
                .isZero();
    }

    @Test
    void stageOnAClosedGroup_fails_insteadOfNeverEnding() {
        Groups groups = systems.groups(1);
        Document page = Systems.background(groups);
        EventTarget target = page.eventTargetFor(TaskCategory.OTHER);
        CompletableFuture<String> source = new CompletableFuture<>();
        CompletableFuture<String> end = source.thenApplyAsync(text -> text + " was handled", target);
        page.tab().close();
        source.complete("late");
        assertThatThrownBy(() -> Objects.requireNonNull(end).join())
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(RejectedExecutionException.class);
        assertThatThrownBy(() -> CompletableFuture.runAsync(() -> {}, target))
                .isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void pipedResults_andFailures_areAdaptedAndHandledInTheGroup() {
        ActorTestKit kit = systems.start(2);
        Groups groups = Groups.get(kit.system());
        Document page = Systems.background(groups);
        SchedulerGroup elsewhere = Systems.foreground(groups).docGroup();
        TestProbe<String> probe = kit.createTestProbe(String.class);
        ActorRef<Command> actor = spawnTalker(page.docGroup(), probe.ref(), "piper");
        int count = 300;
        List<CompletableFuture<String>> futures = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        turns.amidTraffic(List.of(page.docGroup(), page.tab().tabGroup()), () -> {
            for (int i = 0; i < count; i++) {
                CompletableFuture<String> future = new CompletableFuture<>();
                futures.add(future);
                actor.tell(new Pipe(future));
                expected.add(i % 3 == 0 ? "TimeoutException" : "result " + i);
            }
            // By threads of no group, in turns of another, and some before they are piped.
            Systems.inParallel(
                    () -> {
                        for (int i = 0; i < count; i += 2) {
                            complete(futures.get(i), i);
                        }
                    },
                    () -> {
                        for (int i = 1; i < count; i += 2) {
                            int number = i;
                            elsewhere.dispatch(
                                    "complete", TaskCategory.WORKER, () -> complete(futures.get(number), number));
                        }
                    });
            assertThat(probe.receiveSeveralMessages(count, PATIENCE)).containsExactlyInAnyOrderElementsOf(expected);
        });
        turns.assertFaultless();
    }

    private static void complete(CompletableFuture<String> future, int number) {
        if (number % 3 == 0) {
            future.completeExceptionally(new TimeoutException());
        } else {
            future.complete("result " + number);
        }
    }

    @Test
    void pipedResult_waitsForTheGroup() {
        ActorTestKit kit = systems.start(2);
        Groups groups = Groups.get(kit.system());
        Document page = Systems.background(groups);
        TestProbe<String> probe = kit.createTestProbe(String.class);
        ActorRef<Command> actor = spawnTalker(page.docGroup(), probe.ref(), "piper");
        CompletableFuture<String> future = new CompletableFuture<>();
        actor.tell(new Pipe(future));
        Systems.runThrough(page.docGroup(), TaskCategory.IDLE_CALLBACK);
        Gate gate = systems.occupy(page.tab().tabGroup());
        future.complete("done");
        for (int i = 0; i < 50; i++) {
            Systems.runThrough(Systems.background(groups).docGroup(), TaskCategory.OTHER);
        }
        probe.expectNoMessage(Duration.ZERO);
        gate.open();
        probe.expectMessage("done");
        turns.assertFaultless();
    }

    @Test
    void ask_isAnsweredInTheAskersGroup_whoeverIsAsked() {
        ActorTestKit kit = systems.start(2);
        Groups groups = Groups.get(kit.system());
        Document page = Systems.background(groups);
        SchedulerGroup tab = page.tab().tabGroup();
        SchedulerGroup other = Systems.foreground(groups).docGroup();
        TestProbe<String> probe = kit.createTestProbe(String.class);
        ActorRef<Command> asker = spawnTalker(page.docGroup(), probe.ref(), "asker");
        List<ActorRef<Command>> asked = List.of(
                asker,
                spawnTalker(page.docGroup(), probe.ref(), "neighbour"),
                spawnTalker(tab, probe.ref(), "above"),
                spawnTalker(other, probe.ref(), "elsewhere"),
                spawnTalker(groups.root(), probe.ref(), "root"));
        int rounds = 50;
        List<String> expected = new ArrayList<>();
        turns.amidTraffic(List.of(page.docGroup(), tab, other), () -> {
            for (int i = 0; i < rounds * asked.size(); i++) {
                asker.tell(new Ask(asked.get(i % asked.size()), "question " + i));
                expected.add("answer to question " + i);
            }
            assertThat(probe.receiveSeveralMessages(expected.size(), PATIENCE))
                    .containsExactlyInAnyOrderElementsOf(expected);
        });
        turns.assertFaultless();
    }

    @Test
    void ask_fromOutside_isAnswered() {
        ActorTestKit kit = systems.start(2);
        SchedulerGroup page = Systems.background(Groups.get(kit.system())).docGroup();
        ActorRef<Command> actor = spawnTalker(page, kit.system().ignoreRef(), "asked");
        CompletionStage<String> reply =
                AskPattern.ask(actor, replyTo -> new Question("anything", replyTo), PATIENCE, kit.scheduler());
        assertThat(Systems.get(reply)).isEqualTo("answer to anything");
        turns.assertFaultless();
    }

    @Test
    void ask_thatNobodyAnswers_timesOutInTheGroup() {
        ActorTestKit kit = systems.startWithManualTime(2);
        ManualTime time = ManualTime.get(kit.system());
        Groups groups = Groups.get(kit.system());
        SchedulerGroup page = Systems.background(groups).docGroup();
        TestProbe<String> probe = kit.createTestProbe(String.class);
        ActorRef<Command> asker = spawnTalker(page, probe.ref(), "asker");
        ActorRef<Command> neighbour = spawnTalker(page, probe.ref(), "neighbour");
        ActorRef<Command> stranger = spawnTalker(Systems.foreground(groups).docGroup(), probe.ref(), "stranger");
        asker.tell(new Ask(neighbour, "silence"));
        asker.tell(new Ask(stranger, "silence"));
        CompletionStage<String> outside =
                AskPattern.ask(stranger, replyTo -> new Question("silence", replyTo), PATIENCE, kit.scheduler());
        Systems.runThrough(page, TaskCategory.IDLE_CALLBACK);
        time.expectNoMessageFor(PATIENCE.minusMillis(1), probe);
        time.timePasses(Duration.ofMillis(1));
        assertThat(probe.receiveSeveralMessages(2)).containsOnly("TimeoutException");
        assertThatThrownBy(() -> outside.toCompletableFuture().join())
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(TimeoutException.class);
        turns.assertFaultless();
    }
}
