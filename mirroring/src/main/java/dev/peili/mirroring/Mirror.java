package dev.peili.mirroring;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A copy of another actor's value, which that actor keeps up to date. {@link Mirroring#mirror} makes it, and the owner
 * connects it: {@link Canonical#connect}. All methods but {@link #toString} are for turns of the actor that has the mirror;
 * elsewhere they throw an {@link IllegalStateException} that says whose it is and who tried.
 *
 * <p>It never goes back to an older value of the same owner (promise M5). When its connection ends, it keeps the last value
 * (M6). It changes for its {@linkplain Mirroring#watch watchers} when a value arrives, and when it is connected or disconnected
 * though its value remains; the first value is a change, too, even where it equals the default.
 *
 * @param <T> the type of the value
 */
public final class Mirror<T> extends Sink {
    private @Nullable T value;
    /** Its connection, or the request for one that has no answer; null if there is neither. */
    private @Nullable Object at;

    private long version;
    private ConnectionState state = ConnectionState.NEVER_CONNECTED;
    /** The highest order of the connections that it has had. */
    private int latest;

    Mirror(Turn turn, MirrorKey<?, T> key) {
        super(turn, key);
    }

    /**
     * The value that the owner published last, as far as it has arrived here; before the first one, the default.
     *
     * @throws IllegalStateException if there is neither
     */
    public T get() {
        turn.check(this, "read");
        T known = value;
        if (known == null) {
            throw new IllegalStateException(description() + " has no value, because it is " + state
                    + "; give it a default, ask isInitialized first, or have its owner connect it before it sends the"
                    + " message that needs the value");
        }
        return known;
    }

    /** Whether a value of an owner has ever arrived. */
    public boolean isInitialized() {
        return version() > 0;
    }

    /** The version of the owner's value, as {@link Canonical#version} counts; 0 before the first one has arrived. */
    public long version() {
        turn.check(this, "read");
        return version;
    }

    /** Whether it is connected, or why it is not. */
    public ConnectionState state() {
        turn.check(this, "read");
        return state;
    }

    /** Whether it is connected. */
    public boolean isConnected() {
        return state() == ConnectionState.CONNECTED;
    }

    /** Disconnects it, at once: what is underway has no effect. The owner is told. */
    public void disconnect() {
        turn.check(this, "disconnected");
        Object left = at;
        at = null;
        if (left instanceof ConnectRequest request) {
            request.cancel();
        } else if (left instanceof Connection connection) {
            connection.leave(ConnectionState.LEFT);
        }
        if (left != null) {
            state(ConnectionState.LEFT);
        }
    }

    /**
     * Asks the owner of a canonical to connect this mirror. This is the way that Gecko's mirrors had until 2023, and it is a
     * race: the owner tells this actor to connect, this actor asks, and the owner answers with the first value; whatever the
     * owner has sent in the meantime arrives before the value does, so nothing can be assumed about it (Mozilla bug
     * 1837570). {@link Canonical#connect} needs one message and has no race. This one is here for actors that cannot be
     * known to the owner, and to show the difference.
     *
     * <p>Until the answer the mirror is {@link ConnectionState#CONNECTING}.
     */
    public void connect(CanonicalRef<T> canonical) {
        turn.check(this, "connected");
        disconnect();
        ConnectRequest asked = new ConnectRequest(canonical.name, this);
        at = asked;
        state(ConnectionState.CONNECTING);
        node().request(asked, canonical.owner);
    }

    // --- From the owner ---------------------------------------------------------------------------------------------

    /** The value to show before the first one arrives. */
    void initial(@Nullable T initial) {
        if (version == 0 && initial != null) {
            value = initial;
        }
    }

    @Override
    boolean accepts(Connection connection) {
        // It counts on for ever, and may begin at the other end.
        return connection.order() - latest >= 0;
    }

    @Override
    @Nullable
    Connection attach(Connection next) {
        Object old = at;
        at = next;
        latest = next.order();
        state(ConnectionState.CONNECTED);
        return old instanceof Connection connection && old != next ? connection : null;
    }

    /** A key has one type of value, so it is one of them. */
    @SuppressWarnings("unchecked")
    @Override
    void accept(Connection from, Object next, long itsVersion) {
        if (from == at) {
            value = (T) next;
            version = itsVersion;
            changed();
        }
    }

    @Override
    void ended(Connection which, ConnectionState why) {
        if (which == at) {
            at = null;
            state(why);
        }
    }

    /** The owner will not connect it. */
    void refused(ConnectRequest asked, ConnectionState why) {
        if (asked == at) {
            at = null;
            state(why);
        }
    }

    private void state(ConnectionState next) {
        state = next;
        changed();
    }

    @Override
    List<Connection> connections() {
        return at instanceof Connection connection ? List.of(connection) : List.of();
    }
}
