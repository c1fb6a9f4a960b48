package dev.peili.benchmarks;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.TearDown;

/** JMH: small messages between actors in groups, and on a dispatcher of Pekko's. */
public class MessagesBenchmark extends TimedBenchmark {
    private static final int MESSAGES = 400_000;

    /** Where the actors are. */
    public enum Where {
        /** Each in a group of its own. */
        OWN_GROUPS,
        /** All in one. */
        ONE_GROUP,
        /** In none. */
        DEFAULT_DISPATCHER
    }

    /** Where the actors are. */
    @Param
    public Where where = Where.OWN_GROUPS;

    private ActorSystem<Consumer<ActorContext<?>>> system = Systems.start("messages");

    /** Made for each fork. */
    public MessagesBenchmark() {}

    /** Called by JMH. */
    @TearDown
    public void stop() {
        Systems.stop(system);
    }

    private Supplier<Props> props() {
        return switch (where) {
            case OWN_GROUPS -> Messages.ownGroups(system);
            case ONE_GROUP -> Messages.oneGroup(system);
            case DEFAULT_DISPATCHER -> () -> Systems.DEFAULT;
        };
    }

    /** Two actors that answer each other. */
    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public double pingPong() {
        return Messages.pingPong(system, props(), 1, MESSAGES / 2);
    }

    /** A thread that tells an actor. */
    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public double tell() {
        return Messages.tell(system, props(), MESSAGES);
    }
}
