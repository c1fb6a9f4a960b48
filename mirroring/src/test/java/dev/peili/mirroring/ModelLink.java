package dev.peili.mirroring;

import java.util.ArrayList;
import java.util.List;

/** All connections from one actor to another, and how many updates went there. */
final class ModelLink {
    final Player owner;
    final Player target;
    final Link real;
    /** Those that are connected or have something underway, the older first. */
    final List<ModelConnection> connections = new ArrayList<>();

    boolean underway;
    private long sent;
    private long conflated;
    private long arrived;

    ModelLink(Player owner, Player target, Link real) {
        this.owner = owner;
        this.target = target;
        this.real = real;
    }

    /** A turn has published something. */
    void publish() {
        if (underway) {
            conflated++;
            owner.ledger.coverage.count("updates conflated");
        } else {
            underway = true;
            sent++;
            owner.ledger.coverage.count("updates sent");
        }
    }

    /** Nothing is underway any more that another connection to the same mirror had there. */
    void supersede(ModelConnection connection) {
        connections.stream()
                .filter(other -> other != connection && other.key == connection.key)
                .forEach(other -> {
                    other.arrived();
                    other.superseded = true;
                });
    }

    /** One of the messages has arrived. */
    void arrived() {
        arrived++;
        long most = sent + (owner.hasEnded() ? 1 : 0);
        owner.ledger.expect(
                arrived <= most, "M4: " + target + " got " + arrived + " updates from " + owner + ", not " + most);
    }

    /** M4: the messages are as many as they should be. */
    void checkCounts() {
        MirroringSnapshot.Link snapshot = real.snapshot();
        if (target.isSetUp && !owner.hasEnded()) {
            owner.ledger.expect(
                    snapshot.counts().updatesSent() == sent
                            && snapshot.counts().updatesConflated() == conflated
                            // What an actor has for itself arrives as soon as it has started.
                            && (owner == target || snapshot.undelivered() == underway),
                    "M4: " + owner + " has sent " + target + " " + sent + " updates and conflated " + conflated
                            + ", and undelivered is " + underway + ", but it says " + snapshot);
        }
    }
}
