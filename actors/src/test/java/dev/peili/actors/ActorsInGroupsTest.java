package dev.peili.actors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.peili.actors.Systems.Gate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.InvalidActorNameException;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.PreRestart;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Actors in groups: everything that they handle is a turn of their group (promises G1 and G2 for actors). */
final class ActorsInGroupsTest {
    @RegisterExtension
    final Systems systems = new Systems();

    /** Says that something was handled, and in which group. */
    private static void report(TestProbe<String> probe, String what) {
        probe.ref().tell(what + " in " + SchedulerGroup.current().map(SchedulerGroup::name));
    }

    private static void expect(TestProbe<String> probe, String what, SchedulerGroup group) {
        probe.expectMessage(what + " in " + Optional.of(group.name()));
    }

    private static Behavior<String> everything(TestProbe<String> probe) {
        return Behaviors.setup(context -> {
            report(probe, "setup");
            ActorRef<Integer> adapter = context.messageAdapter(Integer.class, number -> {
                report(probe, "adapter");
                return "adapted";
            });
            return Behaviors.withTimers(timers -> Behaviors.receive(String.class)
                    .onMessageEquals("stop", Behaviors::stopped)
                    .onMessageEquals("timer", () -> {
                        timers.startSingleTimer("expired", Duration.ofMillis(1));
                        return Behaviors.same();
                    })
                    .onMessageEquals("child", () -> {
                        context.watch(context.spawnAnonymous(Behaviors.stopped()));
                        return Behaviors.same();
                    })
                    .onMessageEquals("adapt", () -> {
                        adapter.tell(1);
                        return Behaviors.same();
                    })
                    .onMessageEquals("fail", () -> {
                        throw new IllegalStateException("as told");
                    })
                    .onAnyMessage(message -> {
                        report(probe, message);
                        return Behaviors.same();
                    })
                    .onSignal(Terminated.class, signal -> {
                        report(probe, "terminated");
                        return Behaviors.same();
                    })
                    .onSignal(PreRestart.class, signal -> {
                        report(probe, "restart");
                        return Behaviors.same();
                    })
                    .onSignal(PostStop.class, signal -> {
                        report(probe, "stop");
                        return Behaviors.same();
                    })
                    .build());
        });
    }

    private void exercise(TestProbe<String> probe, ActorRef<String> actor, SchedulerGroup group) {
        expect(probe, "setup", group);
        actor.tell("message");
        expect(probe, "message", group);
        actor.tell("timer");
        expect(probe, "expired", group);
        actor.tell("child");
        expect(probe, "terminated", group);
        actor.tell("adapt");
        expect(probe, "adapter", group);
        expect(probe, "adapted", group);
    }

    @Test
    void everythingOfAMember_runsInItsGroup() {
        ActorTestKit kit = systems.start(2);
        Groups groups = Groups.get(kit.system());
        TestProbe<String> probe = kit.createTestProbe(String.class);
        Document page = Systems.background(groups);
        for (SchedulerGroup group : List.of(page.docGroup(), page.tab().tabGroup(), groups.root())) {
            Behavior<String> behavior = Behaviors.supervise(everything(probe)).onFailure(SupervisorStrategy.restart());
            ActorRef<String> actor = Systems.spawn(group, behavior, "member");
            exercise(probe, actor, group);
            actor.tell("fail");
            expect(probe, "restart", group);
            exercise(probe, actor, group);
            actor.tell("stop");
            expect(probe, "stop", group);
        }
    }

    @Test
    void everythingOfAGuest_runsInItsGroup() {
        ActorTestKit kit = systems.start(2);
        Groups groups = Groups.get(kit.system());
        TestProbe<String> probe = kit.createTestProbe(String.class);
        Document page = Systems.foreground(groups);
        Props props = page.docGroup().props(TaskCategory.NETWORK);
        ActorRef<String> topLevel = kit.spawn(everything(probe), "top-level", props);
        exercise(probe, topLevel, page.docGroup());
        topLevel.tell("stop");
        expect(probe, "stop", page.docGroup());
        kit.spawn(
                Behaviors.<String>setup(context -> {
                    context.spawn(everything(probe), "child", props).tell("stop");
                    return Behaviors.empty();
                }),
                "parent");
        expect(probe, "setup", page.docGroup());
        expect(probe, "stop", page.docGroup());
    }

