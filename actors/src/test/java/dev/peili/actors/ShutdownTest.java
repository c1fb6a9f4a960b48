package dev.peili.actors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import dev.peili.actors.Systems.Gate;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.actor.AllDeadLetters;
import org.apache.pekko.actor.DeadLetter;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Promise G6 at the end of the actor system: what is queued runs, or becomes dead letters, and nothing hangs. */
final class ShutdownTest {
    private static final String PHASE = "pekko.coordinated-shutdown.phases.before-actor-system-terminate.timeout = 1s";

    @RegisterExtension
    final Systems systems = new Systems();

    private final Queue<Object> dead = new ConcurrentLinkedQueue<>();
    private final AtomicInteger runs = new AtomicInteger();

    @Test
    void queuedWork_runs_beforeTheSystemEnds() {
        ActorTestKit kit = systems.start(2);
        Groups groups = Groups.get(kit.system());
        for (int g = 0; g < 20; g++) {
            DocGroup group = Systems.background(groups).docGroup();
            for (int i = 0; i < 500; i++) {
                group.dispatch("queued", TaskCategory.IDLE_CALLBACK, runs::incrementAndGet);
            }
        }
        kit.system().terminate();
        Systems.get(kit.system().getWhenTerminated());
        assertThat(runs).hasValue(10_000);
    }

    @Test
    void whatIsLeftAfterThePhasesTime_becomesDeadLetters() {
        ActorTestKit kit = systems.start(ConfigFactory.parseString(PHASE).withFallback(Systems.config("permits = 2")));
        listen(kit);
        Groups groups = Groups.get(kit.system());
        DocGroup group = Systems.background(groups).docGroup();
        Gate gate = systems.occupy(group);
        for (int i = 0; i < 100; i++) {
            group.dispatch("never", TaskCategory.OTHER, runs::incrementAndGet);
        }
        kit.system().terminate();
        Systems.get(kit.system().getWhenTerminated());
        assertThat(dead).hasSize(100).allMatch(new DroppedTask("never", TaskCategory.OTHER, group)::equals);
        gate.open();
        assertThat(runs).hasValue(0);
    }

    @Test
    void whatWaitsInASuspendedGroup_becomesDeadLettersAtOnce() {
        ActorTestKit kit = systems.start(2);
        listen(kit);
        Groups groups = Groups.get(kit.system());
        DocGroup group = Systems.background(groups).docGroup();
        group.suspend();
        group.dispatch("suspended", TaskCategory.OTHER, runs::incrementAndGet);
        kit.system().terminate();
        Systems.get(kit.system().getWhenTerminated());
        assertThat(dead).containsExactly(new DroppedTask("suspended", TaskCategory.OTHER, group));
        assertThat(runs).hasValue(0);
    }

    @Test
    void dispatchDuringTheShutdown_isRejected() {
        ActorTestKit kit = systems.start(2);
        Groups groups = Groups.get(kit.system());
        DocGroup group = Systems.background(groups).docGroup();
        Gate gate = systems.occupy(group);
        kit.system().terminate();
        Systems.await("closed", () -> !group.isOpen());
        assertThatThrownBy(() -> group.dispatch("late", TaskCategory.OTHER, runs::incrementAndGet))
                .isInstanceOf(RejectedExecutionException.class);
        gate.open();
        Systems.get(kit.system().getWhenTerminated());
        assertThat(runs).hasValue(0);
    }

    @Test
    void actorsOfGroups_areStoppedByTheirSystem_notBefore() {
        ActorTestKit kit = systems.start(2);
        Groups groups = Groups.get(kit.system());
        DocGroup group = Systems.background(groups).docGroup();
        ActorRef<String> actor = Systems.spawn(
                group,
                Behaviors.receiveMessage(message -> {
                    runs.incrementAndGet();
                    return Behaviors.same();
                }),
                "counting");
        Gate gate = systems.occupy(group);
        group.dispatch("tells", TaskCategory.OTHER, () -> actor.tell("x"));
        kit.system().terminate();
        Systems.await("closed", () -> !group.isOpen());
        gate.open();
        Systems.get(kit.system().getWhenTerminated());
        assertThat(runs.get()).isBetween(0, 1);
    }

