package dev.peili.benchmarks;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** JMH: changes that others see, in mirrors, by tells and by a topic. */
public class MirrorsBenchmark extends TimedBenchmark {
    private static final int CHANGES = 100_000;

    /** How many see them. */
    @Param({"1", "100"})
    public int viewers;

    private final ActorSystem<Consumer<ActorContext<?>>> system = Systems.start("mirrors");

    private Supplier<Props> groups = () -> Systems.DEFAULT;

    /** Made for each fork. */
    public MirrorsBenchmark() {}

    /** Called by JMH. */
    @Setup
    public void open() {
        groups = Mirrors.groups(system, viewers + 1);
    }

    /** Called by JMH. */
    @TearDown
    public void stop() {
        Systems.stop(system);
    }

    /** In mirrors, in groups of their own; changes that nobody has seen yet are one. */
    @Benchmark
    @OperationsPerInvocation(CHANGES)
    public double mirrored() {
        return Mirrors.mirrored(system, groups, viewers, CHANGES / viewers);
    }

    /** By plain tells. */
    @Benchmark
    @OperationsPerInvocation(CHANGES)
    public double told() {
        return Mirrors.told(system, viewers, CHANGES / viewers);
    }

    /** By a topic. */
    @Benchmark
    @OperationsPerInvocation(CHANGES)
    public double published() {
        return Mirrors.published(system, viewers, CHANGES / viewers);
    }
}