    @Test
    void childOnItsParentsDispatcher_isInNoGroup() {
        ActorTestKit kit = systems.start(2);
        Document page = Systems.background(Groups.get(kit.system()));
        TestProbe<String> probe = kit.createTestProbe(String.class);
        Systems.spawn(
                page.docGroup(),
                Behaviors.<String>setup(context -> {
                    context.spawn(
                            Behaviors.<String>setup(child -> {
                                report(probe, "child");
                                return Behaviors.<String>empty();
                            }),
                            "child",
                            DispatcherSelector.sameAsParent());
                    return Behaviors.empty();
                }),
                "parent");
        probe.expectMessage("child in " + Optional.empty());
    }

    @Test
    void members_waitForTurnsOfTheirGroup_evenAboveAndBelow() {
        ActorTestKit kit = systems.start(2);
        Groups groups = Groups.get(kit.system());
        Document page = Systems.background(groups);
        Document unrelated = Systems.background(groups);
        TestProbe<String> probe = kit.createTestProbe(String.class);
        AtomicInteger handled = new AtomicInteger();
        Behavior<String> counter = Behaviors.receiveMessage(message -> {
            handled.incrementAndGet();
            probe.ref().tell(message);
            return Behaviors.same();
        });
        List<ActorRef<String>> actors = List.of(
                Systems.spawn(page.docGroup(), counter, "doc"),
                Systems.spawn(page.tab().tabGroup(), counter, "tab"),
                kit.spawn(counter, page.docGroup().props(TaskCategory.UI)));
        for (SchedulerGroup group : List.of(page.docGroup(), page.tab().tabGroup())) {
            handled.set(0);
            Gate gate = systems.occupy(group);
            actors.forEach(actor -> actor.tell("message"));
            for (int i = 0; i < 50; i++) {
                Systems.runThrough(unrelated.docGroup(), TaskCategory.OTHER);
            }
            assertThat(handled).hasValue(0);
            gate.open();
            probe.receiveSeveralMessages(3);
        }
    }

    @Test
    void nameThatIsTaken_isRefused_andBadNamesToo() {
        Document page = Systems.background(systems.groups(1));
        Systems.spawn(page.docGroup(), Behaviors.<String>ignore(), "name");
        for (String name : List.of("name", "not a name", "")) {
            assertThatThrownBy(() -> page.docGroup()
                            .spawn(Behaviors.<String>ignore(), name, TaskCategory.UI)
                            .toCompletableFuture()
                            .join())
                    .hasCauseInstanceOf(InvalidActorNameException.class);
        }
        Systems.spawn(page.docGroup(), Behaviors.<String>ignore(), "other");
    }

    @Test
    void actorWhoseSetupFails_harmsNobody() {
        Document page = Systems.background(systems.groups(1));
        Systems.spawn(
                page.docGroup(),
                Behaviors.<String>setup(context -> {
                    throw new IllegalStateException("no setup");
                }),
                "actor");
        Systems.runThrough(page.docGroup(), TaskCategory.OTHER);
        page.tab().close();
        Systems.await("rejected props", () -> {
            try {
                page.tab().tabGroup().props(TaskCategory.UI);
                return false;
            } catch (java.util.concurrent.RejectedExecutionException e) {
                return true;
            }
        });
    }

    @Test
    void propsOfAnotherSystemsGroup_areRefused() {
        Document there = Systems.background(systems.groups(1));
        ActorTestKit kit = systems.start(1);
        Groups.get(kit.system());
        TestProbe<String> probe = kit.createTestProbe(String.class);
        kit.spawn(Behaviors.setup(context -> {
            try {
                context.spawn(everything(probe), "stray", there.docGroup().props(TaskCategory.UI));
                probe.ref().tell("spawned");
            } catch (RuntimeException e) {
                probe.ref().tell("refused: " + e.getCause());
            }
            return Behaviors.ignore();
        }));
        assertThat(probe.receiveMessage()).startsWith("refused").contains("another actor system");
    }

    @Test
    void stashedMessages_areHandledInTheGroup() {
        ActorTestKit kit = systems.start(1);
        Document page = Systems.background(Groups.get(kit.system()));
        TestProbe<String> probe = kit.createTestProbe(String.class);
        ActorRef<String> actor = Systems.spawn(
                page.docGroup(),
                Behaviors.withStash(
                        10,
                        stash -> Behaviors.receive(String.class)
                                .onMessageEquals(
                                        "go",
                                        () -> stash.unstashAll(Behaviors.receiveMessage(message -> {
                                            report(probe, message);
                                            return Behaviors.same();
                                        })))
                                .onAnyMessage(message -> {
                                    stash.stash(message);
                                    return Behaviors.same();
                                })
                                .build()),
                "stasher");
        List.of("one", "two", "go").forEach(actor::tell);
        expect(probe, "one", page.docGroup());
        expect(probe, "two", page.docGroup());
    }
}
