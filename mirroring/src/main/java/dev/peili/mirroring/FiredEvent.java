package dev.peili.mirroring;

/** From an event producer. */
final class FiredEvent extends MirroringMessage {
    private final Connection connection;
    private final Object event;

    FiredEvent(Connection connection, Object event) {
        this.connection = connection;
        this.event = event;
    }

    Connection connection() {
        return connection;
    }

    Object event() {
        return event;
    }

    @Override
    void handle(Node receiver) {
        if (!connection.closed && connection.sink() instanceof Listener<?> listener) {
            listener.handle(event);
        }
    }
}
