package dev.peili.examples.desk;

import dev.peili.actors.Tab;
import dev.peili.examples.PeiliSystem;
import dev.peili.mirroring.Mirroring;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;

/**
 * How quotes come from the desk to its viewers. Every actor has a group of its own. The slow viewer is in the background, and
 * so is the desk; those who can follow are visible.
 */
enum Way {
    MIRRORS {
        @Override
        ActorRef<Desk.Tick> open(PeiliSystem system, List<Display> displays, Day day) {
            return spawnDesk(system, Desk.mirrored(spawnViewers(system, displays, Viewer::mirroring), day));
        }

        @Override
        long sent(PeiliSystem system, Display display, Day day) {
            return Mirroring.snapshot(system.system()).links().stream()
                    .filter(link -> link.target().endsWith("/" + display.lines().viewer()))
                    .mapToLong(link -> link.counts().updatesSent())
                    .sum();
        }
    },
    MESSAGES {
        @Override
        ActorRef<Desk.Tick> open(PeiliSystem system, List<Display> displays, Day day) {
            return spawnDesk(system, Desk.telling(spawnViewers(system, displays, Viewer::listening), day));
        }

        @Override
        long sent(PeiliSystem system, Display display, Day day) {
            return 1 + day.turn();
        }
    };

    /** Starts a desk and a viewer for each of the displays, which get the opening quote. */
    abstract ActorRef<Desk.Tick> open(PeiliSystem system, List<Display> displays, Day day);

    /** How many messages with quotes the desk has sent to the viewer that has this display. */
    abstract long sent(PeiliSystem system, Display display, Day day);

    private static ActorRef<Desk.Tick> spawnDesk(PeiliSystem system, Behavior<Desk.Tick> desk) {
        return PeiliSystem.spawn(desk, "desk", system.openTab());
    }

    private static <T> List<ActorRef<T>> spawnViewers(
            PeiliSystem system, List<Display> displays, Function<Display, Behavior<T>> viewer) {
        List<ActorRef<T>> viewers = new ArrayList<>();
        for (Display display : displays) {
            Tab tab = system.openTab();
            tab.setVisible(!display.lines().slow());
            viewers.add(PeiliSystem.spawn(viewer.apply(display), display.lines().viewer(), tab));
        }
        return viewers;
    }
}
