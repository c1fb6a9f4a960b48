package dev.peili.mirroring;

/** From an event producer, behind its last event: the connection has ended. */
final class EventsEnd extends QuietMessage {
    private final Connection connection;

    EventsEnd(Connection connection) {
        this.connection = connection;
    }

    Connection connection() {
        return connection;
    }

    @Override
    void handle(Node receiver) {
        if (!connection.closed && connection.sink() instanceof Listener<?> listener) {
            listener.ended(connection, ConnectionState.DISCONNECTED);
        }
    }
}
