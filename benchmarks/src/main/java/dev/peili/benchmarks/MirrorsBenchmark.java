package dev.peili.benchmarks;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** JMH: changes that others see, in mirrors, by tells and by a topic. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class MirrorsBenchmark {
    private static final int CHANGES = 100_000;

    /** How many see them. */
    @Param({"1", "100"})
    public int viewers;

    private final ActorSystem<Consumer<ActorContext<?>>> system = Systems.start("mirrors");

    /** Made for each fork. */
    public MirrorsBenchmark() {}

    /** Called by JMH. */
    @TearDown
    public void stop() {
        Systems.stop(system);
    }

    /** In mirrors; changes that nobody has seen yet are one. */
    @Benchmark
    @OperationsPerInvocation(CHANGES)
    public double mirrored() {
        return Mirrors.mirrored(system, viewers, CHANGES / viewers);
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
