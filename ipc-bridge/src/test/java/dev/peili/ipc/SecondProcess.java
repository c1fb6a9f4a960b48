package dev.peili.ipc;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.ActorSystem;

/** A {@link PuppetProcess} that is running. */
final class SecondProcess {
    private static final long PATIENCE_SECONDS = 10;

    private final Process process;
    private final String address;

    private SecondProcess(Process process, String address) {
        this.process = process;
        this.address = address;
    }

    /**
     * Starts it, and waits until it is there.
     *
     * @param settings each as {@code key=value}
     */
    static SecondProcess start(List<String> settings) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                PuppetProcess.class.getName()));
        command.addAll(settings);
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            return new SecondProcess(process, addressOf(process));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String addressOf(Process process) throws IOException {
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(PuppetProcess.HERE)) {
                show(out);
                return line.substring(PuppetProcess.HERE.length());
            }
            System.out.println("second process: " + line);
        }
        throw new IOException("the second process has ended");
    }

    /** What nobody reads would block its writer in the end. */
    private static void show(BufferedReader out) {
        Thread reader = new Thread(
                () -> out.lines().forEach(line -> System.out.println("second process: " + line)), "second process");
        reader.setDaemon(true);
        reader.start();
    }

    ActorRef<Theatre.PutUp> theatre(ActorSystem<?> system) {
        return ActorRefResolver.get(system).resolveActorRef(address);
    }

    /** Kills it, as a crash would. */
    void kill() {
        process.destroyForcibly();
    }

    /** Has it end. */
    void end() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
