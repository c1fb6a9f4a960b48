package dev.peili.mirroring;

/** From an event producer, behind its last event: the connection has ended. */
record EventsEnd(Connection connection) implements QuietMessage {
    @Override
    public void handle(Node receiver) {
        if (!connection.closed && connection.sink() instanceof Listener<?> listener) {
            listener.ended(connection, ConnectionState.DISCONNECTED);
        }
    }
}
