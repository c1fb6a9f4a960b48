package dev.peili.mirroring;

/** From an event producer. */
record FiredEvent(Connection connection, Object event) implements MirroringMessage {
    @Override
    public void handle(Node receiver) {
        if (!connection.closed && connection.sink() instanceof Listener<?> listener) {
            listener.handle(event);
        }
    }
}
