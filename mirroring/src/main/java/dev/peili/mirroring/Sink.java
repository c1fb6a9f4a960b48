package dev.peili.mirroring;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The other end of a connection. In turns of its actor only. */
abstract sealed class Sink extends Watchable permits Mirror, Listener {
    final Turn turn;
    private final Key key;

    Sink(Turn turn, Key key) {
        this.turn = turn;
        this.key = key;
    }

    final Key key() {
        return key;
    }

    /** Whether this connection may lead here: if none has that was published later. */
    abstract boolean accepts(Connection connection);

    /**
     * This connection leads here from now on.
     *
     * @return the one that it takes the place of; null if there is none
     */
    abstract @Nullable Connection attach(Connection connection);

    /** A state has arrived. */
    abstract void accept(Connection connection, Object value, long itsVersion);

    /** The connection has ended. */
    abstract void ended(Connection connection, ConnectionState why);

    /** All that lead here now. */
    abstract List<Connection> connections();

    @Override
    final Node node() {
        return turn.node();
    }

    @Override
    final boolean isUndone() {
        return false;
    }

    @Override
    final String description() {
        return key + " of " + node().path();
    }
}
