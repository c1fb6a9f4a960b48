package dev.peili.ipc;

import dev.peili.testkit.Simulation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All that the proof knows of one schedule. The first promise that is broken is kept for the test to throw. */
final class Ledger {
    final Simulation simulation;
    final Coverage coverage;
    final ModelGroups groups;
    /** The first is the top-level actor; each is found by its key. */
    final List<ModelActor> actors = new ArrayList<>();

    /** What {@code peili.ipc} says. */
    final int actorWindow;

    final long channelWindow;
    final boolean isSerialized;

    /** Whether something has happened after which the channel has to end. */
    boolean isChannelEnding;

    private Optional<String> broken = Optional.empty();

    Ledger(Simulation simulation, Coverage coverage) {
        this.simulation = simulation;
        this.coverage = coverage;
        this.groups = new ModelGroups(simulation);
        IpcSettings settings = IpcSettings.of(simulation.system());
        this.actorWindow = settings.actorWindow();
        this.channelWindow = settings.channelWindow();
        this.isSerialized = settings.serializeInProcess();
        actors.add(new ModelActor(this, 0, Level.TOP, Optional.empty(), Side.PARENT));
    }

    ModelActor top() {
        return actors.get(0);
    }

    ModelActor newActor(Level level, ModelHalf manager) {
        ModelActor actor = new ModelActor(this, actors.size(), level, Optional.of(manager.actor), manager.side);
        actors.add(actor);
        return actor;
    }

    List<ModelHalf> halves() {
        return actors.stream().flatMap(actor -> actor.halves().stream()).toList();
    }

    /** Those of one side that have a handle, constructed or not. */
    List<ModelHalf> known(Side side) {
        return actors.stream()
                .map(actor -> actor.half(side))
                .filter(ModelHalf::isKnown)
                .toList();
    }

    // --- Promises ---------------------------------------------------------------------------------------------------

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

    boolean isBroken() {
        return broken.isPresent();
    }

    /** Throws if a promise was broken. */
    void check() {
        broken.ifPresent(text -> {
            throw new AssertionError(text);
        });
    }
}