    @Test
    void actorsOfGroups_whoseParentIsASystemActor_allStop_andNoneIsInTheWayOfTheRootGroups() {
        for (int round = 0; round < Systems.rounds(20, 500); round++) {
            ActorSystem<Void> system = systems.start(2).system();
            Groups groups = Groups.get(system);
            List<SchedulerGroup> members = new ArrayList<>();
            for (int g = 0; g < 10; g++) {
                DocGroup page = Systems.background(groups).docGroup();
                members.addAll(List.of(page, page.tabGroup(), groups.root()));
            }
            AtomicInteger stopped = new AtomicInteger();
            CountDownLatch started = new CountDownLatch(members.size());
            system.systemActorOf(hostIn(members, started, stopped), "host", Props.empty());
            Systems.await(started);
            system.terminate();
            Systems.get(system.getWhenTerminated());
            assertThat(stopped).hasValue(members.size());
        }
    }

    /** Has a child in each of the groups. */
    private static Behavior<Void> hostIn(List<SchedulerGroup> groups, CountDownLatch started, AtomicInteger stopped) {
        return Behaviors.setup(host -> {
            for (SchedulerGroup group : groups) {
                Behavior<Void> child = Behaviors.setup(context -> {
                    started.countDown();
                    return whenStopped(stopped::incrementAndGet);
                });
                host.spawnAnonymous(child, group.props(TaskCategory.OTHER));
            }
            return Behaviors.ignore();
        });
    }

    private static Behavior<Void> whenStopped(Runnable action) {
        return Behaviors.receive(Void.class)
                .onSignal(PostStop.class, stop -> {
                    action.run();
                    return Behaviors.same();
                })
                .build();
    }

    @Test
    void actorOfTheRootGroup_stopsAfterAnOpenTurn_ofAGroupThatHasEnded() {
        ActorSystem<Void> system = startWithoutPhases().system();
        Groups groups = Groups.get(system);
        AtomicBoolean turnIsOpen = new AtomicBoolean();
        AtomicReference<Boolean> stoppedInTurn = new AtomicReference<>();
        CompletableFuture<ActorRef<Void>> started = new CompletableFuture<>();
        Behavior<Void> member = Behaviors.setup(context -> {
            started.complete(context.getSelf());
            return whenStopped(() -> stoppedInTurn.set(turnIsOpen.get()));
        });
        system.systemActorOf(member, "member", groups.root().props(TaskCategory.OTHER));
        Systems.get(started);
        turnIsOpen.set(true);
        Gate turn = systems.occupy(Systems.background(groups).docGroup());
        // Has the other permit, so that the end of the groups comes before that of the actor.
        Gate permit = systems.gate();
        systems.loose().execute(permit);
        permit.awaitEntered();
        system.terminate();
        Systems.await("end of the groups", () -> groups.snapshot().isEmpty());
        permit.open();
        systems.runLoose(10);
        turnIsOpen.set(false);
        turn.open();
        Systems.get(system.getWhenTerminated());
        assertThat(stoppedInTurn).hasValue(false);
    }

    private ActorTestKit startWithoutPhases() {
        return systems.start(ConfigFactory.parseString("pekko.coordinated-shutdown.run-by-actor-system-terminate = off")
                .withFallback(Systems.config("permits = 2")));
    }

    @Test
    void systemWithoutItsOwnPhase_dropsAtOnce() {
        ActorTestKit kit = startWithoutPhases();
        Groups groups = Groups.get(kit.system());
        DocGroup group = Systems.background(groups).docGroup();
        Gate gate = systems.occupy(group);
        group.dispatch("dropped", TaskCategory.OTHER, runs::incrementAndGet);
        kit.system().terminate();
        Systems.get(kit.system().getWhenTerminated());
        gate.open();
        assertThat(runs).hasValue(0);
    }

    @Test
    void noThreadIsLeft_andAnotherSystemWorks() {
        for (int i = 0; i < 3; i++) {
            ActorTestKit kit = systems.start(3);
            ActorSystem<Void> system = kit.system();
            Groups groups = Groups.get(system);
            for (int g = 0; g < 10; g++) {
                Systems.background(groups).dispatch("task", TaskCategory.OTHER, runs::incrementAndGet);
            }
            system.terminate();
            Systems.get(system.getWhenTerminated());
            Systems.await("no thread left", () -> Systems.threads(system) == 0);
        }
        assertThat(runs).hasValue(30);
    }

    /** Another system's actor receives them, so that they are not lost with this one. */
    private void listen(ActorTestKit kit) {
        ActorRef<AllDeadLetters> receiver = systems.start(1).spawn(Behaviors.receiveMessage(letter -> {
            if (letter instanceof DeadLetter && letter.message() instanceof DroppedTask) {
                dead.add(letter.message());
            }
            return Behaviors.same();
        }));
        Adapter.toClassic(kit.system()).eventStream().subscribe(Adapter.toClassic(receiver), DeadLetter.class);
    }
}
