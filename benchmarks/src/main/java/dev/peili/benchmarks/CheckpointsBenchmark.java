package dev.peili.benchmarks;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.TearDown;

/** JMH: a checkpoint that is not taken, and a volatile read. */
public class CheckpointsBenchmark extends TimedBenchmark {
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
