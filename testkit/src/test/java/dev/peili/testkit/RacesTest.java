package dev.peili.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.StashBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The search finds the orders in which a system fails, and nothing in systems that never do. */
final class RacesTest {
    private static final int SCHEDULES = 2_000;

    private final Simulator simulator = Simulator.create();

    @AfterEach
    void close() {
        simulator.close();
    }

    private ScheduleFailedError find(ScheduleBody body) {
        return simulator.search(1, SCHEDULES, body).failure().orElseThrow();
    }

    private void findNothing(ScheduleBody body) {
        SearchResult result = simulator.search(1, SCHEDULES, body).orThrow();
        assertThat(result.schedules()).isEqualTo(SCHEDULES);
    }

    // --- A subscription that is a handshake -------------------------------------------------------------------------

    sealed interface Owner {
        record Set(int value) implements Owner {}

        record Get(ActorRef<Integer> replyTo) implements Owner {}

        record Subscribe(ActorRef<Integer> subscriber) implements Owner {}

        record Connect(ActorRef<Integer> subscriber) implements Owner {}
    }

    /** Has a value, and tells those who have subscribed of each change. */
    private static Behavior<Owner> owner(int value, List<ActorRef<Integer>> subscribers) {
        return Behaviors.receive(Owner.class)
                .onMessage(Owner.Set.class, set -> {
                    subscribers.forEach(subscriber -> subscriber.tell(set.value()));
                    return owner(set.value(), subscribers);
                })
                .onMessage(Owner.Get.class, get -> {
                    get.replyTo().tell(value);
                    return Behaviors.same();
                })
                .onMessage(Owner.Subscribe.class, subscribe -> {
                    subscribers.add(subscribe.subscriber());
                    return Behaviors.same();
                })
                .onMessage(Owner.Connect.class, connect -> {
                    subscribers.add(connect.subscriber());
                    connect.subscriber().tell(value);
                    return Behaviors.same();
                })
                .build();
    }

    private static Behavior<Integer> observer(int[] seen) {
        return Behaviors.receiveMessage(value -> {
            seen[0] = value;
            return Behaviors.same();
        });
    }

    private static ScheduleBody subscription(BiFunction<ActorRef<Owner>, int[], Behavior<Integer>> subscriber) {
        return simulation -> {
            int[] seen = {-1};
            ActorRef<Owner> owner = simulation.spawn(owner(0, new ArrayList<>()), "owner");
            simulation.spawn(subscriber.apply(owner, seen), "subscriber");
            simulation.spawn(
                    Behaviors.<Integer>setup(context -> {
                        owner.tell(new Owner.Set(1));
                        return Behaviors.empty();
                    }),
                    "writer");
            simulation.runUntilIdle();
            assertThat(seen[0]).as("what the subscriber has seen last").isEqualTo(1);
        };
    }

    @Test
    void subscriptionThatAsksFirst_isFoundToMissAChange() {
        ScheduleFailedError failure = find(subscription((owner, seen) -> Behaviors.setup(context -> {
            owner.tell(new Owner.Get(context.getSelf()));
            return Behaviors.receiveMessage(value -> {
                seen[0] = value;
                owner.tell(new Owner.Subscribe(context.getSelf()));
                return observer(seen);
            });
        })));
        assertThat(failure).hasMessageContaining("what the subscriber has seen last");
        assertThat(failure.lastSteps()).extracting(TraceStep::actor).contains("owner", "subscriber", "writer");
    }

    @Test
    void subscriptionInOneMessage_missesNothing() {
        findNothing(subscription((owner, seen) -> Behaviors.setup(context -> {
            owner.tell(new Owner.Connect(context.getSelf()));
            return observer(seen);
        })));
    }

    // --- An update in two messages ----------------------------------------------------------------------------------

    sealed interface Counter {
        record Read(ActorRef<Integer> replyTo) implements Counter {}

        record Write(int value) implements Counter {}

        record Add(int amount) implements Counter {}
    }

    private static Behavior<Counter> counter(int value) {
        return Behaviors.receive(Counter.class)
                .onMessage(Counter.Read.class, read -> {
                    read.replyTo().tell(value);
                    return Behaviors.same();
                })
                .onMessage(Counter.Write.class, write -> counter(write.value()))
                .onMessage(Counter.Add.class, add -> counter(value + add.amount()))
                .build();
    }

    private static Behavior<Integer> readsAndWrites(ActorRef<Counter> counter) {
        return Behaviors.setup(context -> {
            counter.tell(new Counter.Read(context.getSelf()));
            return Behaviors.receiveMessage(value -> {
                counter.tell(new Counter.Write(value + 1));
                return Behaviors.stopped();
            });
        });
    }

    private static Behavior<Integer> adds(ActorRef<Counter> counter) {
        return Behaviors.setup(context -> {
            counter.tell(new Counter.Add(1));
            return Behaviors.stopped();
        });
    }

    private static ScheduleBody twoUpdates(Function<ActorRef<Counter>, Behavior<Integer>> update) {
        return simulation -> {
            ActorRef<Counter> counter = simulation.spawn(counter(0), "counter");
            simulation.spawn(update.apply(counter), "a");
            simulation.spawn(update.apply(counter), "b");
            simulation.runUntilIdle();
            SimulatedProbe<Integer> probe = simulation.createProbe(Integer.class);
            counter.tell(new Counter.Read(probe.ref()));
            probe.expectMessage(2);
        };
    }

