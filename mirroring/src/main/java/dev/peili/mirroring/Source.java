package dev.peili.mirroring;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an owner connects to other actors. In turns of the owner only. */
abstract sealed class Source extends Watchable permits Canonical, EventProducer {
    final Turn turn;
    private final String name;
    private @Nullable Object connections;
    private boolean isGone;

    Source(Turn turn, String name) {
        this.turn = turn;
        this.name = name;
    }

    /** Its name. Any thread. */
    public final String name() {
        return name;
    }

    /** The value that goes out with the first message of a connection; null if there is none. */
    abstract @Nullable Object initial();

    /** The value that the running turn has changed; null if it has not. */
    abstract @Nullable Object change();

    /** The version of what goes out; not 0. */
    abstract long currentVersion();

    /** It has another connection, or one less. */
    abstract void connectionsChanged();

    @Override
    final void gone() {
        isGone = true;
    }

    /** Throws if nobody can find it any more. */
    final void checkIsThere() {
        if (isGone) {
            throw new IllegalStateException(
                    description() + " is gone, because the turn that made it has failed, or because"
                            + " the actor has started again without it; make another one");
        }
    }

    final void add(Connection connection) {
        connections = Connections.with(connections, connection);
        connectionsChanged();
    }

    final void remove(Connection connection) {
        connections = Connections.without(connections, connection);
        connectionsChanged();
    }

    /** The running turn has something for each connection. A single one is staged without a list around it. */
    final void stageConnections() {
        if (connections instanceof Connection only) {
            turn.stage(only);
            return;
        }
        List<Connection> several = connections();
        for (int i = 0; i < several.size(); i++) {
            turn.stage(several.get(i));
        }
    }

    /** The connections of now; not to be changed. */
    final List<Connection> connections() {
        return Connections.of(connections);
    }

    /** Disconnects all, as {@link Connection#disconnect}. */
    public final void disconnectAll() {
        turn.check(this, "disconnected");
        List.copyOf(connections()).forEach(Connection::disconnect);
    }

    @Override
    final Node node() {
        return turn.node();
    }
}
