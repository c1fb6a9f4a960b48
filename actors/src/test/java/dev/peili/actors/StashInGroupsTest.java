package dev.peili.actors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peili.actors.Systems.Gate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.StashBuffer;
import org.apache.pekko.actor.typed.javadsl.StashOverflowException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Stashes of actors in groups: what {@code unstashAll} replays is one turn, in order, and never leaves the group. */
final class StashInGroupsTest {
    @RegisterExtension
    final Systems systems = new Systems();

    private final OpenTurns turns = new OpenTurns();
    private int actors;
    private final List<String> handled = Collections.synchronizedList(new ArrayList<>());

    /** Stashes everything until it is told to go. */
    private Behavior<String> stashing(StashBuffer<String> stash, Behavior<String> then) {
        return Behaviors.receive(String.class)
                .onMessageEquals("go", () -> stash.unstashAll(then))
                .onMessageEquals("two", () -> stash.unstash(stashing(stash, then), 2, this::handle))
                .onMessageEquals("fail", StashInGroupsTest::fail)
                .onAnyMessage(message -> {
                    if (message.startsWith("early ")) {
                        // Replayed one by one.
                        handled.add(message.substring(6));
                    } else {
                        stash.stash(message);
                    }
                    return Behaviors.same();
                })
                .build();
    }

    private String handle(String message) {
        return "early " + message;
    }

    private static Behavior<String> fail() {
        throw new IllegalStateException("as told");
    }

    private Behavior<String> handling(UnaryOperator<String> with) {
        return Behaviors.receive(String.class)
                .onMessageEquals("fail", StashInGroupsTest::fail)
                .onMessageEquals("stop", Behaviors::stopped)
                .onAnyMessage(message -> {
                    handled.add(with.apply(message));
                    return Behaviors.same();
                })
                .build();
    }

    private static Behavior<String> restarting(Behavior<String> behavior) {
        return Behaviors.supervise(behavior).onFailure(SupervisorStrategy.restart());
    }

    private static List<String> numbers(int from, int to) {
        return IntStream.range(from, to).mapToObj(Integer::toString).toList();
    }

    private void awaitHandled(List<String> expected) {
        Systems.await("messages: " + handled, () -> handled.size() >= expected.size());
        assertThat(handled).containsExactlyElementsOf(expected);
    }

    @ParameterizedTest
    @CsvSource({"on-top, 20ms", "hand-over, 1ms"})
    void unstashAll_isOneTurn_inTheOrderOfArrival(String pause, String slice) {
        Groups groups = systems.groups(2, "pause = " + pause, "hand-over-after = " + slice);
        Document page = Systems.background(groups);
        SchedulerGroup tab = page.tab().tabGroup();
        Behavior<String> passing = Behaviors.receiveMessage(message -> {
            handled.add(message);
            return Behaviors.same();
        });
        ActorRef<String> neighbour = Systems.spawn(tab, passing, "neighbour");
        CountDownLatch unrelated = new CountDownLatch(100);
        Behavior<String> replayed = handling(message -> {
            if (message.equals("0")) {
                neighbour.tell("neighbour");
                page.dispatch("task", TaskCategory.UI, () -> handled.add("task"));
                tab.dispatch("task", TaskCategory.UI, () -> handled.add("task"));
                run(unrelated, Systems.background(groups), Systems.foreground(groups));
            }
            Systems.spin(20_000);
            while (message.equals("50") && unrelated.getCount() > 0) {
                Turn.checkpoint();
            }
            assertThat(SchedulerGroup.current()).contains(page.docGroup());
            return message;
        });
        int count = 100;
        ActorRef<String> actor = spawn(page.docGroup(), Behaviors.withStash(count, stash -> stashing(stash, replayed)));
        numbers(0, count).forEach(actor::tell);
        actor.tell("go");
        actor.tell("after");
        Systems.await("all", () -> handled.size() == count + 4);
        assertThat(handled.subList(0, count)).containsExactlyElementsOf(numbers(0, count));
        assertThat(handled).containsOnlyOnce("neighbour", "after");
        turns.assertFaultless();
    }

