package dev.peili.actors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peili.actors.Systems.Gate;
import dev.peili.actors.internal.dispatch.Carrier;
import dev.peili.actors.internal.dispatch.Label;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import org.apache.pekko.actor.InternalActorRef;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Promise G6 for messages that are handled in another group than their actor, whichever of the two comes to its end. */
final class LabelledMessagesEndTest {
    @RegisterExtension
    final Systems systems = new Systems();

    private final long seed = Systems.seed();
    private final List<String> handled = Collections.synchronizedList(new ArrayList<>());
    private ActorTestKit kit;
    private Groups groups;
    private DocGroup own;
    private Queue<Object> letters;

    @BeforeEach
    void start() {
        kit = systems.start(2);
        groups = Groups.get(kit.system());
        own = Systems.background(groups).docGroup();
        letters = DeadLetters.of(kit, systems);
    }

    private Parcel labelled(int number, SchedulerGroup group) {
        return Parcel.of(number, group, TaskCategory.OTHER, kit.system());
    }

    private Behavior<Parcel> handling() {
        return Behaviors.receive(Parcel.class)
                .onMessage(Parcel.class, parcel -> handle(parcel.carried()))
                .onSignal(PostStop.class, signal -> handle("stop"))
                .build();
    }

    private Behavior<Parcel> handle(Object what) {
        handled.add(what + " in " + SchedulerGroup.current().orElse(null));
        return Behaviors.same();
    }

    private void awaitHandled(String... what) {
        Systems.await("messages", () -> handled.size() >= what.length);
        assertThat(handled).containsExactly(what);
    }

    private static boolean hasEnded(SchedulerGroup group) {
        try {
            group.props(TaskCategory.UI);
            return false;
        } catch (RejectedExecutionException e) {
            return true;
        }
    }

    private void runAWhile() {
        Document elsewhere = Systems.background(groups);
        for (int i = 0; i < 50; i++) {
            Systems.runThrough(elsewhere.docGroup(), TaskCategory.OTHER);
        }
    }

    // --- The group of the label -------------------------------------------------------------------------------------

    @Test
    void labelOfAClosedGroup_countsNoLonger() {
        ActorRef<Parcel> actor = Systems.spawn(own, handling(), "actor");
        Document document = Systems.background(groups);
        DocGroup group = document.docGroup();
        Gate gate = systems.occupy(group);
        Parcel early = labelled(1, group);
        document.close();
        actor.tell(early);
        actor.tell(labelled(2, group));
        awaitHandled("1 in " + own, "2 in " + own);
        gate.open();
        Systems.await("end of " + group, () -> hasEnded(group));
        actor.tell(early);
        actor.tell(labelled(3, group));
        awaitHandled("1 in " + own, "2 in " + own, "1 in " + own, "3 in " + own);
    }

    @Test
    void groupThatIsClosed_endsAfterLabelledTurnsThatWait() {
        ActorRef<Parcel> actor = Systems.spawn(own, handling(), "actor");
        for (boolean suspended : new boolean[] {false, true}) {
            handled.clear();
            Document document = Systems.background(groups);
            DocGroup group = document.docGroup();
            Gate gate = systems.occupy(group);
            actor.tell(labelled(1, group));
            actor.tell(labelled(2, group));
            Systems.runThrough(own, TaskCategory.IDLE_CALLBACK);
            if (suspended) {
                group.suspend();
            }
            document.close();
            gate.open();
            // The first had come in; the second is scheduled when the door is closed.
            awaitHandled("1 in " + group, "2 in " + own);
            Systems.await("end of " + group, () -> hasEnded(group));
        }
    }

    @Test
    void groupThatIsClosed_endsAfterALabelledTurnThatIsOpen() {
        Document document = Systems.background(groups);
        DocGroup group = document.docGroup();
        Gate gate = systems.gate();
        ActorRef<Parcel> actor = Systems.spawn(
                own,
                Behaviors.receiveMessage(parcel -> {
                    gate.run();
                    return handle(parcel.carried());
                }),
                "actor");
        actor.tell(labelled(1, group));
        gate.awaitEntered();
        document.tab().close();
        runAWhile();
        assertThat(hasEnded(group)).isFalse();
        gate.open();
        awaitHandled("1 in " + group);
        Systems.await("end", () -> hasEnded(group) && hasEnded(document.tab().tabGroup()));
    }

