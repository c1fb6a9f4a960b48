package dev.peili.benchmarks;

import dev.peili.actors.Groups;
import dev.peili.actors.TabGroup;
import dev.peili.actors.TaskCategory;
import dev.peili.testkit.Simulator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import jdk.jfr.Recording;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** Throughput of small messages, in messages per second. */
final class Messages {
    private record Ball(ActorRef<Ball> sender) {}

    private static final String PEER = "default dispatcher";

    private Messages() {}

    static List<Measure> measures() {
        return List.of(
                measure("pingpong.1", 1, Messages::ownGroups, pingPong(1, 1_500_000)),
                measure("pingpong.16", 1, Messages::ownGroups, pingPong(16, 200_000)),
                measure("pingpong.same-group", 1, Messages::oneGroup, pingPong(1, 1_500_000)));
    }

    static List<Measure> more() {
        return List.of(
                measure("tell", 0.8, Messages::ownGroups, (system, props, effort) -> {
                    return tell(system, props, effort.count(2_000_000));
                }),
                recorded("recorded.1", Duration.ZERO, pingPong(1, 1_500_000)),
                recorded("recorded.16", Duration.ZERO, pingPong(16, 200_000)),
                recorded("recorded.16.over-10ms", Duration.ofMillis(10), pingPong(16, 200_000)));
    }

    private interface Throughput {
        double measure(ActorSystem<Consumer<ActorContext<?>>> system, Supplier<Props> props, Effort effort);
    }

    private static Throughput pingPong(int pairs, int rounds) {
        return (system, props, effort) -> pingPong(system, props, pairs, effort.count(rounds));
    }

    private static Measure measure(
            String name, double mark, Function<ActorSystem<?>, Supplier<Props>> groups, Throughput throughput) {
        return Measure.of(Row.perSecond(name, "msg", PEER, mark), effort -> {
            ActorSystem<Consumer<ActorContext<?>>> system = Systems.start("messages");
            return Sides.of(
                    () -> throughput.measure(system, groups.apply(system), effort),
                    () -> throughput.measure(system, () -> Systems.DEFAULT, effort),
                    () -> Systems.stop(system));
        });
    }

    /** What Flight Recorder costs: Peili while turns of at least this length are recorded, beside Peili while none are. */
    private static Measure recorded(String name, Duration threshold, Throughput throughput) {
        return Measure.of(Row.perSecond(name, "msg", "Peili unrecorded", 0.5), effort -> {
            ActorSystem<Consumer<ActorContext<?>>> system = Systems.start("recorded");
            return Sides.of(
                    () -> {
                        try (Recording recording = new Recording()) {
                            recording.enable("dev.peili.Turn").withThreshold(threshold);
                            recording.start();
                            return throughput.measure(system, ownGroups(system), effort);
                        }
                    },
                    () -> throughput.measure(system, ownGroups(system), effort),
                    () -> Systems.stop(system));
        });
    }

    /** Where each new actor goes: into a group of its own, or onto the peer's dispatcher. */
    static Supplier<Props> ownGroups(ActorSystem<?> system) {
        Groups groups = Groups.get(system);
        return () -> groups.openTab().tabGroup().props(TaskCategory.OTHER);
    }

    static Supplier<Props> oneGroup(ActorSystem<?> system) {
        TabGroup group = Groups.get(system).openTab().tabGroup();
        return () -> group.props(TaskCategory.OTHER);
    }

    static double pingPong(
            ActorSystem<Consumer<ActorContext<?>>> system, Supplier<Props> props, int pairs, int rounds) {
        CountDownLatch done = new CountDownLatch(pairs);
        List<ActorRef<Ball>> pingers = new ArrayList<>();
        List<ActorRef<Ball>> pongers = new ArrayList<>();
        for (int i = 0; i < pairs; i++) {
            pingers.add(Systems.spawn(system, pinger(rounds, done), name("ping"), props.get()));
            pongers.add(Systems.spawn(system, ponger(), name("pong"), props.get()));
        }
        long before = System.nanoTime();
        for (int i = 0; i < pairs; i++) {
            pingers.get(i).tell(new Ball(pongers.get(i)));
        }
        Systems.await(done);
        double seconds = (System.nanoTime() - before) / 1e9;
        Systems.tellChildrenToStop(system);
        return 2.0 * pairs * rounds / seconds;
    }

    /** The same on a simulator, which does nothing in parallel. */
    static double simulated(Simulator simulator, int rounds) {
        CountDownLatch done = new CountDownLatch(1);
        long[] seconds = new long[1];
        simulator.run(1, simulation -> {
            ActorRef<Ball> pinger = simulation.spawn(pinger(rounds, done), "pinger");
            ActorRef<Ball> ponger = simulation.spawn(ponger(), "ponger");
            pinger.tell(new Ball(ponger));
            long before = System.nanoTime();
            simulation.runUntilIdle();
            seconds[0] = System.nanoTime() - before;
        });
        Systems.await(done);
        return 2.0 * rounds / (seconds[0] / 1e9);
    }

    private static String name(String prefix) {
        return prefix + NAMES.incrementAndGet();
    }

    private static final AtomicLong NAMES = new AtomicLong();

    private static Behavior<Ball> pinger(int rounds, CountDownLatch done) {
        return Behaviors.setup(context -> {
            Ball mine = new Ball(context.getSelf());
            int[] left = {rounds};
            return Behaviors.receiveMessage(ball -> {
                if (left[0]-- == 0) {
                    done.countDown();
                } else {
                    ball.sender().tell(mine);
                }
                return Behaviors.same();
            });
        });
    }

    private static Behavior<Ball> ponger() {
        return Behaviors.setup(context -> {
            Ball mine = new Ball(context.getSelf());
            return Behaviors.receiveMessage(ball -> {
                ball.sender().tell(mine);
                return Behaviors.same();
            });
        });
    }

    /** One thread tells one actor; the actor counts. */
    static double tell(ActorSystem<Consumer<ActorContext<?>>> system, Supplier<Props> props, int messages) {
        CountDownLatch done = new CountDownLatch(1);
        int[] left = {messages};
        ActorRef<String> counter = Systems.spawn(
                system,
                Behaviors.<String>receiveMessage(message -> {
                    if (--left[0] == 0) {
                        done.countDown();
                    }
                    return Behaviors.same();
                }),
                name("counter"),
                props.get());
        long before = System.nanoTime();
        for (int i = 0; i < messages; i++) {
            counter.tell("");
        }
        Systems.await(done);
        double seconds = (System.nanoTime() - before) / 1e9;
        Systems.tellChildrenToStop(system);
        return messages / seconds;
    }
}
