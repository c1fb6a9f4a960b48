package dev.peili.actors;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import jdk.jfr.FlightRecorder;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Promise G9, its other half: whoever does not ask for Flight Recorder has nothing of it. */
final class FlightRecorderOffTest {
    @TempDir
    private Path folder;

    /** Runs a task and a message of all kinds in a process of its own. */
    static final class Program {
        private Program() {}

        public static void main(String[] args) {
            ActorTestKit kit = ActorTestKit.create();
            Groups groups = Groups.get(kit.system());
            Document page = Systems.background(groups);
            Document urgent = Systems.foreground(groups);
            TestProbe<String> probe = kit.createTestProbe(String.class);
            ActorRef<String> actor = Systems.spawn(
                    page.docGroup(),
                    Behaviors.receiveMessage(message -> {
                        probe.ref().tell(message);
                        return Behaviors.same();
                    }),
                    "actor");
            actor.tell("message");
            probe.expectMessage("message");
            page.dispatch("task", TaskCategory.OTHER, () -> {
                Systems.Gate gate = new Systems.Gate();
                gate.open();
                urgent.dispatch("urgent", TaskCategory.OTHER, gate);
                while (!gate.isEntered()) {
                    Turn.checkpoint();
                }
            });
            Systems.runThrough(page.docGroup(), TaskCategory.OTHER);
            page.close();
            try {
                page.dispatch("late", TaskCategory.OTHER, () -> {});
                throw new IllegalStateException("not rejected");
            } catch (java.util.concurrent.RejectedExecutionException e) {
                kit.shutdownTestKit();
            }
            boolean there = ModuleLayer.boot().findModule("jdk.jfr").isPresent();
            System.out.println(there ? "initialized " + FlightRecorder.isInitialized() : "without");
        }
    }

    private String run(String... options) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Program.class.getName()));
        Path output = folder.resolve("output.txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS))
                    .as("ends by itself")
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        String text = Files.readString(output);
        assertThat(process.exitValue()).as(text).isZero();
        return text;
    }

    @Test
    void flightRecorder_isNotInitialized() throws Exception {
        assertThat(run()).endsWith("initialized false" + System.lineSeparator());
    }

    /** As in a runtime image that was made without it. */
    @Test
    void moduleOfFlightRecorder_isNotNeeded() throws Exception {
        assertThat(run("--limit-modules", "java.base,java.naming,java.xml,jdk.unsupported"))
                .endsWith("without" + System.lineSeparator());
    }
}
