package dev.peili.mirroring;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A connection, as it should be at both of its ends. */
final class ModelConnection {
    /** What an event producer has sent through it and has not arrived: an event, or the end. */
    record Sent(Optional<Happening> event) {}

    final ModelSource source;
    final Player target;
    final Key key;
    final int serial;
    /** What it is the answer to. */
    final @Nullable ModelRequest request;

    @Nullable
    Connection real;

    // --- Its owner's end ---

    ConnectionState state = ConnectionState.CONNECTED;
    /** Whether the running turn has to publish the whole of it. */
    boolean fresh = true;

    // --- Underway ---

    boolean published;
    /** Whether another one took its place before all of it had arrived. */
    boolean superseded;
    /** The how manyth it is that was published to the other actor. */
    int order;

    boolean initial;
    boolean end;
    boolean news;

    @Nullable
    Value value;

    int version;
    final Deque<Sent> sent = new ArrayDeque<>();

    // --- The other end ---

    /** Whether it has ever arrived there. */
    boolean attached;
    /** Why it is not wanted there, or not any more. */
    Optional<ConnectionState> closed = Optional.empty();

    ModelConnection(ModelSource source, Player target, Key key, int serial, @Nullable ModelRequest request) {
        this.source = source;
        this.target = target;
        this.key = key;
        this.serial = serial;
        this.request = request;
    }

    boolean leads(ModelSource from, Player to, Key at) {
        return source == from && target == to && key == at;
    }

    boolean isOfEvents() {
        return source instanceof ModelProducer;
    }

    /** The turn of its owner has published it for the first time, or again. */
    void begins() {
        if (order == 0) {
            order = target.mirrorSide.nextArrival();
        }
    }

    /** The turn of its owner has published the value. */
    void publishValue() {
        if (source instanceof ModelCanonical canonical) {
            value = canonical.committed();
            version = canonical.version();
            news = true;
        }
        published = true;
    }

    boolean isPending() {
        return initial || end || news;
    }

    void arrived() {
        initial = false;
        end = false;
        news = false;
    }

    void close(ConnectionState why) {
        closed = Optional.of(why);
    }

    String describe() {
        return this + " is " + state + (request == null ? "" : " by request") + (isPending() ? " and has news" : "")
                + ", " + (attached ? "arrived" : "underway")
                + closed.map(why -> " and closed as " + why).orElse("");
    }

    @Override
    public String toString() {
        return "connection " + serial + " of " + source + " to " + key + " of " + target;
    }
}
