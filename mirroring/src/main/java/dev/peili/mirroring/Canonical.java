package dev.peili.mirroring;

import java.util.Objects;
import java.util.function.UnaryOperator;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/**
 * A value that one actor owns and others mirror. {@link Mirroring#canonical} makes it. All methods but {@link #name} and
 * {@link #toString} are for turns of the owner: the setup of its behavior, and messages and signals that it handles.
 * Elsewhere they throw an {@link IllegalStateException} that says whose it is and who tried.
 *
 * <p>What a turn sets goes out when the turn ends, in one message to each actor that mirrors it, together with all else that
 * the turn has changed (promise M3); a turn that ends with the value that it began with, by {@link Object#equals}, sends
 * nothing (M4); and a turn that throws leaves the value as it was (M7).
 *
 * <p>Values should be immutable, as messages should: the mirrors show the same object, in other threads, and whether
 * something has changed is a comparison with the value before. Records and copied collections are right; for what is large
 * and changes a little at a time, a persistent collection is.
 *
 * <p>The names are those of Gecko's {@code StateMirroring.h}.
 *
 * @param <T> the type of the value
 */
public final class Canonical<T> extends Source {
    private T value;
    /** The value at the start of the turn, if it was set in it. */
    private @Nullable T before;
    /** Rises with each turn that changes the value. */
    private long version = 1;

    private @Nullable Mirrors mirrors;

    /** Whether it was set in this turn. */
    private boolean dirty;
    /** The one that was set in this turn before it. */
    @Nullable
    Canonical<?> setBefore;
    /** Whether this turn, which ends, leaves another value than it found. */
    private boolean changed;

    Canonical(Turn turn, String name, T initial) {
        super(turn, name);
        this.value = initial;
    }

    /** The present value: what this turn has set, if it has. */
    public T get() {
        turn.check(this, "read");
        return value;
    }

    /**
     * Sets the value. It costs about what an assignment does, however often it is done in a turn.
     *
     * @throws NullPointerException for null; {@link java.util.Optional} says that there is none
     */
    public void set(T next) {
        turn.check(this, "set");
        if (next == null) {
            throw new NullPointerException(description() + " cannot be set to null; let it be an Optional");
        }
        if (!dirty) {
            before = value;
            dirty = true;
            turn.set(this);
        }
        if (turn.isAnnouncing() && !next.equals(value)) {
            changed();
        }
        value = next;
    }

    /** Sets the value to what the function makes of the present one. */
    public void update(UnaryOperator<T> function) {
        set(function.apply(get()));
    }

    /**
     * How many values it has had, the initial one included; what this turn has set does not count yet, because it may be set
     * back. A mirror with {@link Mirror#version} equal to it shows the same value.
     */
    public long version() {
        turn.check(this, "read");
        return version;
    }

    /**
     * Connects a mirror, at the end of the turn: one message, which carries the value that the turn ends with, and that of
     * every other canonical that the turn has connected there (promise M1). No message that this actor sends to the other
     * afterwards is handled before it (M2; see {@link Mirroring} for which ways of sending that holds). Where there is
     * such a connection already, nothing happens.
     *
     * @param target an actor of this actor system that is set up with {@link Mirroring#setup}; it need not have started. If
     *     it has no such mirror, the connection ends as {@link ConnectionState#REFUSED}, with a warning in the log
     * @return the connection, which also says when it ends
     * @throws IllegalArgumentException if the target cannot be such an actor: if it is another system's, a classic one, no
     *     actor at all, or one whose mailbox is bounded and may drop the message
     */
    public <M> Connection connect(ActorRef<M> target, MirrorKey<M, T> mirror) {
        turn.check(this, "connected");
        return node().connect(this, target, mirror);
    }

    /** Disconnects the mirror, as {@link Connection#disconnect}; without effect where it is not connected. */
    public <M> void disconnect(ActorRef<M> target, MirrorKey<M, T> mirror) {
        turn.check(this, "disconnected");
        Connection connection = node().connection(this, target, mirror);
        if (connection != null) {
            connection.disconnect();
        }
    }

    /** Who is connected; it can be watched. */
    public Mirrors mirrors() {
        turn.check(this, "read");
        if (mirrors == null) {
            mirrors = new Mirrors(this);
        }
        return mirrors;
    }

    /**
     * A handle for mirrors that connect themselves; see {@link Mirror#connect} for why they should not. The handle can go
     * into messages. Any thread.
     */
    public CanonicalRef<T> ref() {
        return new CanonicalRef<>(node(), name());
    }

    // --- The end of a turn ------------------------------------------------------------------------------------------

    /** Compares the value with what the turn began with. */
    boolean compare() {
        changed = !value.equals(before);
        return changed;
    }

    /** The turn ends well. */
    void settle() {
        if (changed) {
            version++;
        }
    }

    /** What the turn has changed is published. */
    void settled() {
        dirty = false;
        changed = false;
        before = null;
        setBefore = null;
    }

    /** The turn has failed. */
    void undo() {
        value = Objects.requireNonNull(before);
        settled();
    }

    /** What operators see of it; the owner is held. */
    MirroringSnapshot.Canonical snapshot() {
        return new MirroringSnapshot.Canonical(
                node().path(),
                name(),
                version,
                connections().stream()
                        .map(connection -> connection.link.target.path())
                        .toList());
    }

    /** The owner has started again, and has made it again. */
    void renew(T initial) {
        set(initial);
        connections().forEach(Connection::renew);
    }

    // --- Connections ------------------------------------------------------------------------------------------------

    @Override
    Object initial() {
        return value;
    }

    @Override
    @Nullable
    Object change() {
        return changed ? value : null;
    }

    @Override
    long currentVersion() {
        return version;
    }

    @Override
    void connectionsChanged() {
        if (mirrors != null) {
            mirrors.changed();
        }
    }

    @Override
    boolean isUndone() {
        return true;
    }

    @Override
    String description() {
        return "canonical '" + name() + "' of " + node().path();
    }
}
