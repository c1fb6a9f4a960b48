package dev.peili.benchmarks;

import dev.peili.testkit.Simulator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.TearDown;

/** JMH: simulated schedules of ten actors and a hundred messages. */
public class SchedulesBenchmark extends TimedBenchmark {
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
