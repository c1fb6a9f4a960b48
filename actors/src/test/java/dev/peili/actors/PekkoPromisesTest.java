package dev.peili.actors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntFunction;
import org.apache.pekko.actor.PoisonPill;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.PreRestart;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What Pekko promises for the messages between actors, with many actors in many groups, under load, while tabs are shown
 * and hidden: the order per sender and receiver, death watch, and restarts that keep mailbox and ref.
 */
final class PekkoPromisesTest {
    private static final TaskCategory[] CATEGORIES = TaskCategory.values();

    @RegisterExtension
    final Systems systems = new Systems();

    private final long seed = Systems.seed();
    private final Random random = new Random(seed);
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private final List<Tab> tabs = new ArrayList<>();
    private final List<SchedulerGroup> all = new ArrayList<>();
    private final AtomicInteger names = new AtomicInteger();

    @BeforeEach
    void start() {
        Groups groups = systems.groups(2);
        for (int i = 0; i < 4; i++) {
            Tab tab = groups.openTab();
            tabs.add(tab);
            all.add(tab.tabGroup());
            all.add(tab.openDocument("https://example.org/").docGroup());
            all.add(tab.openDocument("https://example.com/").docGroup());
        }
        all.add(groups.root());
    }

    /** Spawns so many actors, evenly over the groups, in categories at random. */
    private <T> List<ActorRef<T>> spawn(int count, IntFunction<Behavior<T>> behavior) {
        List<ActorRef<T>> actors = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            TaskCategory category = CATEGORIES[random.nextInt(CATEGORIES.length)];
            SchedulerGroup group = all.get(i % all.size());
            actors.add(Systems.get(group.spawn(behavior.apply(i), "actor-" + names.incrementAndGet(), category)));
        }
        return actors;
    }

    /** Shows and hides tabs while the others run, until they have. */
    private void whileTabsChange(Runnable... others) {
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger left = new AtomicInteger(others.length);
        List<Runnable> threads = new ArrayList<>();
        for (Runnable other : others) {
            threads.add(() -> {
                try {
                    other.run();
                } finally {
                    over.set(left.decrementAndGet() == 0);
                }
            });
        }
        threads.add(() -> {
            while (!over.get()) {
                tabs.get(random.nextInt(tabs.size())).setVisible(random.nextBoolean());
                Systems.spin(random.nextInt(200_000));
            }
        });
        Systems.inParallel(threads.toArray(new Runnable[0]));
    }

    private void assertFaultless() {
        assertThat(faults).as("seed %d", seed).isEmpty();
    }

    // --- Order ---------------------------------------------------------------------------------------------------

    /** What the actors of the first test are told. */
    private sealed interface Command {}

    /** To send on, to everybody, until so many have been sent. */
    private record Send(int from, int to) implements Command {}

    private record Numbered(int sender, int number) implements Command {}

    @Test
    void messages_keepTheirOrderPerSenderAndReceiver() {
        int actors = 26;
        int threads = 2;
        int messages = Systems.rounds(250, 2_000);
        LongAdder received = new LongAdder();
        List<ActorRef<Command>> everybody = new ArrayList<>();
        everybody.addAll(spawn(
                actors,
                number -> Behaviors.setup(context -> {
                    int[] last = new int[actors + threads];
                    return Behaviors.receive(Command.class)
                            .onMessage(Send.class, send -> {
                                int to = Math.min(send.to, send.from + 1 + number % 7);
                                tell(everybody, number, send.from, to);
                                if (to < send.to) {
                                    context.getSelf().tell(new Send(to, send.to));
                                }
                                Turn.checkpoint();
                                return Behaviors.same();
                            })
                            .onMessage(Numbered.class, message -> {
                                if (message.number != last[message.sender]++) {
                                    faults.add(message + " came to " + number + " instead of "
                                            + (last[message.sender] - 1));
                                }
                                received.increment();
                                return Behaviors.same();
                            })
                            .build();
                })));
        everybody.forEach(actor -> actor.tell(new Send(0, messages)));
        long expected = (long) messages * actors * (actors + threads);
        whileTabsChange(
                () -> tell(everybody, actors, 0, messages),
                () -> tell(everybody, actors + 1, 0, messages),
                () -> Systems.await("all messages, seed " + seed, () -> received.sum() >= expected));
        assertThat(received.sum()).isEqualTo(expected);
        assertFaultless();
    }

    private static void tell(List<ActorRef<Command>> receivers, int sender, int from, int to) {
        for (int i = from; i < to; i++) {
            Numbered message = new Numbered(sender, i);
            receivers.forEach(receiver -> receiver.tell(message));
        }
    }

    // --- Death watch ---------------------------------------------------------------------------------------------

    private record Watch(List<ActorRef<String>> actors) {}

    private record LastWords(ActorRef<String> from) {}

    /** Counts what it is told by each of those that it watches, up to their ends. */
    private Behavior<Object> watcher(int words, LongAdder ends) {
        return Behaviors.setup(context -> {
            Map<ActorRef<?>, Integer> told = new HashMap<>();
            return Behaviors.receive(Object.class)
                    .onMessage(Watch.class, watch -> {
                        watch.actors.forEach(context::watch);
                        return Behaviors.same();
                    })
                    .onMessage(LastWords.class, message -> {
                        told.merge(message.from, 1, Integer::sum);
                        return Behaviors.same();
                    })
                    .onSignal(Terminated.class, signal -> {
                        // From now on nothing may come from it, and no second signal.
                        Integer before = told.put(signal.getRef(), -1_000_000);
                        if (before == null || before != words) {
                            faults.add("end of " + signal.getRef() + " after " + before);
                        }
                        ends.increment();
                        return Behaviors.same();
                    })
                    .build();
        });
    }

    /** Says its last words to everybody, and ends in one way or another. */
    private static Behavior<String> mortal(int words, List<ActorRef<Object>> watchers) {
        return Behaviors.setup(context -> Behaviors.receiveMessage(how -> {
            for (int i = 0; i < words; i++) {
                watchers.forEach(watcher -> watcher.tell(new LastWords(context.getSelf())));
            }
            switch (how) {
                case "stop" -> {
                    return Behaviors.stopped();
                }
                case "fail" -> throw new IllegalStateException("as told");
                default ->
                    Adapter.toClassic(context.getSelf())
                            .tell(PoisonPill.getInstance(), org.apache.pekko.actor.ActorRef.noSender());
            }
            return Behaviors.same();
        }));
    }

    @Test
    void everyWatcher_isToldOnce_andAfterTheLastMessage() {
        int words = 5;
        LongAdder ends = new LongAdder();
        List<ActorRef<Object>> watchers = spawn(13, number -> watcher(words, ends));
        for (int round = 1; round <= Systems.rounds(4, 300); round++) {
            // Stopped by supervision, but without a log entry each.
            List<ActorRef<String>> mortals = spawn(
                    39,
                    number -> Behaviors.supervise(mortal(words, watchers))
                            .onFailure(SupervisorStrategy.stop().withLoggingEnabled(false)));
            watchers.forEach(watcher -> watcher.tell(new Watch(mortals)));
            long expected = (long) round * mortals.size() * watchers.size();
            whileTabsChange(
                    () -> {
                        for (int i = 0; i < mortals.size(); i++) {
                            mortals.get(i)
                                    .tell(List.of("stop", "fail", "poison").get(i % 3));
                        }
                    },
                    () -> Systems.await("all ends, seed " + seed, () -> ends.sum() >= expected));
            all.forEach(group -> Systems.runThrough(group, TaskCategory.IDLE_CALLBACK));
            assertThat(ends.sum()).isEqualTo(expected);
        }
        assertFaultless();
    }

    // --- Restart -------------------------------------------------------------------------------------------------

    @Test
    void restart_keepsMailboxAndRef_andWhatFailedIsNotHandledAgain() {
        int threads = 3;
        int messages = Systems.rounds(2_000, 40_000);
        LongAdder received = new LongAdder();
        LongAdder lives = new LongAdder();
        LongAdder ends = new LongAdder();
        Map<Integer, ActorRef<Numbered>> selves = new ConcurrentHashMap<>();
        List<ActorRef<Numbered>> actors = spawn(13, number -> {
            int[] last = new int[threads];
            Behavior<Numbered> behavior = Behaviors.setup(context -> {
                lives.increment();
                ActorRef<Numbered> before = selves.put(number, context.getSelf());
                if (before != null && !before.equals(context.getSelf())) {
                    faults.add(before + " became " + context.getSelf());
                }
                return Behaviors.receive(Numbered.class)
                        .onMessage(Numbered.class, message -> {
                            if (message.number != last[message.sender]++) {
                                faults.add(message + " instead of " + (last[message.sender] - 1));
                            }
                            received.increment();
                            if (message.number % 50 == 7) {
                                throw new IllegalStateException("as told");
                            }
                            return Behaviors.same();
                        })
                        .onSignal(PreRestart.class, signal -> {
                            ends.increment();
                            return Behaviors.same();
                        })
                        .onSignal(PostStop.class, signal -> {
                            faults.add(number + " stopped");
                            return Behaviors.same();
                        })
                        .build();
            });
            return Behaviors.supervise(behavior)
                    .onFailure(SupervisorStrategy.restart().withLoggingEnabled(false));
        });
        Runnable[] senders = new Runnable[threads + 1];
        for (int i = 0; i < threads; i++) {
            int sender = i;
            senders[i] = () -> {
                for (int j = 0; j < messages; j++) {
                    Numbered message = new Numbered(sender, j);
                    actors.forEach(actor -> actor.tell(message));
                }
            };
        }
        long expected = (long) threads * messages * actors.size();
        senders[threads] = () -> Systems.await("all messages, seed " + seed, () -> received.sum() >= expected);
        whileTabsChange(senders);
        long failures = (messages + 42L) / 50 * threads * actors.size();
        all.forEach(group -> Systems.runThrough(group, TaskCategory.IDLE_CALLBACK));
        assertThat(received.sum()).isEqualTo(expected);
        assertThat(ends.sum()).isEqualTo(failures);
        assertThat(lives.sum()).isEqualTo(failures + actors.size());
        assertFaultless();
    }
}