    @Test
    void readModifyWriteOverTwoMessages_isFoundToLoseAnUpdate() {
        assertThat(find(twoUpdates(RacesTest::readsAndWrites))).hasMessageContaining("expected 2, got 1");
    }

    @Test
    void updateInOneMessage_isNeverLost() {
        findNothing(twoUpdates(RacesTest::adds));
    }

    // --- Asks in a circle -------------------------------------------------------------------------------------------

    sealed interface Peer {
        /** Makes it ask the other one, and answer when that has answered. */
        record Begin(ActorRef<Peer> other) implements Peer {}

        record Question(ActorRef<String> replyTo) implements Peer {}

        record Answered() implements Peer {}
    }

    /** While it waits for its own answer, it keeps others waiting: as with a lock, an order of two can be a deadlock. */
    private static Behavior<Peer> peer(boolean keepsOthersWaiting) {
        return Behaviors.withStash(
                10,
                stash -> Behaviors.setup(context -> Behaviors.receive(Peer.class)
                        .onMessage(Peer.Begin.class, begin -> {
                            context.ask(
                                    String.class,
                                    begin.other(),
                                    Duration.ofSeconds(3),
                                    Peer.Question::new,
                                    (answer, failure) -> new Peer.Answered());
                            return keepsOthersWaiting ? waiting(stash) : Behaviors.same();
                        })
                        .onMessage(Peer.Question.class, RacesTest::answer)
                        .onMessage(Peer.Answered.class, answered -> Behaviors.same())
                        .build()));
    }

    private static Behavior<Peer> waiting(StashBuffer<Peer> stash) {
        return Behaviors.receive(Peer.class)
                .onMessage(
                        Peer.Answered.class,
                        answered -> stash.unstashAll(Behaviors.receive(Peer.class)
                                .onMessage(Peer.Question.class, RacesTest::answer)
                                .build()))
                .onAnyMessage(other -> {
                    stash.stash(other);
                    return Behaviors.same();
                })
                .build();
    }

    private static Behavior<Peer> answer(Peer.Question question) {
        question.replyTo().tell("answer");
        return Behaviors.same();
    }

    private static ScheduleBody circle(boolean keepsOthersWaiting) {
        return simulation -> {
            ActorRef<Peer> a = simulation.spawn(peer(keepsOthersWaiting), "a");
            ActorRef<Peer> b = simulation.spawn(peer(keepsOthersWaiting), "b");
            a.tell(new Peer.Begin(b));
            b.tell(new Peer.Begin(a));
            simulation.runUntilIdle();
        };
    }

    @Test
    void asksInACircle_areFoundToWaitForEachOther() {
        ScheduleFailedError failure = find(circle(true));
        assertThat(failure).hasCauseInstanceOf(UnansweredError.class);
        assertThat(failure.getMessage())
                .contains("a has asked in step")
                .contains("b has asked in step")
                .contains("at RacesTest.Peer.Begin, and gives up in 3 s");
    }

    // --- Who waits -----------------------------------------------------------------------------------------------

    record Question(ActorRef<String> replyTo) {}

    private static Behavior<String> asking(ActorRef<Question> asked, ActorRef<String> diary) {
        return Behaviors.receive((context, message) -> {
            context.ask(String.class, asked, Duration.ofSeconds(3), Question::new, (answer, failure) -> "answered");
            diary.tell("asked");
            return message.equals("ask and stop") ? Behaviors.stopped() : Behaviors.same();
        });
    }

    @Test
    void askThatNobodyAnswers_isFound_thoughAProbeWasToldSomethingElse() {
        ScheduleFailedError failure = find(simulation -> {
            SimulatedProbe<String> diary = simulation.createProbe(String.class);
            ActorRef<Question> silent = simulation.spawn(Behaviors.<Question>ignore(), "silent");
            simulation.spawn(asking(silent, diary.ref()), "asking").tell("ask");
            simulation.runUntilIdle();
        });
        assertThat(failure).hasCauseInstanceOf(UnansweredError.class);
    }

    @Test
    void askOfAnActorThatHasEnded_isNoFailure() {
        findNothing(simulation -> {
            SimulatedProbe<String> diary = simulation.createProbe(String.class);
            ActorRef<Question> silent = simulation.spawn(Behaviors.<Question>ignore(), "silent");
            simulation.spawn(asking(silent, diary.ref()), "asking").tell("ask and stop");
            simulation.runUntilIdle();
        });
    }

    @Test
    void askThatWasForwardedToAProbe_isForTheTestToAnswer() {
        findNothing(simulation -> {
            SimulatedProbe<Object> probe = simulation.createProbe(Object.class);
            ActorRef<Question> forwarding = simulation.spawn(
                    Behaviors.<Question>receiveMessage(question -> {
                        probe.ref().tell(question);
                        return Behaviors.same();
                    }),
                    "forwarding");
            simulation
                    .spawn(asking(forwarding, simulation.system().ignoreRef()), "asking")
                    .tell("ask");
            simulation.runUntilIdle();
            probe.expectMessageClass(Question.class).replyTo().tell("answer");
            simulation.runUntilIdle();
        });
    }

    @Test
    void asksThatKeepNobodyWaiting_areAnswered() {
        findNothing(circle(false));
    }
}
