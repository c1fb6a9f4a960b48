package dev.peili.mirroring;

import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/**
 * A source of events of one actor, for {@link Listener}s in others: for what happens, where a {@link Canonical} is for what
 * is. Each event is delivered, in order, and none is replaced by a later one; each arrives after all that its turn and the
 * turns before have changed in canonicals. A turn that throws fires nothing. {@link Mirroring#producer} makes it, and it is
 * used in turns of its actor only. It changes for its watchers when a listener is connected or
 * disconnected. The idea is Gecko's {@code MediaEventSource.h}.
 *
 * @param <E> the type of the events
 */
public final class EventProducer<E> extends Source {
    EventProducer(Turn turn, String name) {
        super(turn, name);
    }

    /**
     * Sends an event, at the end of the turn, to all listeners that are connected now.
     *
     * @throws NullPointerException for null
     */
    public void fire(E event) {
        turn.check(this, "fired");
        if (event == null) {
            throw new NullPointerException(description() + " cannot fire null");
        }
        List<Connection> known = connections();
        for (int i = 0; i < known.size(); i++) {
            turn.send(new Outgoing.Fired(known.get(i), new FiredEvent(known.get(i), event)));
        }
    }

    /**
     * Connects a listener, at once: the next event is for it, too. Where there is such a connection already, nothing
     * happens. See {@link Canonical#connect} for the target and for errors.
     */
    public <M> Connection connect(ActorRef<M> target, EventKey<M, E> listener) {
        turn.check(this, "connected");
        return node().connect(this, target, listener);
    }

    /** Disconnects the listener: it gets what was fired before. Without effect where it is not connected. */
    public <M> void disconnect(ActorRef<M> target, EventKey<M, E> listener) {
        turn.check(this, "disconnected");
        Connection connection = node().connection(this, target, listener);
        if (connection != null) {
            connection.disconnect();
        }
    }

    /** Whether any listener is connected. */
    public boolean hasListeners() {
        turn.check(this, "read");
        return !connections().isEmpty();
    }

    @Override
    @Nullable
    Object initial() {
        return null;
    }

    @Override
    @Nullable
    Object change() {
        return null;
    }

    @Override
    long currentVersion() {
        return 1;
    }

    @Override
    void connectionsChanged() {
        changed();
    }

    @Override
    boolean isUndone() {
        return !node().turn().isQuiet();
    }

    @Override
    String description() {
        return "event producer '" + name() + "' of " + node().path();
    }
}
