package dev.peili.mirroring;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What an actor does with the events of other actors' {@link EventProducer}s. {@link Mirroring#listener} makes it, and the
 * producers' owners connect it, as many as want to. It changes for its watchers when a producer is connected or
 * disconnected. In turns of its actor only.
 *
 * @param <E> the type of the events
 */
public final class Listener<E> extends Sink {
    private Consumer<? super E> handler;
    private @Nullable Object connections;

    Listener(Turn turn, EventKey<?, E> key, Consumer<? super E> handler) {
        super(turn, key);
        this.handler = handler;
    }

    /** Whether any producer is connected. */
    public boolean isConnected() {
        turn.check(this, "read");
        return connections != null;
    }

    /**
     * Ends it, at once: events that are underway are not handled, and the callback is released. The producers' owners are
     * told. {@link Mirroring#listener} can make another one with the same key. Without effect if it has ended already.
     */
    public void disconnect() {
        turn.check(this, "disconnected");
        for (Connection connection : connections()) {
            connection.leave(ConnectionState.LEFT);
        }
        connections = null;
        handler = event -> {};
        node().forget(this);
        changed();
    }

    @Override
    boolean accepts(Connection connection) {
        return true;
    }

    @Override
    @Nullable
    Connection attach(Connection connection) {
        if (!connections().contains(connection)) {
            connections = Connections.with(connections, connection);
            changed();
        }
        return null;
    }

    @Override
    void accept(Connection connection, Object value, long version) {
        throw new IllegalStateException(connection + " carries no state");
    }

    @Override
    void ended(Connection connection, ConnectionState why) {
        connections = Connections.without(connections, connection);
        changed();
    }

    @Override
    List<Connection> connections() {
        return Connections.of(connections);
    }

    /** An event has arrived; a key has one type of event, so it is one of them. */
    @SuppressWarnings("unchecked")
    void handle(Object event) {
        handler.accept((E) event);
    }

    /** The actor has started again, and has made it again. */
    void renew(Consumer<? super E> again) {
        handler = again;
    }
}
