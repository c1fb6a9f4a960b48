package dev.peili.ipc;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.ActorSystem;

/** A process that is nothing but a {@link Theatre}. It says where it is on its standard output, and ends with its input. */
public final class PuppetProcess {
    static final String HERE = "theatre ";

    private PuppetProcess() {}

    /** Remoting over loopback, at any free port. */
    static Config remoting() {
        return ConfigFactory.parseString("""
                pekko.actor.provider = remote
                pekko.remote.artery.canonical { hostname = "127.0.0.1", port = 0 }
                pekko.remote.use-unsafe-remote-features-outside-cluster = on
                pekko.remote.warn-unsafe-watch-outside-cluster = off
                """);
    }

    /**
     * Runs it.
     *
     * @param args settings, each as {@code key=value}
     */
    public static void main(String[] args) throws IOException {
        Config config = ConfigFactory.parseString(String.join("\n", args))
                .withFallback(remoting())
                .withFallback(ConfigFactory.load());
        ActorSystem<Theatre.PutUp> system = ActorSystem.create(Theatre.create(), "puppets", config);
        System.out.println(HERE + ActorRefResolver.get(system).toSerializationFormat(system));
        System.out.flush();
        awaitEnd(System.in);
        system.terminate();
    }

    private static void awaitEnd(InputStream in) throws IOException {
        byte[] line = in.readAllBytes();
        System.out.println("end of input after " + new String(line, StandardCharsets.UTF_8));
    }
}
