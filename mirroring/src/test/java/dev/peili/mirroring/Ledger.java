package dev.peili.mirroring;

import dev.peili.testkit.Simulation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** All that the proof knows of one schedule. The first promise that is broken is kept for the test to throw. */
final class Ledger {
    final Simulation simulation;
    final Coverage coverage;
    final List<Player> players = new ArrayList<>();
    final List<Note> notes = new ArrayList<>();
    private Optional<String> broken = Optional.empty();
    private int serial;

    Ledger(Simulation simulation, Coverage coverage) {
        this.simulation = simulation;
        this.coverage = coverage;
    }

    /** Takes note of a promise that does not hold; the text begins with its number. */
    void broken(String text) {
        if (broken.isEmpty()) {
            broken = Optional.of(text + "; at step " + simulation.steps());
        }
    }

    void expect(boolean holds, String text) {
        if (!holds) {
            broken(text);
        }
    }

    /** All connections that ever led there, for who has to find out why something is broken. */
    String describe(Player target, Key key) {
        return players.stream()
                .flatMap(owner -> owner.ownerSide.all().stream())
                .filter(connection -> connection.target == target && connection.key == key)
                .map(ModelConnection::describe)
                .collect(Collectors.joining(", ", " (", ")"));
    }

    /** Throws if a promise was broken. */
    void check() {
        broken.ifPresent(text -> {
            throw new AssertionError(text);
        });
    }

    boolean isBroken() {
        return broken.isPresent();
    }

    int nextSerial() {
        return ++serial;
    }
}
