package dev.peili.actors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peili.actors.Systems.Gate;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import jdk.jfr.consumer.RecordedEvent;
import org.apache.pekko.actor.DeadLetter;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Promise G9 for actors: every message in a group is a JFR event of its own. */
final class FlightRecorderMessagesTest {
    private static final Duration UNKNOWN = Duration.ofSeconds(Long.MIN_VALUE);
    private static final String SYSTEM_MESSAGES = "system messages";

    @RegisterExtension
    final Systems systems = new Systems();

    private record Work(long nanos) {}

    private record More(long nanos) {}

    /** Runs for as long as it is told. */
    private static Behavior<Object> worker(Queue<Long> ran) {
        return Behaviors.receiveMessage(message -> {
            long begun = System.nanoTime();
            Systems.spin(message instanceof Work work ? work.nanos() : ((More) message).nanos());
            ran.add(System.nanoTime() - begun);
            return Behaviors.same();
        });
    }

    private static List<RecordedEvent> of(ActorRef<?> actor, List<RecordedEvent> turns) {
        return turns.stream()
                .filter(turn -> turn.getString("actor") != null)
                .filter(turn -> turn.getString("actor")
                        .startsWith("" + Adapter.toClassic(actor).path()))
                .toList();
    }

    @Test
    void messagesOfABatch_areAnEventEach() {
        Document page = Systems.background(systems.groups(1));
        Queue<Long> ran = new ConcurrentLinkedQueue<>();
        ActorRef<Object> actor = Systems.spawn(page.docGroup(), worker(ran), "worker");
        try (Recorded recorded = Recorded.everything()) {
            Gate gate = systems.occupy(page.docGroup());
            long before = System.nanoTime();
            for (int i = 0; i < 5; i++) {
                actor.tell(new Work(200_000));
                actor.tell(new More(400_000));
            }
            long told = System.nanoTime();
            Systems.spin(2_000_000);
            long waited = System.nanoTime() - told;
            gate.open();
            Systems.await("all messages", () -> ran.size() == 10);
            Systems.runThrough(page.docGroup(), TaskCategory.OTHER);
            long after = System.nanoTime();

            List<RecordedEvent> turns = of(actor, recorded.end(Recorded.TURN, systems.latestSystem()));
            turns = turns.stream()
                    .filter(turn -> !turn.getString("name").equals(SYSTEM_MESSAGES))
                    .toList();
            assertThat(turns).hasSize(10);
            long inAll = 0;
            for (int i = 0; i < 10; i++) {
                RecordedEvent turn = turns.get(i);
                assertThat(turn.getString("name")).isEqualTo((i % 2 == 0 ? Work.class : More.class).getName());
                assertThat(turn.getString("category")).isEqualTo("OTHER");
                assertThat(turn.getString("group")).isEqualTo(page.docGroup().name());
                assertThat(turn.getDuration("queueTime"))
                        .isBetween(Duration.ofNanos(waited), Duration.ofNanos(after - before));
                assertThat(turn.getDuration("runTime")).isGreaterThanOrEqualTo(Duration.ofNanos(ran.remove()));
                assertThat(turn.getDuration("pausedTime")).isZero();
                assertThat(i == 0
                                || !turn.getStartTime()
                                        .isBefore(turns.get(i - 1).getEndTime()))
                        .as("%s", turn)
                        .isTrue();
                inAll += turn.getLong("runTime");
            }
            assertThat(inAll).isLessThanOrEqualTo(after - told);
        }
    }

    @Test
    void messageWithALabel_isAnEventOfItsLabel_namedAfterWhatItCarries() {
        ActorTestKit kit = systems.start(1);
        Groups groups = Groups.get(kit.system());
        Document page = Systems.background(groups);
        Document other = Systems.background(groups);
        TestProbe<Integer> probe = kit.createTestProbe(Integer.class);
        ActorRef<Parcel> actor = Systems.spawn(
                page.docGroup(),
                Behaviors.receiveMessage(parcel -> {
                    Systems.spin(200_000);
                    probe.ref().tell(parcel.carried());
                    return Behaviors.same();
                }),
                "actor");
        try (Recorded recorded = Recorded.everything()) {
            Gate gate = systems.occupy(other.docGroup());
            actor.tell(Parcel.of(0, other.docGroup(), TaskCategory.NETWORK, kit.system()));
            actor.tell(Parcel.of(1));
            long told = System.nanoTime();
            Systems.spin(2_000_000);
            long waited = System.nanoTime() - told;
            gate.open();
            probe.receiveSeveralMessages(2);
            Systems.runThrough(page.docGroup(), TaskCategory.IDLE_CALLBACK);
            Systems.runThrough(other.docGroup(), TaskCategory.IDLE_CALLBACK);

            List<RecordedEvent> turns = of(actor, recorded.end(Recorded.TURN, kit.system())).stream()
                    .filter(turn -> !turn.getString("name").equals(SYSTEM_MESSAGES))
                    .toList();
            assertThat(turns)
                    .extracting(turn -> turn.getString("group"))
                    .containsExactly(other.docGroup().name(), page.docGroup().name());
            assertThat(turns).extracting(turn -> turn.getString("category")).containsExactly("NETWORK", "OTHER");
            assertThat(turns)
                    .allMatch(turn -> turn.getString("name").equals(Integer.class.getName()))
                    .allMatch(turn -> turn.getDuration("queueTime").compareTo(Duration.ofNanos(waited)) >= 0)
                    .allMatch(turn -> turn.getDuration("runTime").compareTo(Duration.ofNanos(200_000)) >= 0);
        }
    }

