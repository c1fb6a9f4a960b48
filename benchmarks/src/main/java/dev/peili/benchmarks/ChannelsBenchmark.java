package dev.peili.benchmarks;

import com.typesafe.config.ConfigFactory;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** JMH: messages across a channel in one process, and plain ones. */
public class ChannelsBenchmark extends TimedBenchmark {
    private static final int MESSAGES = 200_000;

    /** Whether messages are serialized, as they are between processes. */
    @Param({"true", "false"})
    public boolean serialize;

    private @Nullable ActorSystem<Consumer<ActorContext<?>>> system;
    private @Nullable Channels channels;

    /** Made for each fork. */
    public ChannelsBenchmark() {}

    /** Called by JMH. */
    @Setup
    public void open() {
        system = Systems.start("channels", ConfigFactory.parseString("peili.ipc.serialize-in-process = " + serialize));
        channels = new Channels(system).local();
    }

    /** Called by JMH. */
    @TearDown
    public void close() {
        channels().close();
        Systems.stop(Objects.requireNonNull(system));
    }

    private Channels channels() {
        return Objects.requireNonNull(channels);
    }

    /** To the other half of a protocol actor. */
    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public double routed() {
        return channels().routed(MESSAGES);
    }

    /** To an actor of the same group. */
    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public double told() {
        return serialize ? channels().serializedAndTold(MESSAGES) : channels().told(MESSAGES);
    }
}
