package dev.peili.actors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.peili.actors.Systems.Gate;
import dev.peili.actors.internal.dispatch.Label;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.pekko.actor.InternalActorRef;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.PreRestart;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.dispatch.sysmsg.Unwatch;
import org.apache.pekko.dispatch.sysmsg.Watch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Single messages that are handled in another group than their actor: promises G1, G3, G4, G5 and G8 for their turns. */
final class LabelledMessagesTest {
    private static final int SENDERS = 2;
    private static final int UNDERWAY_AT_MOST = 500;

    @RegisterExtension
    final Systems systems = new Systems();

    private final long seed = Systems.seed();
    private ActorTestKit kit;
    private Groups groups;
    private Document page;
    private Document unrelated;
    private TestProbe<String> probe;

    @BeforeEach
    void start() {
        start(2);
    }

    private void start(int permits, String... settings) {
        kit = systems.start(permits, settings);
        groups = Groups.get(kit.system());
        page = Systems.background(groups);
        unrelated = Systems.background(groups);
        probe = kit.createTestProbe(String.class);
    }

    private Parcel labelled(int number, SchedulerGroup group) {
        return Parcel.of(number, group, TaskCategory.OTHER, kit.system());
    }

    // --- Which group ------------------------------------------------------------------------------------------------

    /** Tells the probe what is handled where. */
    private Behavior<Parcel> reporting() {
        return Behaviors.setup(context -> {
            report("setup");
            return Behaviors.receive(Parcel.class)
                    .onMessage(Parcel.class, parcel -> {
                        report(parcel.carried());
                        return switch (parcel.carried()) {
                            case -1 -> Behaviors.stopped();
                            case -2 -> throw new IllegalStateException("as told");
                            case -3 -> {
                                context.watch(context.spawnAnonymous(Behaviors.stopped()));
                                yield Behaviors.same();
                            }
                            default -> Behaviors.same();
                        };
                    })
                    .onSignal(PostStop.class, signal -> report("stop"))
                    .onSignal(PreRestart.class, signal -> report("restart"))
                    .onSignal(Terminated.class, signal -> report("terminated"))
                    .build();
        });
    }

    private Behavior<Parcel> report(Object what) {
        probe.ref().tell(what + " in " + SchedulerGroup.current().orElse(null));
        return Behaviors.same();
    }

    private List<SchedulerGroup> allGroups() {
        return List.of(
                page.docGroup(),
                page.tab().tabGroup(),
                groups.root(),
                unrelated.docGroup(),
                unrelated.tab().tabGroup());
    }

    @Test
    void labelledMessage_isATurnOfItsLabel_andNoOtherIs() {
        for (SchedulerGroup own : allGroups()) {
            ActorRef<Parcel> actor = Systems.spawn(own, reporting(), "actor");
            probe.expectMessage("setup in " + own);
            for (int round = 0; round < 20; round++) {
                List<String> expected = new ArrayList<>();
                for (SchedulerGroup other : allGroups()) {
                    for (TaskCategory category : TaskCategory.values()) {
                        expected.add(expected.size() + " in " + other);
                        actor.tell(Parcel.of(expected.size() - 1, other, category, kit.system()));
                    }
                    expected.add(expected.size() + " in " + own);
                    actor.tell(Parcel.of(expected.size() - 1));
                }
                assertThat(probe.receiveSeveralMessages(expected.size())).isEqualTo(expected);
            }
        }
    }

    @Test
    void signals_areTurnsOfTheActorsGroup_thoughALabelledMessageCausesThem() {
        DocGroup own = page.docGroup();
        DocGroup other = unrelated.docGroup();
        for (int end : new int[] {-1, -2}) {
            ActorRef<Parcel> actor = kit.spawn(reporting(), own.props(TaskCategory.UI));
            probe.expectMessage("setup in " + own);
            actor.tell(labelled(-3, other));
            probe.expectMessage("-3 in " + other);
            probe.expectMessage("terminated in " + own);
            actor.tell(labelled(end, other));
            probe.expectMessage(end + " in " + other);
            probe.expectMessage("stop in " + own);
        }
    }

