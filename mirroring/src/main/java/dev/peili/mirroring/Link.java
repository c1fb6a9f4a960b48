package dev.peili.mirroring;

import dev.peili.actors.internal.agenda.BriefLock;
import dev.peili.mirroring.internal.flight.MirrorFlight;
import org.jspecify.annotations.Nullable;

/**
 * All that leads from one owner to one other actor, and what of it is undelivered: at most one update, which is in the other
 * actor's mailbox, and whose content later turns replace. It is a lock, because an owner that is ahead of the other actor
 * takes it in each turn.
 */
final class Link extends BriefLock {
    final Node owner;
    final Node target;
    private final StateUpdate update = new StateUpdate(this);

    // --- For turns of the owner ---

    /** The first connection; the others follow it. */
    private @Nullable Connection first;

    private @Nullable Connection firstStaged;
    /** The last of several. */
    private @Nullable Connection lastStaged;
    /** The next of this owner's links that the running turn has something for. */
    @Nullable
    Link nextTouched;

    // --- Guarded by the lock ---

    private @Nullable Connection firstPending;
    private @Nullable Connection lastPending;
    /** Whether the update is on its way. */
    private boolean underway;

    private boolean ownerEnded;
    private long sent;
    private long conflated;
    /** How often a mirror there has asked to be connected. */
    private long requests;
    /** How many turns the undelivered update is made of. */
    private int turns;
    /** When it was sent, while that is recorded. */
    private long sentAt;

    Link(Node owner, Node target) {
        this.owner = owner;
        this.target = target;
    }

    // --- Turns of the owner -----------------------------------------------------------------------------------------

    @Nullable
    Connection find(Source source, Key key) {
        Connection connection = first;
        while (connection != null && (connection.source != source || connection.key() != key)) {
            connection = connection.nextOfLink;
        }
        return connection;
    }

    /** The connection to this mirror, whichever value it is of; null if there is none. */
    @Nullable
    Connection find(MirrorKey<?, ?> mirror) {
        Connection connection = first;
        while (connection != null && connection.key() != mirror) {
            connection = connection.nextOfLink;
        }
        return connection;
    }

    @Nullable
    Connection first() {
        return first;
    }

    void add(Connection connection) {
        connection.nextOfLink = first;
        first = connection;
    }

    void remove(Connection connection) {
        Connection before = null;
        for (Connection other = first; other != null; before = other, other = other.nextOfLink) {
            if (other == connection) {
                if (before == null) {
                    first = other.nextOfLink;
                } else {
                    before.nextOfLink = other.nextOfLink;
                }
                return;
            }
        }
    }

    /** Whether the running turn has something for the other actor. */
    boolean isStaged() {
        return firstStaged != null;
    }

    /** The running turn has something for this connection. */
    void stage(Connection connection) {
        if (firstStaged == null) {
            firstStaged = connection;
        } else {
            (lastStaged == null ? firstStaged : lastStaged).nextStaged = connection;
            lastStaged = connection;
        }
    }

    /** The turn has failed: it has nothing for anybody. */
    void unstage() {
        for (Connection connection = takeStaged(); connection != null; ) {
            Connection next = connection.nextStaged;
            connection.nextStaged = null;
            connection.unstage();
            connection = next;
        }
    }

    private @Nullable Connection takeStaged() {
        Connection taken = firstStaged;
        firstStaged = null;
        lastStaged = null;
        return taken;
    }

    /** Sends what the turn has for the other actor, or adds it to what is undelivered. */
    void publish() {
        boolean send = false;
        Connection connection = takeStaged();
        lock();
        try {
            boolean news = false;
            while (connection != null) {
                Connection next = connection.nextStaged;
                connection.nextStaged = null;
                boolean pending = connection.isPending();
                boolean fresh = connection.isFresh();
                if (connection.publish()) {
                    news = true;
                    if (fresh) {
                        supersede(connection);
                    }
                    if (!pending) {
                        addPending(connection);
                    }
                }
                connection = next;
            }
            if (news) {
                send = begin();
            }
        } finally {
            unlock();
        }
        if (send) {
            target.send(update);
        }
    }

