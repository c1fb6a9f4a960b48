package dev.peili.benchmarks;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.peili.actors.EventTarget;
import dev.peili.ipc.Channel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/** The child's side in a process of its own, which ends with its standard input. */
public final class FarSide {
    /** Artery on loopback; its queue holds all that is sent at once, or it would drop messages. */
    static final Config REMOTING = ConfigFactory.parseString("""
            pekko.actor.provider = remote
            pekko.actor.serialization-bindings { "dev.peili.benchmarks.Flow$Stream" = jackson-cbor }
            pekko.remote.artery.canonical { hostname = "127.0.0.1", port = 0 }
            pekko.remote.artery.advanced.outbound-message-queue-size = 4000000
            pekko.remote.warn-about-direct-use = off
            """);

    private final Process process;

    private FarSide(Process process) {
        this.process = process;
    }

    /** Starts the process, which connects to this listener. */
    static FarSide start(String listener) {
        try {
            return new FarSide(new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            FarSide.class.getName(),
                            listener)
                    .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs it; the argument is the address of the listener. */
    public static void main(String[] args) throws IOException {
        ActorSystem<Consumer<ActorContext<?>>> system = Systems.start("far", REMOTING);
        EventTarget target = Channels.targetOf(system);
        Systems.spawn(system, Channel.connect(args[0], () -> new Channels.Child(target)), "connector", Systems.DEFAULT);
        System.in.readAllBytes();
        Systems.stop(system);
    }

    /** Ends the process. */
    void close() {
        process.destroy();
    }
}