    @Test
    void restartByALabelledMessage_isPartOfItsTurn() {
        ActorRef<Parcel> actor = Systems.spawn(
                page.docGroup(), Behaviors.supervise(reporting()).onFailure(SupervisorStrategy.restart()), "actor");
        probe.expectMessage("setup in " + page.docGroup());
        actor.tell(labelled(-2, unrelated.docGroup()));
        probe.expectMessage("-2 in " + unrelated.docGroup());
        probe.expectMessage("restart in " + unrelated.docGroup());
        probe.expectMessage("setup in " + unrelated.docGroup());
        actor.tell(Parcel.of(1));
        probe.expectMessage("1 in " + page.docGroup());
    }

    @Test
    void groupLocal_isThatOfTheLabel() {
        GroupLocal<String> own = GroupLocal.withInitial(page.docGroup(), () -> "own");
        GroupLocal<String> labels = GroupLocal.withInitial(unrelated.docGroup(), () -> "label's");
        ActorRef<Parcel> actor = Systems.spawn(
                page.docGroup(),
                Behaviors.receiveMessage(parcel -> {
                    assertThatThrownBy(own::get)
                            .hasMessageContaining(page.docGroup().name());
                    return report(labels.get());
                }),
                "actor");
        actor.tell(labelled(0, unrelated.docGroup()));
        probe.expectMessage("label's in " + unrelated.docGroup());
    }

