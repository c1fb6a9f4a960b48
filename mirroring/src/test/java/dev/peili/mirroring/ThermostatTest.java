package dev.peili.mirroring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peili.testkit.SimulatedProbe;
import dev.peili.testkit.Simulation;
import dev.peili.testkit.junit.SimulatedTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.BehaviorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;

/** The code of docs/mirroring.md. */
final class ThermostatTest {
    sealed interface Display {
        MirrorKey<Display, Double> TARGET = MirrorKey.create("target");
        MirrorKey<Display, Double> MEASURED = MirrorKey.create("measured");

        record Show(ActorRef<String> replyTo) implements Display {}

        static Behavior<Display> create() {
            return Mirroring.setup((context, mirroring) -> {
                Mirror<Double> target = mirroring.mirror(TARGET);
                Mirror<Double> measured = mirroring.mirror(MEASURED);
                return Behaviors.receive(Display.class)
                        .onMessage(Show.class, show -> {
                            show.replyTo().tell(measured.get() + " of " + target.get());
                            return Behaviors.same();
                        })
                        .build();
            });
        }
    }

    sealed interface Thermostat {
        record Connect(ActorRef<Display> display) implements Thermostat {}

        record Turn(double degrees) implements Thermostat {}

        record Measured(double degrees) implements Thermostat {}

        static Behavior<Thermostat> create() {
            return Mirroring.setup((context, mirroring) -> {
                Canonical<Double> target = mirroring.canonical("target", 20.0);
                Canonical<Double> measured = mirroring.canonical("measured", 18.5);
                return Behaviors.receive(Thermostat.class)
                        .onMessage(Connect.class, connect -> {
                            target.connect(connect.display(), Display.TARGET);
                            measured.connect(connect.display(), Display.MEASURED);
                            return Behaviors.same();
                        })
                        .onMessage(Turn.class, turn -> {
                            target.update(degrees -> degrees + turn.degrees());
                            return Behaviors.same();
                        })
                        .onMessage(Measured.class, now -> {
                            measured.set(now.degrees());
                            return Behaviors.same();
                        })
                        .build();
            });
        }
    }

    // --- Asynchronous -----------------------------------------------------------------------------------------------

    /** Stands in for a display: tells the probe what it would show. */
    static Behavior<Display> reporting(ActorRef<Double> probe) {
        return Mirroring.setup((context, mirroring) -> {
            Mirror<Double> target = mirroring.mirror(Display.TARGET);
            Mirror<Double> measured = mirroring.mirror(Display.MEASURED);
            mirroring.watch(() -> probe.tell(target.get()), target);
            mirroring.watch(() -> probe.tell(measured.get()), measured);
            return Behaviors.receiveMessage(message -> Behaviors.same());
        });
    }

    @Test
    void asynchronous() {
        ActorTestKit kit = ActorTestKit.create();
        TestProbe<Double> seen = kit.createTestProbe();
        ActorRef<Thermostat> thermostat = kit.spawn(Thermostat.create());
        thermostat.tell(new Thermostat.Connect(kit.spawn(reporting(seen.ref()))));
        seen.expectMessage(20.0);
        seen.expectMessage(18.5);

        thermostat.tell(new Thermostat.Turn(0.5));
        seen.expectMessage(20.5);
        kit.shutdownTestKit();
    }

    // --- Synchronous ------------------------------------------------------------------------------------------------

    @Test
    void synchronous() {
        BehaviorTestKit<Thermostat> thermostat = BehaviorTestKit.create(Thermostat.create());
        BehaviorTestKit<Display> display = BehaviorTestKit.create(Display.create());
        TestInbox<String> shown = TestInbox.create();

        thermostat.run(new Thermostat.Connect(display.getRef()));
        display.runOne();
        display.run(new Display.Show(shown.getRef()));
        shown.expectMessage("18.5 of 20.0");

        thermostat.run(new Thermostat.Turn(0.5));
        thermostat.run(new Thermostat.Measured(19.0));
        display.runOne();
        assertThat(display.selfInbox().hasMessages()).isFalse();
        display.run(new Display.Show(shown.getRef()));
        shown.expectMessage("19.0 of 20.5");
    }

    // --- Simulated --------------------------------------------------------------------------------------------------

    @SimulatedTest
    void simulated(Simulation simulation) {
        ActorRef<Thermostat> thermostat = simulation.spawn(Thermostat.create(), "thermostat");
        ActorRef<Display> display = simulation.spawn(Display.create(), "display");
        SimulatedProbe<String> shown = simulation.createProbe(String.class);
        thermostat.tell(new Thermostat.Connect(display));
        thermostat.tell(new Thermostat.Turn(1.0));
        thermostat.tell(new Thermostat.Turn(-1.0));
        thermostat.tell(new Thermostat.Measured(19.0));
        simulation.runUntilIdle();

        display.tell(new Display.Show(shown.ref()));
        shown.expectMessage("19.0 of 20.0");
    }

    @Test
    void documentedCode_isThisCode() throws IOException {
        String source = squeeze(Files.readString(Path.of("src/test/java/dev/peili/mirroring/ThermostatTest.java")));
        List<String> blocks = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("../docs/mirroring.md")))
                .results()
                .map(block -> block.group(1))
                .toList();
        assertThat(blocks)
                .hasSizeGreaterThan(4)
                .allSatisfy(block -> assertThat(source).contains(squeeze(block)));
    }

    private static String squeeze(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }
}
