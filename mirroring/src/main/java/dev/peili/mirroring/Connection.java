package dev.peili.mirroring;

import java.util.Objects;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/**
 * That a canonical is connected to a mirror, or an event producer to a listener, as their owner sees it. It can be watched:
 * it changes when it ends. In turns of the owner only.
 */
public class Connection extends Watchable {
    /** Its first message has to go out. */
    private static final byte FRESH = 1;
    /** Its last message has to go out. */
    private static final byte ENDING = 2;
    /** It is among those that the running turn has something for. */
    private static final byte STAGED = 4;

    private static final byte INITIAL = 1;
    private static final byte VALUE = 2;
    private static final byte END = 4;

    final Link link;
    final Source source;
    /** Which sink it leads to: its key, and once it has arrived the sink itself, for turns of that actor. */
    private Object end;

    /** The next that leads to the same actor. */
    @Nullable
    Connection nextOfLink;
    /** The next that the running turn has something for. */
    @Nullable
    Connection nextStaged;
    /** The next with something undelivered; guarded by the link, as the three below. */
    @Nullable
    Connection nextPending;

    private @Nullable Object pendingValue;
    private byte pending;
    /** Of the newest value that went out. */
    private long version;

    /** The how manyth connection to that actor it is, by when it was published; 0 before that. */
    private int order;
    /** Whether the other actor does not want it any more, so that what arrives late has no effect; the owner looks, too. */
    volatile boolean closed;

    private ConnectionState state = ConnectionState.CONNECTED;
    private byte marks = FRESH;

    Connection(Link link, Source source, Key key) {
        this.link = link;
        this.source = source;
        this.end = key;
    }

    /** Whether it is connected, or why it is not any more. */
    public ConnectionState state() {
        node().checkTurn(this, "read");
        return state;
    }

    /** Whether it is connected. */
    public boolean isConnected() {
        return state() == ConnectionState.CONNECTED;
    }

    /** The actor that it leads to. */
    public ActorRef<?> target() {
        return link.target.actor();
    }

    /**
     * Ends it, at the end of the turn: a mirror gets the value that the turn ends with, if it changed, and learns that it
     * is disconnected, in one message; a listener gets what was fired before. Without effect if it has ended already.
     */
    public void disconnect() {
        node().checkTurn(this, "disconnected");
        if (state == ConnectionState.CONNECTED) {
            link.owner.end(this, ConnectionState.DISCONNECTED);
        }
    }

    // --- Any thread -------------------------------------------------------------------------------------------------

    /** The key of where it leads to. */
    Key key() {
        // Another thread may replace the one by the other now; they have the same key.
        Object known = end;
        return known instanceof Sink sink ? sink.key() : (Key) known;
    }

    // --- Turns of the owner -----------------------------------------------------------------------------------------

    ConnectionState stateNow() {
        return state;
    }

    void state(ConnectionState next) {
        state = next;
        changed();
    }

    /** Whether it was not yet staged, which it is now. */
    boolean stage() {
        boolean now = (marks & STAGED) == 0;
        marks |= STAGED;
        return now;
    }

    /** Its full state has to go out, though it was connected before. */
    void renew() {
        marks |= FRESH;
    }

    /** Its end has to go out. */
    void end() {
        marks |= ENDING;
    }

    /** The turn has failed, and has nothing for it. */
    void unstage() {
        marks = 0;
    }

    /** Adds what the turn has for the other side to what is undelivered, holding the link; false if that is nothing. */
    boolean publish() {
        boolean fresh = (marks & FRESH) != 0;
        boolean ending = (marks & ENDING) != 0;
        marks = 0;
        if (isOverThere()) {
            // Nobody wants it there any more.
            return false;
        }
        if (fresh && order == 0) {
            order = link.target.nextArrival();
        }
        Object value = fresh ? source.initial() : source.change();
        if (value != null) {
            pendingValue = value;
            pending |= VALUE;
        }
        if (fresh || value != null) {
            version = source.currentVersion();
        }
        if (fresh) {
            pending |= INITIAL;
        }
        if (ending && !(source instanceof EventProducer)) {
            pending |= END;
        }
        return fresh || value != null || (pending & END) != 0;
    }

    /** Whether its end is not this owner's doing, which goes out. */
    private boolean isOverThere() {
        return switch (state) {
            case LEFT, DISPLACED, REFUSED, MIRROR_ENDED -> true;
            default -> false;
        };
    }

    /** Whether it begins with what goes out now. */
    boolean isFresh() {
        return (marks & FRESH) != 0;
    }

    /** Nothing of it is underway any more, because another one takes its place. */
    void supersede() {
        pending = 0;
        pendingValue = null;
    }

    boolean isPending() {
        return pending != 0;
    }

    // --- Turns of the other actor, holding the link -----------------------------------------------------------------

    /** Hands over what is undelivered; what cannot be is told to the arrival. */
    void deliver(Arrival arrival) {
        byte what = pending;
        Object value = pendingValue;
        pending = 0;
        pendingValue = null;
        if (closed) {
            return;
        }
        if ((what & INITIAL) != 0) {
            connect(arrival);
        }
        if (end instanceof Sink sink && !closed) {
            if ((what & VALUE) != 0) {
                sink.accept(this, Objects.requireNonNull(value), version);
            }
            if ((what & END) != 0) {
                // It does not change any more.
                sink.ended(this, state);
            }
        }
    }

    /** Whether the other actor still wants what it asked for, if it did. */
    boolean isWanted() {
        return true;
    }

    /** Where it leads to, once it has arrived there; for turns of that actor. */
    @Nullable
    Sink sink() {
        return end instanceof Sink sink ? sink : null;
    }

    int order() {
        return order;
    }

    /** The other actor ends it, and tells the owner. */
    void leave(ConnectionState why) {
        closed = true;
        link.owner.send(new Departure(this, why));
    }

    private void connect(Arrival arrival) {
        if (!isWanted()) {
            arrival.departed(this, ConnectionState.LEFT);
            return;
        }
        Sink found = end instanceof Sink known ? known : arrival.receiver().sink((Key) end);
        if (found == null) {
            arrival.departed(this, ConnectionState.REFUSED);
            return;
        }
        end = found;
        if (!found.accepts(this)) {
            arrival.departed(this, ConnectionState.DISPLACED);
            return;
        }
        arrival.connected(this);
        Connection displaced = found.attach(this);
        if (displaced != null) {
            arrival.departed(displaced, ConnectionState.DISPLACED);
        }
    }

    @Override
    Node node() {
        return link.owner;
    }

    @Override
    boolean isUndone() {
        return !node().turn().isQuiet();
    }

    @Override
    String description() {
        return "connection of " + source.description() + " to " + key() + " of " + link.target.path();
    }
}
