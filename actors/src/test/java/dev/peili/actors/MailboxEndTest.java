package dev.peili.actors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peili.actors.Systems.Gate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.pekko.actor.PoisonPill;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an actor of a group leaves in its mailbox becomes dead letters, and no message is handled twice. */
final class MailboxEndTest {
    @RegisterExtension
    final Systems systems = new Systems();

    private final long seed = Systems.seed();
    private final List<Integer> handled = Collections.synchronizedList(new ArrayList<>());
    private ActorTestKit kit;
    private Groups groups;
    private DocGroup page;
    private Queue<Object> letters;

    @BeforeEach
    void start() {
        kit = systems.start(2);
        groups = Groups.get(kit.system());
        page = Systems.background(groups).docGroup();
        letters = DeadLetters.of(kit, systems);
    }

    /** How an actor can come to its end, in the middle of its messages. */
    private enum End {
        STOPPED {
            @Override
            Behavior<Integer> come(ActorContext<Integer> context) {
                return Behaviors.stopped();
            }
        },
        FAILED {
            @Override
            Behavior<Integer> come(ActorContext<Integer> context) {
                throw new IllegalStateException("as told");
            }
        },
        FAILED_WITH_ERROR {
            @Override
            Behavior<Integer> come(ActorContext<Integer> context) {
                throw new AssertionError("as told");
            }
        },
        STOPPED_BY_ITSELF {
            @Override
            Behavior<Integer> come(ActorContext<Integer> context) {
                Adapter.toClassic(context).stop(Adapter.toClassic(context.getSelf()));
                return Behaviors.same();
            }
        };

        abstract Behavior<Integer> come(ActorContext<Integer> context);
    }

    private Behavior<Integer> untilNumber(int last, End end) {
        return Behaviors.setup(context -> Behaviors.receiveMessage(number -> {
            handled.add(number);
            return number == last ? end.come(context) : Behaviors.same();
        }));
    }

    private Behavior<Integer> handling() {
        return untilNumber(-1, End.STOPPED);
    }

    private static void poison(ActorRef<?> actor) {
        Adapter.toClassic(actor).tell(PoisonPill.getInstance(), org.apache.pekko.actor.ActorRef.noSender());
    }

    private static List<Integer> numbers(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }

    private void awaitBooks(int count) {
        Systems.await("books that balance", () -> handled.size() + letters.size() >= count);
        List<Object> all = new ArrayList<>(handled);
        all.addAll(letters);
        assertThat(all).hasSize(count).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource
    void mailboxOfAnActorThatEnds_becomesDeadLetters(End end) {
        int threads = 3;
        int messages = 200;
        ActorRef<Integer> actor = Systems.spawn(page, untilNumber(messages / 2, end), "actor");
        Gate gate = systems.occupy(page);
        Runnable[] senders = new Runnable[threads];
        for (int i = 0; i < threads; i++) {
            int first = i * messages;
            senders[i] = () -> numbers(first, first + messages).forEach(actor::tell);
        }
        Systems.inParallel(senders);
        gate.open();
        awaitBooks(threads * messages);
        assertThat(handled).endsWith(messages / 2);
        for (int i = 0; i < threads; i++) {
            int sender = i;
            List<Object> sent = new ArrayList<>();
            handled.stream().filter(number -> number / messages == sender).forEach(sent::add);
            letters.stream()
                    .filter(number -> (Integer) number / messages == sender)
                    .forEach(sent::add);
            assertThat(sent).isEqualTo(numbers(i * messages, (i + 1) * messages));
        }
    }

    @Test
    void poisonPill_keepsItsPlaceAmongTheMessages() {
        Random random = new Random(seed);
        for (int round = 0; round < Systems.rounds(100, 5_000); round++) {
            handled.clear();
            int first = 1_000 * round;
            int last = first + random.nextInt(300);
            int end = last + random.nextInt(50);
            SchedulerGroup group = List.of(page, page.tabGroup(), groups.root()).get(round % 3);
            ActorRef<Integer> actor = Systems.spawn(group, handling(), "actor-" + round);
            Runnable send = () -> {
                numbers(first, last).forEach(actor::tell);
                poison(actor);
                numbers(last, end).forEach(actor::tell);
            };
            switch (random.nextInt(3)) {
                case 0 -> send.run();
                case 1 -> Systems.foreground(groups).dispatch("send", TaskCategory.OTHER, send);
                default -> {
                    // In a turn that keeps the actor from handling any meanwhile, so that none comes too late.
                    page.dispatch("send", TaskCategory.OTHER, send);
                    Systems.await(
                            "dead letters, seed " + seed,
                            () -> lettersFrom(first).size() == end - last);
                    assertThat(lettersFrom(first)).as("seed %d", seed).isEqualTo(numbers(last, end));
                }
            }
            kit.createTestProbe().expectTerminated(actor, Duration.ofSeconds(10));
            assertThat(handled).as("seed %d", seed).isEqualTo(numbers(first, last));
        }
    }

    private List<Object> lettersFrom(int first) {
        return letters.stream().filter(number -> (Integer) number >= first).toList();
    }

    @Test
    void actorStoppedByItsParent_handlesNothingMore() {
        ActorRef<String> parent = Systems.spawn(
                page,
                Behaviors.setup(context -> {
                    ActorRef<Integer> child = context.spawn(handling(), "child", page.props(TaskCategory.UI));
                    return Behaviors.receiveMessage(message -> {
                        numbers(0, 100).forEach(child::tell);
                        context.stop(child);
                        numbers(100, 110).forEach(child::tell);
                        return Behaviors.same();
                    });
                }),
                "parent");
        parent.tell("now");
        awaitBooks(110);
        // A stop goes before all messages; the group keeps the child from handling any meanwhile.
        assertThat(handled).isEmpty();
    }

    @Test
    void lateMessages_areDeadLettersAtOnce() {
        ActorRef<Integer> actor = Systems.spawn(page, handling(), "actor");
        actor.tell(0);
        poison(actor);
        kit.createTestProbe().expectTerminated(actor);
        Gate gate = systems.occupy(page);
        numbers(1, 50).forEach(actor::tell);
        awaitBooks(50);
        assertThat(handled).containsExactly(0);
        gate.open();
    }
}
