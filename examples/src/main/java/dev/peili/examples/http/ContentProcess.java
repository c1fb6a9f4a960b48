package dev.peili.examples.http;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.peili.actors.Groups;
import dev.peili.examples.FailedException;
import dev.peili.examples.PeiliSystem;
import dev.peili.ipc.Channel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * A JVM of its own for the content: it connects to its parent, and ends with the channel, or with its input, which its parent
 * holds.
 */
public final class ContentProcess {
    private ContentProcess() {}

    /** Joins actor systems of this machine, at any free port. */
    static Config remoting() {
        return ConfigFactory.parseString("""
                pekko.actor.provider = remote
                pekko.remote.artery.canonical { hostname = "127.0.0.1", port = 0 }
                # The channel has its own heartbeats.
                pekko.remote.use-unsafe-remote-features-outside-cluster = on
                pekko.remote.warn-unsafe-watch-outside-cluster = off
                # Remoting warns of connections that end; here they end on purpose, and the channel tells.
                pekko.loglevel = ERROR
                """);
    }

    /**
     * Starts one.
     *
     * @param listener the address to connect to
     * @param settings each as {@code key=value}
     */
    static Process start(String listener, List<String> settings) throws FailedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        settings.forEach(setting -> command.add("-D" + setting));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), ContentProcess.class.getName(), listener));
        try {
            return new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            throw new FailedException("the content process cannot be started: " + e.getMessage());
        }
    }

    /**
     * Runs it; the status is 0 when the channel has been closed, and 1 when it has failed.
     *
     * @param args the address of the listener
     */
    public static void main(String[] args) {
        boolean isWell;
        try (PeiliSystem system = PeiliSystem.start("content", remoting())) {
            Groups groups = Groups.get(system.system());
            try (Opener content = Opener.start(
                    system.system(), "content", Channel.connect(args[0], () -> new ContentChild(groups)))) {
                endWithInput(content.actor());
                isWell = content.ended().join();
            }
        }
        System.exit(isWell ? 0 : 1);
    }

    private static void endWithInput(ActorRef<Channel.Command> content) {
        Thread reader = new Thread(
                () -> {
                    try {
                        while (System.in.read() >= 0) {
                            // Nothing is said; it is about the end.
                        }
                    } catch (IOException e) {
                        // This is an end, too.
                    }
                    content.tell(new Channel.Close());
                },
                "end-of-input");
        reader.setDaemon(true);
        reader.start();
    }
}
