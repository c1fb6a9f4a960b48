package dev.peili.mirroring;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an update does to the actor that gets it, beside the new values: who is told afterwards, and what is recorded. */
final class Arrival {
    private final Node receiver;
    private @Nullable List<Departure> departures;
    private @Nullable List<Connection> connected;

    Arrival(Node receiver) {
        this.receiver = receiver;
    }

    Node receiver() {
        return receiver;
    }

    void connected(Connection connection) {
        if (connected == null) {
            connected = new ArrayList<>(4);
        }
        connected.add(connection);
    }

    /** This side does not want the connection, or not any more. */
    void departed(Connection connection, ConnectionState why) {
        connection.closed = true;
        if (departures == null) {
            departures = new ArrayList<>(4);
        }
        departures.add(new Departure(connection, why));
    }

    List<Connection> connected() {
        return connected == null ? List.of() : connected;
    }

    /** Tells the owners. */
    void tellOwners() {
        if (departures != null) {
            departures.forEach(departure -> departure.connection().link.owner.send(departure));
        }
    }
}
