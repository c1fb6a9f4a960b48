package dev.peili.benchmarks;

import dev.peili.testkit.Simulator;
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

/** JMH: simulated schedules of ten actors and a hundred messages. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class SchedulesBenchmark {
    private static final int SCHEDULES = 2_000;

    private final Simulator simulator = Schedules.simulator();

    /** Made for each fork. */
    public SchedulesBenchmark() {}

    /** Called by JMH. */
    @TearDown
    public void close() {
        simulator.close();
    }

    /** One after the other, on one system. */
    @Benchmark
    @OperationsPerInvocation(SCHEDULES)
    public double simulated() {
        return Schedules.simulated(simulator, SCHEDULES);
    }
}