    /**
     * Takes out what is underway to the same mirror from a connection before this one, which needs none of it: so it stays
     * little, however often a slow mirror is connected and disconnected.
     */
    private void supersede(Connection fresh) {
        if (!(fresh.key() instanceof MirrorKey)) {
            return;
        }
        Connection before = null;
        for (Connection other = firstPending; other != null; ) {
            Connection next = other.nextPending;
            if (other != fresh && other.key() == fresh.key()) {
                other.supersede();
                other.nextPending = null;
                if (before == null) {
                    firstPending = next;
                } else {
                    before.nextPending = next;
                }
                if (next == null) {
                    lastPending = before;
                }
            } else {
                before = other;
            }
            other = next;
        }
    }

    /** A mirror there has asked to be connected. */
    void requested() {
        lock();
        requests++;
        unlock();
    }

    private void addPending(Connection connection) {
        Connection last = lastPending;
        if (last == null) {
            firstPending = connection;
        } else {
            last.nextPending = connection;
        }
        lastPending = connection;
    }

    /** There is something to deliver; whether the update has to be sent for it. */
    private boolean begin() {
        turns++;
        if (underway) {
            conflated++;
            return false;
        }
        underway = true;
        sent++;
        sentAt = MirrorFlight.stamp();
        return true;
    }

    /** The owner has ended. The thread on which it did. */
    void ownerEnded() {
        boolean send;
        boolean isForgotten;
        lock();
        try {
            ownerEnded = true;
            send = first != null && begin();
            isForgotten = first == null && !underway;
        } finally {
            unlock();
        }
        if (send) {
            target.send(update);
        } else if (isForgotten) {
            target.forget(this);
        }
        endEvents();
    }

    /** Listeners learn it after the last event, which the update may be ahead of. */
    private void endEvents() {
        for (Connection connection = first; connection != null; connection = connection.nextOfLink) {
            if (connection.source instanceof EventProducer) {
                target.send(new EventsEnd(connection));
            }
        }
    }

    // --- Turns of the other actor -----------------------------------------------------------------------------------

    /** Hands over what is undelivered. */
    void deliver(Node receiver) {
        Arrival arrival = new Arrival(receiver);
        long since;
        int made;
        int changes = 0;
        boolean isLast;
        lock();
        try {
            underway = false;
            since = sentAt;
            made = turns;
            turns = 0;
            for (Connection connection = takePending(); connection != null; changes++) {
                Connection next = connection.nextPending;
                connection.nextPending = null;
                connection.deliver(arrival);
                connection = next;
            }
            isLast = ownerEnded;
            if (isLast) {
                end();
            }
        } finally {
            unlock();
        }
        if (isLast) {
            receiver.forget(this);
        }
        record(arrival, changes, made, since);
        arrival.tellOwners();
    }

    private void record(Arrival arrival, int changes, int made, long since) {
        if (changes > 0 && MirrorFlight.recordsUpdates()) {
            MirrorFlight.updated(owner.path(), target.path(), changes, made, since);
        }
        if (MirrorFlight.recordsConnects()) {
            for (Connection connection : arrival.connected()) {
                MirrorFlight.connected(
                        owner.path(),
                        connection.source.name(),
                        target.path(),
                        connection.key().name(),
                        since);
            }
        }
    }

    private @Nullable Connection takePending() {
        Connection taken = firstPending;
        firstPending = null;
        lastPending = null;
        return taken;
    }

    private void end() {
        for (Connection connection = first; connection != null; connection = connection.nextOfLink) {
            if (connection.sink() instanceof Mirror<?> mirror && !connection.closed) {
                mirror.ended(connection, ConnectionState.OWNER_ENDED);
            }
        }
    }

    /** Nobody there takes what is undelivered. The other actor's thread. */
    void refuse() {
        Arrival arrival = new Arrival(target);
        boolean isLast;
        lock();
        try {
            underway = false;
            turns = 0;
            for (Connection connection = takePending(); connection != null; ) {
                Connection next = connection.nextPending;
                connection.nextPending = null;
                arrival.departed(connection, ConnectionState.REFUSED);
                connection = next;
            }
            isLast = ownerEnded;
        } finally {
            unlock();
        }
        if (isLast) {
            target.forget(this);
        }
        arrival.tellOwners();
    }

    // --- Any thread -------------------------------------------------------------------------------------------------

    MirroringSnapshot.Counts counts() {
        lock();
        try {
            return countsNow();
        } finally {
            unlock();
        }
    }

    MirroringSnapshot.Link snapshot() {
        lock();
        try {
            return new MirroringSnapshot.Link(owner.path(), target.path(), countsNow(), underway);
        } finally {
            unlock();
        }
    }

    private MirroringSnapshot.Counts countsNow() {
        return new MirroringSnapshot.Counts(sent, conflated, requests);
    }
}