    @Test
    void groupThatIsStopped_givesWhatWaitsBackToTheActors() {
        ActorRef<Parcel> actor = Systems.spawn(own, handling(), "actor");
        ActorRef<Parcel> other = Systems.spawn(own, handling(), "other");
        Document document = Systems.background(groups);
        DocGroup group = document.docGroup();
        group.superviseTasks(TaskSupervision.stop());
        Gate gate = systems.gate();
        group.dispatch("fails", TaskCategory.UI, () -> {
            gate.run();
            throw new IllegalStateException("as told");
        });
        gate.awaitEntered();
        actor.tell(labelled(1, group));
        actor.tell(labelled(2, group));
        Systems.runThrough(own, TaskCategory.IDLE_CALLBACK);
        group.dispatch("dropped", TaskCategory.OTHER, () -> {});
        gate.open();
        awaitHandled("1 in " + own, "2 in " + own);
        other.tell(labelled(3, group));
        awaitHandled("1 in " + own, "2 in " + own, "3 in " + own);
        Systems.await("end of " + group, () -> hasEnded(group));
        assertThat(letters).hasSize(1).allMatch(DroppedTask.class::isInstance);
    }

    @Test
    void actorSystemThatEnds_waitsForNoSuspendedLabel() {
        ActorRef<Parcel> actor = Systems.spawn(own, handling(), "actor");
        SchedulerGroup group = groups.openTab().tabGroup();
        group.suspend();
        actor.tell(labelled(1, group));
        Systems.runThrough(own, TaskCategory.IDLE_CALLBACK);
        kit.system().terminate();
        Systems.await("end", () -> kit.system().whenTerminated().isCompleted());
        assertThat(handled).endsWith("stop in " + own).doesNotContain("1 in " + group);
    }

    @Test
    void labelledMessages_whileTheirGroupsEnd_areHandledOnceAndInOrder() {
        Random random = new Random(seed);
        ActorRef<Parcel> actor = Systems.spawn(own, handling(), "actor");
        int messages = 10;
        for (int round = 0; round < Systems.rounds(1_000, 50_000); round++) {
            handled.clear();
            Document document = random.nextBoolean() ? Systems.background(groups) : Systems.foreground(groups);
            SchedulerGroup group =
                    random.nextBoolean() ? document.docGroup() : document.tab().tabGroup();
            group.superviseTasks(TaskSupervision.stop());
            int delay = random.nextInt(30_000);
            int how = random.nextInt(4);
            Systems.inParallel(
                    () -> IntStream.range(0, messages).forEach(i -> actor.tell(labelled(i, group))),
                    () -> end(document, group, how, delay));
            Systems.await("all of round " + round + ", seed " + seed, () -> handled.size() >= messages);
            for (int i = 0; i < messages; i++) {
                assertThat(handled.get(i)).as("seed %d", seed).isIn(i + " in " + group, i + " in " + own);
            }
            Systems.await("end of round " + round + ", seed " + seed, () -> hasEnded(group));
            assertThat(handled).as("seed %d", seed).hasSize(messages);
        }
    }

    private static void end(Document document, SchedulerGroup group, int how, int delay) {
        if (how == 0) {
            group.suspend();
        }
        Systems.spin(delay);
        if (how == 1) {
            group.dispatch("fails", TaskCategory.UI, () -> {
                throw new IllegalStateException("as told");
            });
        } else {
            document.tab().close();
        }
        if (how == 1) {
            // A DocGroup that has stopped leaves its TabGroup open.
            Systems.await("end of " + group, () -> hasEnded(group));
            document.tab().close();
        }
    }

    @Test
    void groupThatIsOver_isNotKeptByTheActorsItHadMessagesFor() {
        ActorRef<Parcel> actor = Systems.spawn(own, handling(), "actor");
        WeakReference<TabGroup> group = groupOfOneMessage(actor);
        Systems.await("collection", () -> {
            System.gc();
            return group.get() == null;
        });
        actor.tell(Parcel.of(2));
        Systems.await("message", () -> handled.size() == 2);
    }

    private WeakReference<TabGroup> groupOfOneMessage(ActorRef<Parcel> actor) {
        Document document = Systems.background(groups);
        actor.tell(labelled(1, document.docGroup()));
        Systems.await("message", () -> handled.size() == 1);
        document.tab().close();
        return new WeakReference<>(document.tab().tabGroup());
    }

    // --- The actor --------------------------------------------------------------------------------------------------

    @Test
    void signal_doesNotWaitForASuspendedLabel() {
        SchedulerGroup suspended = groups.openTab().tabGroup();
        suspended.suspend();
        TestProbe<Object> probe = kit.createTestProbe();
        ActorRef<Parcel> actor = kit.spawn(handling(), own.props(TaskCategory.UI));
        actor.tell(labelled(1, suspended));
        actor.tell(Parcel.of(2));
        Systems.runThrough(own, TaskCategory.IDLE_CALLBACK);
        kit.stop(actor);
        probe.expectTerminated(actor, Duration.ofSeconds(10));
        awaitHandled("stop in " + own);
        Systems.await("dead letters", () -> letters.size() == 2);
        assertThat(letters).extracting(letter -> ((Parcel) letter).carried()).containsExactly(1, 2);
    }