    @Test
    void groupOfAnotherSystem_givesNoLabel() {
        EventTarget there = systems.groups(1).openTab().tabGroup().eventTargetFor(TaskCategory.UI);
        assertThatThrownBy(() -> Label.of(there, kit.system()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("another actor system");
    }

    // --- What may be open beside it ---------------------------------------------------------------------------------

    @Test
    void labelledTurns_excludeTheirRelatives_andKeepTheOrder() {
        start(3, "chaos = on", "max-parked = 32");
        List<SchedulerGroup> all = new ArrayList<>(allGroups());
        all.add(page.tab().openDocument(Site.of("other")).docGroup());
        OpenTurns turns = new OpenTurns();
        Semaphore room = new Semaphore(UNDERWAY_AT_MOST);
        Queue<String> faults = new ConcurrentLinkedQueue<>();
        List<ActorRef<Parcel>> actors = all.stream()
                .map(group -> Systems.spawn(group, checking(group, turns, room, faults), "actor"))
                .toList();
        Runnable[] senders = new Runnable[SENDERS];
        Arrays.setAll(senders, sender -> () -> send(sender, all, actors, room));
        turns.amidTraffic(List.of(all.get(0), all.get(1), all.get(3)), () -> {
            Systems.inParallel(senders);
            Systems.await("all messages, seed " + seed, () -> room.availablePermits() == UNDERWAY_AT_MOST);
        });
        turns.assertFaultless();
        assertThat(faults).as("seed %d", seed).isEmpty();
    }

    private void send(int sender, List<SchedulerGroup> all, List<ActorRef<Parcel>> actors, Semaphore room) {
        Random random = new Random(seed + sender);
        int messages = Systems.rounds(10_000, 1_000_000);
        for (int number = sender; number < messages; number += SENDERS) {
            room.acquireUninterruptibly();
            SchedulerGroup group = all.get(random.nextInt(all.size()));
            // The root group is rare, as it should be.
            boolean plain = random.nextInt(3) == 0 || (group == groups.root() && random.nextInt(20) > 0);
            actors.get(random.nextInt(actors.size())).tell(plain ? Parcel.of(number) : labelled(number, group));
        }
    }

    private static Behavior<Parcel> checking(
            SchedulerGroup own, OpenTurns turns, Semaphore room, Queue<String> faults) {
        int[] last = {-1, -1};
        return Behaviors.receiveMessage(parcel -> {
            turns.turn(parcel.groupOr(own), "message " + parcel.carried(), () -> {
                int sender = parcel.carried() % SENDERS;
                if (parcel.carried() <= last[sender]) {
                    faults.add(parcel.carried() + " after " + last[sender]);
                }
                last[sender] = parcel.carried();
                return "";
            });
            room.release();
            return Behaviors.same();
        });
    }

    /** An actor whose messages each enter a gate. */
    private ActorRef<Parcel> waiting(SchedulerGroup group, Gate gate) {
        return Systems.spawn(
                group,
                Behaviors.receiveMessage(parcel -> {
                    gate.run();
                    return Behaviors.same();
                }),
                "waiting");
    }

    @Test
    void labelledTurn_isNoneOfTheActorsGroup() {
        Gate gate = systems.gate();
        waiting(page.docGroup(), gate).tell(labelled(0, unrelated.docGroup()));
        gate.awaitEntered();
        Systems.runThrough(page.docGroup(), TaskCategory.UI);
        Systems.runThrough(page.tab().tabGroup(), TaskCategory.UI);
    }

    @Test
    void labelledTurn_isOneOfARelatedActorsGroupToo() {
        Gate gate = systems.gate();
        waiting(page.docGroup(), gate).tell(labelled(0, page.tab().tabGroup()));
        gate.awaitEntered();
        List<String> ran = new CopyOnWriteArrayList<>();
        page.docGroup().dispatch("task", TaskCategory.UI, () -> ran.add("task"));
        for (int i = 0; i < 50; i++) {
            Systems.runThrough(unrelated.docGroup(), TaskCategory.OTHER);
        }
        assertThat(ran).isEmpty();
        gate.open();
        Systems.await("the task", () -> ran.size() == 1);
    }

    // --- When -------------------------------------------------------------------------------------------------------

    @Test
    void labelledMessage_isAsUrgentAsItsLabel() {
        start(1);
        Document foreground = Systems.foreground(groups);
        List<String> order = new CopyOnWriteArrayList<>();
        Behavior<Parcel> behavior = Behaviors.receiveMessage(parcel -> {
            order.add("message " + parcel.carried());
            return Behaviors.same();
        });
        ActorRef<Parcel> inBackground = Systems.spawn(page.docGroup(), behavior, "actor");
        ActorRef<Parcel> inForeground = Systems.spawn(foreground.docGroup(), behavior, "actor");
        Systems.runThrough(page.docGroup(), TaskCategory.IDLE_CALLBACK);
        Systems.runThrough(foreground.docGroup(), TaskCategory.IDLE_CALLBACK);
        Gate gate = systems.occupy(foreground.docGroup());
        inForeground.tell(labelled(1, page.docGroup()));
        unrelated.docGroup().dispatch("task", TaskCategory.UI, () -> order.add("background"));
        inBackground.tell(labelled(2, foreground.docGroup()));
        foreground.docGroup().dispatch("task", TaskCategory.IDLE_CALLBACK, () -> order.add("foreground"));
        gate.open();
        Systems.await("all", () -> order.size() == 4);
        assertThat(order).startsWith("message 2", "foreground");
    }

    @Test
    void labelledMessage_waitsForTheEndOfASuspension_andLaterOnesWithIt() {
        ActorRef<Parcel> actor = Systems.spawn(page.docGroup(), reporting(), "actor");
        ActorRef<Parcel> other = Systems.spawn(page.docGroup(), reporting(), "other");
        probe.receiveSeveralMessages(2);
        unrelated.docGroup().suspend();
        actor.tell(Parcel.of(1));
        actor.tell(labelled(2, unrelated.docGroup()));
        actor.tell(Parcel.of(3));
        actor.tell(labelled(4, page.tab().tabGroup()));
        probe.expectMessage("1 in " + page.docGroup());
        other.tell(Parcel.of(5));
        probe.expectMessage("5 in " + page.docGroup());
        Systems.runThrough(page.docGroup(), TaskCategory.IDLE_CALLBACK);
        probe.expectNoMessage(Duration.ZERO);
        unrelated.docGroup().resume();
        probe.expectMessage("2 in " + unrelated.docGroup());
        probe.expectMessage("3 in " + page.docGroup());
        probe.expectMessage("4 in " + page.tab().tabGroup());
    }

    /** A child that has failed is stopped as soon as its parent has handled a signal. */
    @Test
    void signal_waitsForALabelledMessage_butForNoSuspensionOfItsGroup() {
        for (SchedulerGroup suspended :
                List.of(unrelated.docGroup(), unrelated.tab().tabGroup())) {
            TestProbe<ActorRef<String>> children = kit.createTestProbe();
            ActorRef<Parcel> actor = kit.spawn(
                    Behaviors.setup(context -> {
                        children.ref().tell(context.spawn(failing(), "child"));
                        return reporting();
                    }),
                    page.docGroup().props(TaskCategory.OTHER));
            probe.expectMessage("setup in " + page.docGroup());
            Gate gate = systems.occupy(unrelated.docGroup());
            actor.tell(labelled(1, unrelated.docGroup()));
            Systems.runThrough(page.docGroup(), TaskCategory.IDLE_CALLBACK);
            children.receiveMessage().tell("fail");
            probe.expectMessage("child fails in null");
            Systems.runThrough(page.docGroup(), TaskCategory.IDLE_CALLBACK);
            probe.expectNoMessage(Duration.ZERO);
            suspended.suspend();
            probe.expectMessage("stop in null");
            suspended.resume();
            gate.open();
            probe.expectMessage("1 in " + unrelated.docGroup());
        }
    }

    private Behavior<String> failing() {
        return Behaviors.receive(String.class)
                .onAnyMessage(message -> {
                    report("child fails");
                    throw new IllegalStateException("as told");
                })
                .onSignal(PostStop.class, signal -> {
                    report("stop");
                    return Behaviors.same();
                })
                .build();
    }

    @Test
    void g5_signals_doNotKeepALabelledMessageFromItsTurn() {
        int backlog = 20;
        int signalEvery = 5;
        DocGroup busy = unrelated.docGroup();
        ActorRef<Parcel> actor = Systems.spawn(page.docGroup(), reporting(), "actor");
        probe.expectMessage("setup in " + page.docGroup());
        InternalActorRef receiver = (InternalActorRef) Adapter.toClassic(actor);
        InternalActorRef watcher = (InternalActorRef) Adapter.toClassic(probe.ref());
        AtomicInteger ran = new AtomicInteger();
        AtomicBoolean isHandled = new AtomicBoolean();
        for (int i = 0; i < backlog; i++) {
            keepBusy(busy, isHandled, () -> {
                int number = ran.incrementAndGet();
                if (number == backlog + 1) {
                    actor.tell(labelled(1, busy));
                }
                if (number % signalEvery == 0) {
                    receiver.sendSystemMessage(
                            number % 2 == 0 ? new Watch(receiver, watcher) : new Unwatch(receiver, watcher));
                }
            });
        }
        probe.expectMessage(Duration.ofSeconds(10), "1 in " + busy);
        isHandled.set(true);
        assertThat(ran.get()).isLessThan(20 * backlog);
    }

    private static void keepBusy(DocGroup group, AtomicBoolean isOver, Runnable turn) {
        group.dispatch("busy", TaskCategory.OTHER, () -> {
            turn.run();
            Systems.spin(100_000);
            if (!isOver.get()) {
                keepBusy(group, isOver, turn);
            }
        });
    }

    @Test
    void boundOfALane_isNoneForLabelledMessages() {
        unrelated.docGroup().setLaneCapacity(TaskCategory.OTHER, 1);
        ActorRef<Parcel> actor = Systems.spawn(page.docGroup(), reporting(), "actor");
        probe.expectMessage("setup in " + page.docGroup());
        Gate gate = systems.occupy(unrelated.docGroup());
        unrelated.docGroup().dispatch("fills the lane", TaskCategory.OTHER, () -> {});
        IntStream.range(0, 3).forEach(i -> actor.tell(labelled(i, unrelated.docGroup())));
        Systems.runThrough(page.docGroup(), TaskCategory.IDLE_CALLBACK);
        gate.open();
        IntStream.range(0, 3).forEach(i -> probe.expectMessage(i + " in " + unrelated.docGroup()));
    }
}