    private static void run(CountDownLatch tasks, Document... pages) {
        for (long i = tasks.getCount(); i > 0; i--) {
            pages[(int) i % pages.length].dispatch("unrelated", TaskCategory.OTHER, tasks::countDown);
        }
    }

    private ActorRef<String> spawn(SchedulerGroup group, Behavior<String> behavior) {
        return Systems.spawn(group, turns.watch(group, String.class, behavior), "actor-" + ++actors);
    }

    @Test
    void unstash_replaysSoMany_andKeepsTheRest() {
        SchedulerGroup page = Systems.background(systems.groups(2)).docGroup();
        ActorRef<String> actor =
                spawn(page, Behaviors.withStash(10, stash -> stashing(stash, handling(message -> "late " + message))));
        List.of("a", "b", "c", "two", "d", "go", "e").forEach(actor::tell);
        awaitHandled(List.of("a", "b", "late c", "late d", "late e"));
        turns.assertFaultless();
    }

    @Test
    void overflow_isAFailureLikeAnyOther() {
        SchedulerGroup page = Systems.background(systems.groups(1)).docGroup();
        Behavior<String> behavior = Behaviors.withStash(2, stash -> stashing(stash, handling(message -> message)));
        ActorRef<String> actor = spawn(
                page,
                Behaviors.supervise(behavior).onFailure(StashOverflowException.class, SupervisorStrategy.resume()));
        List.of("a", "b", "too much", "go", "c").forEach(actor::tell);
        awaitHandled(List.of("a", "b", "c"));
        turns.assertFaultless();
    }

    @Test
    void restart_forgetsAStashInside_andKeepsOneOutside() {
        SchedulerGroup page = Systems.background(systems.groups(2)).docGroup();
        ActorRef<String> inside = spawn(
                page,
                restarting(Behaviors.withStash(
                        10, stash -> stashing(stash, handling(message -> "inside " + message)))));
        List.of("lost", "fail", "kept", "go").forEach(inside::tell);
        awaitHandled(List.of("inside kept"));
        handled.clear();
        ActorRef<String> outside = spawn(
                page,
                Behaviors.withStash(
                        10, stash -> restarting(stashing(stash, handling(message -> "outside " + message)))));
        List.of("kept", "fail", "kept too", "go").forEach(outside::tell);
        awaitHandled(List.of("outside kept", "outside kept too"));
        turns.assertFaultless();
    }

    @Test
    void failureInAReplay_isThatMessagesOnly_whereTheActorResumes() {
        SchedulerGroup page = Systems.background(systems.groups(2)).docGroup();
        Behavior<String> behavior = Behaviors.withStash(
                10,
                stash -> Behaviors.receive(String.class)
                        .onMessageEquals("go", () -> stash.unstashAll(handling(message -> message)))
                        .onAnyMessage(message -> {
                            stash.stash(message);
                            return Behaviors.same();
                        })
                        .build());
        ActorRef<String> actor = spawn(page, Behaviors.supervise(behavior).onFailure(SupervisorStrategy.resume()));
        List.of("a", "fail", "b", "go", "c").forEach(actor::tell);
        // As Pekko has it: the replay ends with the failure, and what was not replayed stays in the stash.
        awaitHandled(List.of("a", "c"));
        turns.assertFaultless();
    }

    @Test
    void replayThatStopsTheActor_sendsTheRestToDeadLetters() {
        ActorTestKit kit = systems.start(2);
        DocGroup page = Systems.background(Groups.get(kit.system())).docGroup();
        Queue<Object> letters = DeadLetters.of(kit, systems);
        ActorRef<String> actor =
                spawn(page, Behaviors.withStash(10, stash -> stashing(stash, handling(message -> message))));
        Gate gate = systems.occupy(page);
        List.of("a", "stop", "b", "c", "go", "d", "e").forEach(actor::tell);
        gate.open();
        Systems.await("dead letters", () -> letters.size() == 4);
        assertThat(letters).containsExactly("b", "c", "d", "e");
        assertThat(handled).containsExactly("a");
        turns.assertFaultless();
    }
}
