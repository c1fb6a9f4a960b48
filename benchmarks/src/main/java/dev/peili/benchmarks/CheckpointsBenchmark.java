package dev.peili.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** JMH: a checkpoint that is not taken, and a volatile read. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class CheckpointsBenchmark {
    private static final int TIMES = 10_000_000;

    private final Sides sides = Costs.checkpoints(TIMES);

    /** Made for each fork. */
    public CheckpointsBenchmark() {}

    /** Called by JMH. */
    @TearDown
    public void close() {
        sides.close();
    }

    /** In a turn of a group. */
    @Benchmark
    @OperationsPerInvocation(TIMES)
    public double[] checkpoint() {
        return sides.ours();
    }

    /** The same, reading a field. */
    @Benchmark
    @OperationsPerInvocation(TIMES)
    public double[] volatileRead() {
        return sides.theirs();
    }
}
