package dev.peili.benchmarks;

import com.typesafe.config.ConfigFactory;
import dev.peili.testkit.ScheduleBody;
import dev.peili.testkit.Simulator;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * The same small test on a simulator and on a running actor system, each used again and again: ten actors are made, a
 * hundred messages go round among them, and the actors are stopped.
 */
final class Schedules {
    private static final int ACTORS = 10;
    private static final int HOPS = 10;

    private record Hop(int left, List<ActorRef<Hop>> actors, CountDownLatch done) {}

    private static final double ENOUGH = 3_000;

    private Schedules() {}

    static List<Measure> measures() {
        return List.of(Measure.of(Row.perSecond("sim.schedules", "run", "3,000", 1), effort -> {
            Simulator simulator = simulator();
            return Sides.of(() -> simulated(simulator, effort.count(8_000)), () -> ENOUGH, simulator::close);
        }));
    }

    /** One thread that simulates, beside threads that do it. */
    static List<Measure> more() {
        return List.of(
                Measure.of(Row.perSecond("sim.threads", "run", "the same on threads", 0), effort -> {
                    ActorSystem<Consumer<ActorContext<?>>> system = Systems.start("threads");
                    Simulator simulator = simulator();
                    int runs = effort.count(8_000);
                    return Sides.of(() -> simulated(simulator, runs), () -> onThreads(system, runs / 5), () -> {
                        simulator.close();
                        Systems.stop(system);
                    });
                }),
                Measure.of(Row.perSecond("sim.messages", "msg", "the same on threads", 0), effort -> {
                    ActorSystem<Consumer<ActorContext<?>>> system = Systems.start("threads");
                    Simulator simulator = simulator();
                    int rounds = effort.count(200_000);
                    return Sides.of(
                            () -> Messages.simulated(simulator, rounds),
                            () -> Messages.pingPong(system, () -> Systems.DEFAULT, 1, rounds),
                            () -> {
                                simulator.close();
                                Systems.stop(system);
                            });
                }));
    }

    static Simulator simulator() {
        return Simulator.create(ConfigFactory.parseString("peili.testkit.max-steps = 100000000"));
    }

    private static Behavior<Hop> hopping(int number) {
        return Behaviors.receiveMessage(hop -> {
            hop.done().countDown();
            if (hop.left() > 1) {
                hop.actors().get((number + 1) % ACTORS).tell(new Hop(hop.left() - 1, hop.actors(), hop.done()));
            }
            return Behaviors.same();
        });
    }

    private static CountDownLatch begin(BiFunction<Behavior<Hop>, String, ActorRef<Hop>> spawn) {
        List<ActorRef<Hop>> actors = new ArrayList<>();
        for (int i = 0; i < ACTORS; i++) {
            actors.add(spawn.apply(hopping(i), "actor-" + i));
        }
        CountDownLatch done = new CountDownLatch(ACTORS * HOPS);
        actors.forEach(actor -> actor.tell(new Hop(HOPS, actors, done)));
        return done;
    }

    /** Simulated schedules per second. */
    static double simulated(Simulator simulator, int schedules) {
        ScheduleBody body = simulation -> {
            CountDownLatch done = begin(simulation::spawn);
            simulation.runUntilIdle();
            if (done.getCount() != 0) {
                throw new AssertionError(done.getCount() + " messages are missing");
            }
        };
        return schedules
                / (simulator.search(1, schedules, body).orThrow().time().toNanos() / 1e9);
    }

    /** Runs of the same test per second, on threads. */
    static double onThreads(ActorSystem<Consumer<ActorContext<?>>> system, int runs) {
        long begin = System.nanoTime();
        for (int run = 0; run < runs; run++) {
            String suffix = "-" + System.nanoTime();
            Systems.await(begin((behavior, name) ->
                    Systems.spawn(system, behavior, name + suffix, DispatcherSelector.defaultDispatcher())));
            Systems.tellChildrenToStop(system);
        }
        return runs / ((System.nanoTime() - begin) / 1e9);
    }
}