    @Test
    void setupAndEnd_areEventsOfTheirOwn() {
        ActorTestKit kit = systems.start(1);
        Document page = Systems.background(Groups.get(kit.system()));
        TestProbe<String> probe = kit.createTestProbe(String.class);
        try (Recorded recorded = Recorded.everything()) {
            ActorRef<String> actor = kit.spawn(
                    Behaviors.<String>setup(context -> {
                        probe.ref().tell("setup");
                        return Behaviors.receive(String.class)
                                .onSignal(PostStop.class, signal -> {
                                    Systems.spin(500_000);
                                    return Behaviors.same();
                                })
                                .build();
                    }),
                    page.docGroup().props(TaskCategory.TIMER));
            probe.expectMessage("setup");
            Systems.runThrough(page.docGroup(), TaskCategory.IDLE_CALLBACK);
            kit.stop(actor);
            probe.expectTerminated(actor, Duration.ofSeconds(10));
            Systems.runThrough(page.docGroup(), TaskCategory.IDLE_CALLBACK);
            List<RecordedEvent> turns = of(actor, recorded.end(Recorded.TURN, systems.latestSystem()));
            assertThat(turns)
                    .hasSizeGreaterThanOrEqualTo(2)
                    .allMatch(turn -> turn.getString("name").equals(SYSTEM_MESSAGES))
                    .allMatch(turn -> turn.getString("category").equals("TIMER"))
                    .allMatch(turn -> turn.getDuration("queueTime").equals(UNKNOWN));
            assertThat(turns.get(turns.size() - 1).getDuration("runTime"))
                    .isGreaterThanOrEqualTo(Duration.ofNanos(500_000));
        }
    }

    @Test
    void messagePausedForAnotherActors_countsItAsPausedTime() {
        Groups groups = systems.groups(1, "hand-over-after = 0");
        Queue<Long> ran = new ConcurrentLinkedQueue<>();
        ActorRef<Object> urgent = Systems.spawn(Systems.foreground(groups).docGroup(), worker(ran), "urgent");
        AtomicBoolean done = new AtomicBoolean();
        ActorRef<String> paused = Systems.spawn(
                Systems.background(groups).docGroup(),
                Behaviors.receiveMessage(message -> {
                    urgent.tell(new Work(1_000_000));
                    urgent.tell(new Work(1_000_000));
                    while (ran.size() < 2) {
                        Turn.checkpoint();
                    }
                    done.set(true);
                    return Behaviors.same();
                }),
                "paused");
        try (Recorded recorded = Recorded.everything()) {
            paused.tell("go");
            Systems.await("the paused one", done::get);
            Systems.runThrough(groups.root(), TaskCategory.UI);
            List<RecordedEvent> turns = recorded.end(Recorded.TURN, systems.latestSystem());
            RecordedEvent lower = Recorded.named(String.class.getName(), of(paused, turns));
            List<RecordedEvent> upper = of(urgent, turns).stream()
                    .filter(turn -> turn.getString("name").equals(Work.class.getName()))
                    .toList();
            assertThat(upper).hasSize(2).allMatch(turn -> Recorded.isWithin(turn, lower));
            assertThat(lower.getDuration("pausedTime"))
                    .isGreaterThanOrEqualTo(upper.get(0)
                            .getDuration("runTime")
                            .plus(upper.get(1).getDuration("runTime")));
        }
    }

    @Test
    void messagesQueuedInOneRecording_areHandledAfterIt() {
        ActorTestKit kit = systems.start(1);
        Document page = Systems.background(Groups.get(kit.system()));
        TestProbe<String> probe = kit.createTestProbe(String.class);
        ActorRef<String> actor = Systems.spawn(
                page.docGroup(),
                Behaviors.receiveMessage(message -> {
                    probe.ref().tell(message);
                    return Behaviors.same();
                }),
                "actor");
        Gate gate = systems.occupy(page.docGroup());
        actor.tell("before");
        try (Recorded recorded = Recorded.everything()) {
            actor.tell("during");
            recorded.end();
        }
        actor.tell("after");
        gate.open();
        probe.expectMessage("before");
        probe.expectMessage("during");
        probe.expectMessage("after");
    }

    @Test
    void messagesThatNobodyHandles_becomeDeadLettersAsTheyAre() {
        ActorTestKit kit = systems.start(1);
        Document page = Systems.background(Groups.get(kit.system()));
        TestProbe<DeadLetter> letters = kit.createTestProbe(DeadLetter.class);
        Adapter.toClassic(kit.system()).eventStream().subscribe(Adapter.toClassic(letters.ref()), DeadLetter.class);
        ActorRef<String> actor =
                Systems.spawn(page.docGroup(), Behaviors.receiveMessage(message -> Behaviors.stopped()), "actor");
        try (Recorded recorded = Recorded.everything()) {
            Gate gate = systems.occupy(page.docGroup());
            actor.tell("handled");
            actor.tell("not handled");
            gate.open();
            assertThat(letters.receiveMessage().message()).isEqualTo("not handled");
            recorded.end();
        }
    }

    @Test
    void actorInNoGroup_isNoEvent() {
        ActorTestKit kit = systems.start(1);
        Groups.get(kit.system());
        TestProbe<String> probe = kit.createTestProbe(String.class);
        try (Recorded recorded = Recorded.everything()) {
            ActorRef<String> actor = kit.spawn(
                    Behaviors.<String>receiveMessage(message -> {
                        probe.ref().tell(message);
                        return Behaviors.same();
                    }),
                    DispatcherSelector.fromConfig("peili.dispatcher"));
            actor.tell("hi");
            probe.expectMessage("hi");
            systems.runLoose(10);
            assertThat(recorded.end(Recorded.TURN, kit.system())).isEmpty();
        }
    }
}
