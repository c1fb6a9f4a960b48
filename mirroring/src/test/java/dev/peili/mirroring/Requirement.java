package dev.peili.mirroring;

import java.util.ArrayList;
import java.util.List;

/** How new what its receiver mirrors has to be when it handles a message or an event (M2). */
final class Requirement {
    /** The version is that of a turn that has ended; the one that goes on may publish a newer one. */
    private record Part(ModelConnection connection, int before, boolean isOfThisTurn, boolean isSet) {}

    private record Known(ModelConnection connection, int version) {}

    private final List<Part> parts = new ArrayList<>();
    private final List<Known> known = new ArrayList<>();
    private final String subject;
    private boolean isOfFailedTurn;

    /** @param all whether all that the turn will have set counts, and not only what it has set until now */
    Requirement(String subject, OwnerSide owner, boolean all) {
        this.subject = subject;
        for (ModelConnection connection : owner.connections) {
            if (connection.source instanceof ModelCanonical canonical) {
                parts.add(
                        new Part(connection, canonical.version(), owner.hasBegun(connection), all || canonical.isSet));
            }
        }
    }

    /** The turn in which it was sent has ended. */
    void settle(boolean wentWell) {
        isOfFailedTurn = !wentWell;
        for (Part part : parts) {
            if (wentWell || !part.isOfThisTurn) {
                known.add(new Known(
                        part.connection,
                        wentWell && part.isSet && part.connection.published
                                ? part.connection.source.version()
                                : part.before));
            }
        }
    }

    boolean isOfFailedTurn() {
        return isOfFailedTurn;
    }

    /** In the turn in which it is handled. */
    void check(Player receiver) {
        for (Known each : known) {
            ModelConnection connection = each.connection;
            if (connection.target != receiver) {
                continue;
            }
            if (!connection.attached && connection.closed.isEmpty() && connection.published && !connection.superseded) {
                receiver.ledger.broken("M2: " + subject + " is handled before " + connection + " has arrived");
            }
            receiver.mirrorSide
                    .mirror(connection.key)
                    .filter(mirror ->
                            mirror.connection.filter(at -> at == connection).isPresent())
                    .ifPresent(mirror -> receiver.ledger.expect(
                            mirror.real.version() >= each.version,
                            "M2: " + subject + " is handled with version " + mirror.real.version() + " of " + connection
                                    + ", and was sent after version " + each.version));
        }
    }
}
