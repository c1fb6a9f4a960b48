package dev.peili.benchmarks;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** JMH: small tasks for DocGroups, and messages to actors. */
public class DispatchesBenchmark extends TimedBenchmark {
    private static final int TASKS = 400_000;

    /** How many groups or actors there are. */
    @Param({"1", "10000"})
    public int receivers;

    /** How many threads send. */
    @Param({"1", "8"})
    public int senders;

    private @Nullable Sides sides;

    /** Made for each fork. */
    public DispatchesBenchmark() {}

    /** Called by JMH. */
    @Setup
    public void open() {
        sides = Dispatches.sides(receivers, senders, TASKS);
    }

    /** Called by JMH. */
    @TearDown
    public void close() {
        sides().close();
    }

    private Sides sides() {
        return Objects.requireNonNull(sides);
    }

    /** To groups. */
    @Benchmark
    @OperationsPerInvocation(TASKS)
    public double[] dispatch() {
        return sides().ours();
    }

    /** To actors. */
    @Benchmark
    @OperationsPerInvocation(TASKS)
    public double[] tell() {
        return sides().theirs();
    }
}