    @Test
    void signalsThatDoNotEndTheActor_leaveTheMessageWaiting() {
        SchedulerGroup suspended = groups.openTab().tabGroup();
        suspended.suspend();
        ActorRef<Parcel> actor = Systems.spawn(own, handling(), "actor");
        actor.tell(labelled(1, suspended));
        actor.tell(Parcel.of(2));
        Systems.runThrough(own, TaskCategory.IDLE_CALLBACK);
        for (int i = 0; i < 10; i++) {
            kit.spawn(Behaviors.setup(context -> {
                context.watch(actor);
                return Behaviors.empty();
            }));
            runAWhile();
        }
        assertThat(handled).isEmpty();
        suspended.resume();
        awaitHandled("1 in " + suspended, "2 in " + own);
    }

    /** A message whose actor is stopped when it is asked for its label for the second time: while it is being queued there. */
    private static final class Hesitating implements Carrier {
        private final Label label;
        private final Runnable stop;
        private int asked;

        Hesitating(Label label, Runnable stop) {
            this.label = label;
            this.stop = stop;
        }

        @Override
        public Object carried() {
            return this;
        }

        @Override
        public Label label() {
            if (++asked == 2) {
                stop.run();
            }
            return label;
        }
    }

    @Test
    void signal_doesNotWait_thoughTheMessageIsJustBeingQueued() {
        SchedulerGroup suspended = groups.openTab().tabGroup();
        suspended.suspend();
        ActorRef<Hesitating> actor = kit.spawn(
                Behaviors.receive(Hesitating.class)
                        .onSignal(PostStop.class, signal -> {
                            handle("stop");
                            return Behaviors.same();
                        })
                        .build(),
                own.props(TaskCategory.OTHER));
        Systems.runThrough(own, TaskCategory.IDLE_CALLBACK);
        Label label = Label.of(suspended.eventTargetFor(TaskCategory.OTHER), kit.system());
        actor.tell(new Hesitating(label, () -> ((InternalActorRef) Adapter.toClassic(actor)).stop()));
        // Nobody watches the actor: that would be another signal.
        awaitHandled("stop in " + own);
        Systems.await("dead letter", () -> letters.size() == 1);
    }

    @Test
    void stop_atAnyMoment_reachesAnActorWhoseMessageWaits() {
        Random random = new Random(seed);
        SchedulerGroup suspended = groups.openTab().tabGroup();
        suspended.suspend();
        for (int round = 0; round < Systems.rounds(2_000, 100_000); round++) {
            ActorRef<Parcel> actor = kit.spawn(handling(), own.props(TaskCategory.OTHER));
            int before = random.nextInt(3_000);
            int later = random.nextInt(3_000);
            Systems.inParallel(
                    () -> {
                        Systems.spin(before);
                        actor.tell(Parcel.of(0));
                        actor.tell(labelled(1, suspended));
                    },
                    () -> {
                        Systems.spin(later);
                        kit.stop(actor, Duration.ofSeconds(10));
                    });
        }
        assertThat(handled).as("seed %d", seed).noneMatch(what -> what.contains("in " + suspended));
    }

    @Test
    void mailboxOfAnActorThatEnds_becomesDeadLettersInOrder() {
        int messages = 100;
        List<SchedulerGroup> labels = List.of(
                own.tabGroup(),
                groups.root(),
                groups.openTab().tabGroup(),
                Systems.foreground(groups).docGroup());
        for (int last = 0; last < 20; last++) {
            int end = last;
            handled.clear();
            letters.clear();
            ActorRef<Parcel> actor = Systems.spawn(
                    own,
                    Behaviors.receiveMessage(parcel -> {
                        handle(parcel.carried());
                        return parcel.carried() == end ? Behaviors.stopped() : Behaviors.same();
                    }),
                    "actor-" + last);
            Gate gate = systems.occupy(own);
            for (int i = 0; i < messages; i++) {
                actor.tell(i % 5 == 0 ? Parcel.of(i) : labelled(i, labels.get(i % 4)));
            }
            gate.open();
            Systems.await("books that balance", () -> handled.size() + letters.size() == messages);
            assertThat(handled).hasSize(last + 1);
            assertThat(letters)
                    .extracting(letter -> ((Parcel) letter).carried())
                    .isEqualTo(IntStream.range(last + 1, messages).boxed().toList());
        }
    }

    @Test
    void groupOfTheActorThatIsStopped_waitsForNoSuspendedLabel() {
        SchedulerGroup suspended = groups.openTab().tabGroup();
        suspended.suspend();
        own.superviseTasks(TaskSupervision.stop());
        ActorRef<Parcel> actor = Systems.spawn(own, handling(), "actor");
        actor.tell(labelled(1, suspended));
        Systems.runThrough(own, TaskCategory.IDLE_CALLBACK);
        own.dispatch("fails", TaskCategory.OTHER, () -> {
            throw new IllegalStateException("as told");
        });
        Systems.await("end of " + own, () -> hasEnded(own));
        awaitHandled("stop in " + own);
    }
}
