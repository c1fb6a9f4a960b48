package dev.peili.mirroring;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All that an actor owns and mirrors, for as long as the actor lives: through restarts of its behavior, and from when
 * somebody connects to it, even if its behavior has not started. What does not say otherwise is for its turns.
 */
final class Node {
    private static final Logger LOG = LoggerFactory.getLogger(Mirroring.class);

    private final Nodes nodes;
    private final ActorRef<Object> actor;
    /** By what others find it. */
    private final Object address;

    private final Turn turn;

    /** The behavior that is set up; null before the first. */
    private @Nullable Object incarnation;

    private volatile boolean setUp;
    /** What was there to be handled when the behavior was set up. */
    private List<Notice> missed = List.of();
    /** Whether a behavior was set up before this one, though it may not have started. */
    private boolean isAgain;

    private final Declared<Canonical<?>> canonicals = new Declared<>();
    private final Declared<EventProducer<?>> producers = new Declared<>();
    private final Declared<Mirror<?>> mirrors = new Declared<>();
    private final Declared<Listener<?>> listeners = new Declared<>();
    private long watchersMade;
    private List<Watcher> watchers = new ArrayList<>(0);

    /** To whom this actor publishes, by their addresses. */
    private final Map<Object, Link> links = new LinkedHashMap<>(2);

    /** How many connections were published to this actor. */
    private final AtomicInteger arrivals = new AtomicInteger();

    // --- Guarded by this ---

    private boolean ended;
    /** Who publishes to this actor. */
    private final Set<Link> incoming = new LinkedHashSet<>(2);
    /** What it is told and has not handled; a supervisor may have dropped the message. */
    private final Deque<Notice> notices = new ArrayDeque<>(0);
    /** Who waits to be connected. */
    private final Set<ConnectRequest> requests = new LinkedHashSet<>(0);

    Node(Nodes nodes, ActorRef<Object> actor, Object address) {
        this.nodes = nodes;
        this.actor = actor;
        this.address = address;
        this.turn = new Turn(this, nodes.maxWatchRounds());
    }

    // --- Any thread -------------------------------------------------------------------------------------------------

    ActorRef<Object> actor() {
        return actor;
    }

    Turn turn() {
        return turn;
    }

    String path() {
        return actor.path().toStringWithoutAddress();
    }

    /** The number of a connection that is published to this actor. */
    int nextArrival() {
        return arrivals.incrementAndGet();
    }

    /** Sends it what its behavior does not see. */
    void send(MirroringMessage message) {
        if (message instanceof Notice notice) {
            synchronized (this) {
                notices.add(notice);
            }
        }
        if (setUp) {
            actor.tell(message);
        } else {
            nodes.sendFirst(this, message);
        }
    }

    /** Whether its behavior is set up or about to be, or was before it started again. */
    boolean isSetUp() {
        return setUp;
    }

    void checkTurn(Object what, String verb) {
        turn.check(what, verb);
    }

    // --- What the behavior makes ------------------------------------------------------------------------------------

    <T> Canonical<T> canonical(String name, T initial) {
        checkTurn("canonical '" + name + "' of " + path(), "made");
        Objects.requireNonNull(name, "name");
        if (initial == null) {
            throw new NullPointerException(
                    "canonical '" + name + "' of " + path() + " cannot begin with null; let it be an Optional");
        }
        checkIsNew(canonicals.find(other -> other.name().equals(name)));
        @SuppressWarnings("unchecked")
        Canonical<T> former =
                (Canonical<T>) canonicals.findFormer(other -> other.name().equals(name));
        if (former == null) {
            return add(canonicals, new Canonical<>(turn, name, initial));
        }
        former.renew(initial);
        canonicals.add(former);
        return former;
    }

    <E> EventProducer<E> producer(String name) {
        checkTurn("event producer '" + name + "' of " + path(), "made");
        Objects.requireNonNull(name, "name");
        checkIsNew(producers.find(other -> other.name().equals(name)));
        @SuppressWarnings("unchecked")
        EventProducer<E> former =
                (EventProducer<E>) producers.findFormer(other -> other.name().equals(name));
        if (former == null) {
            return add(producers, new EventProducer<>(turn, name));
        }
        producers.add(former);
        return former;
    }

    <T> Mirror<T> mirror(MirrorKey<?, T> key, @Nullable T initial) {
        checkTurn(key + " of " + path(), "made");
        checkIsNew(mirrors.find(other -> other.key() == key));
        @SuppressWarnings("unchecked")
        Mirror<T> mirror = (Mirror<T>) mirrors.findFormer(other -> other.key() == key);
        if (mirror == null) {
            mirror = add(mirrors, new Mirror<>(turn, key));
        } else {
            mirrors.add(mirror);
        }
        mirror.initial(initial);
        return mirror;
    }

    <E> Listener<E> listener(EventKey<?, E> key, Consumer<? super E> handler) {
        checkTurn(key + " of " + path(), "made");
        Objects.requireNonNull(handler, "handler");
        checkIsNew(listeners.find(other -> other.key() == key));
        @SuppressWarnings("unchecked")
        Listener<E> former = (Listener<E>) listeners.findFormer(other -> other.key() == key);
        if (former == null) {
            return add(listeners, new Listener<>(turn, key, handler));
        }
        former.renew(handler);
        listeners.add(former);
        return former;
    }

    private static void checkIsNew(@Nullable Watchable known) {
        if (known != null) {
            throw new IllegalArgumentException(known + " is there already; give the second one another name or key");
        }
    }

    private <W extends Watchable> W add(Declared<? super W> declared, W added) {
        declared.add(added);
        turn.onFailure(() -> {
            declared.remove(added);
            added.gone();
        });
        return added;
    }

    Watcher watch(Runnable callback, Set<Watchable> watched) {
        checkTurn("a watcher of " + path(), "made");
        for (Watchable watchable : watched) {
            if (watchable.node() != this) {
                throw new IllegalArgumentException(watchable + " cannot be watched by " + path()
                        + ", which it does not belong to; mirror it there");
            }
        }
        Watcher watcher = new Watcher(this, ++watchersMade, watched, callback);
        watchers.add(watcher);
        turn.onFailure(watcher::end);
        return watcher;
    }

    /** The watcher has ended. */
    void forget(Watcher watcher) {
        watchers.remove(watcher);
    }

    /** The listener has ended. */
    void forget(Listener<?> listener) {
        listeners.remove(listener);
    }

    @Nullable
    Sink sink(Key key) {
        Sink mirror = mirrors.find(other -> other.key() == key);
        return mirror == null ? listeners.find(other -> other.key() == key) : mirror;
    }

    // --- Connections of this owner ----------------------------------------------------------------------------------

    /** The link to whoever has this address; null if there is none. */
    @Nullable
    Link link(Object itsAddress) {
        return links.get(itsAddress);
    }

    Connection connect(Source source, ActorRef<?> target, Key key) {
        Objects.requireNonNull(key, "key");
        source.checkIsThere();
        Link link = linkTo(nodes.target(source, target));
        Connection known = findWanted(link, source, key);
        return known == null ? begin(new Connection(link, source, key)) : known;
    }

    /** The connection that there is, unless the other side does not want it any more, of which this one will be told. */
    private @Nullable Connection findWanted(Link link, Source source, Key key) {
        Connection known = link.find(source, key);
        if (known == null || (known.isWanted() && !known.closed)) {
            return known;
        }
        detach(known, ConnectionState.LEFT);
        return null;
    }

    private Connection begin(Connection connection) {
        if (connection.key() instanceof MirrorKey<?, ?> mirror) {
            displace(connection.link.find(mirror));
        }
        attach(connection);
        turn.stage(connection);
        turn.onFailure(() -> detach(connection, ConnectionState.DISCONNECTED));
        return connection;
    }

    /** Another value of this actor takes the mirror. */
    private void displace(@Nullable Connection connection) {
        if (connection != null) {
            detach(connection, ConnectionState.DISPLACED);
            turn.onFailure(() -> attachAgain(connection));
        }
    }

    private void attachAgain(Connection connection) {
        attach(connection);
        connection.state(ConnectionState.CONNECTED);
    }

    private Link linkTo(Node target) {
        Link link = links.get(target.address);
        if (link == null) {
            link = new Link(this, target);
            synchronized (this) {
                links.put(target.address, link);
            }
            if (!target.admit(link)) {
                send(new LinkEnded(link));
            }
        }
        return link;
    }

    @Nullable
    Connection connection(Source source, ActorRef<?> target, Key key) {
        Link link = links.get(nodes.addressOf(target));
        return link == null ? null : link.find(source, key);
    }

    /** Ends the connection, at the end of the turn. */
    void end(Connection connection, ConnectionState why) {
        detach(connection, why);
        turn.onFailure(() -> attachAgain(connection));
        if (connection.source instanceof EventProducer) {
            turn.send(new Outgoing.Fired(connection, new EventsEnd(connection)));
        } else {
            connection.end();
            turn.stage(connection);
        }
    }

    private synchronized void attach(Connection connection) {
        connection.link.add(connection);
        connection.source.add(connection);
    }

    private synchronized void detach(Connection connection, ConnectionState why) {
        connection.link.remove(connection);
        connection.source.remove(connection);
        connection.state(why);
    }

    /** The other side has ended it. */
    void departed(Connection connection, ConnectionState why) {
        switch (connection.stateNow()) {
            case CONNECTED -> detach(connection, why);
            // It was found so when it was to be connected again.
            case LEFT -> connection.state(why);
            default -> {
                return;
            }
        }
        if (why == ConnectionState.REFUSED) {
            LOG.warn(
                    "{} was refused: {}",
                    connection,
                    connection.link.target.isSetUp()
                            ? "the actor has none; make it in the setup of its behavior"
                            : "the actor is not set up; wrap its behavior in Mirroring.setup");
        }
    }

    /** The actor at the other end has stopped. */
    void targetEnded(Link link) {
        for (Connection connection = link.first(); connection != null; connection = link.first()) {
            detach(connection, ConnectionState.MIRROR_ENDED);
        }
        synchronized (this) {
            if (links.remove(link.target.address, link)) {
                nodes.ended(link);
            }
        }
    }

    /** A mirror has asked to be connected. */
    void requested(ConnectRequest request) {
        synchronized (this) {
            requests.remove(request);
        }
        if (request.isCancelled()) {
            return;
        }
        Canonical<?> canonical = canonicals.find(other -> other.name().equals(request.canonical()));
        if (canonical == null) {
            refuse(request);
        } else {
            Link link = linkTo(request.requester());
            link.requested();
            // Whatever led there before did not arrive, or the mirror would not ask.
            begin(new RequestedConnection(link, canonical, request));
            turn.onFailure(() -> refuse(request));
        }
    }

    private static void refuse(ConnectRequest request) {
        request.requester().send(new ConnectRefusal(request, ConnectionState.REFUSED));
    }

    // --- Connections to this actor ----------------------------------------------------------------------------------

    /** Adds a link that leads here; false if the actor has ended. Any thread. */
    private synchronized boolean admit(Link link) {
        return !ended && incoming.add(link);
    }

    /** The owner of this link has ended. */
    synchronized void forget(Link link) {
        incoming.remove(link);
    }

    /** Sends a request of this actor's to an owner. */
    void request(ConnectRequest request, Node owner) {
        if (owner.nodes != nodes) {
            throw new IllegalArgumentException(request.mirror() + " cannot be connected to " + owner.actor
                    + ": it is in another actor system; mirrors are within one");
        }
        if (owner.await(request)) {
            owner.send(request);
        } else {
            request.mirror().refused(request, ConnectionState.OWNER_ENDED);
        }
    }

    private synchronized boolean await(ConnectRequest request) {
        return !ended && requests.add(request);
    }

    // --- The life of the actor --------------------------------------------------------------------------------------

    /** A behavior of the actor is set up, and will start. */
    void setUp(Object its) {
        if (turn.isCurrent() && turn.isSpoiled()) {
            // A supervisor starts the actor again from within the turn, where stashed messages were replayed.
            turn.fail();
        } else if (turn.isCurrent()) {
            throw new IllegalStateException(
                    path() + " is set up for mirroring twice; Mirroring.setup belongs around its"
                            + " first behavior, once, and what that returns later is within it");
        }
        isAgain = incarnation != null;
        missed = notices();
        incarnation = its;
        setUp = true;
    }

    /** What is still to be handled. */
    synchronized List<Notice> notices() {
        return List.copyOf(notices);
    }

    /** Whether this is still to be handled, which it is now. */
    synchronized boolean take(Notice notice) {
        return notices.removeFirstOccurrence(notice);
    }

    /** Whether this is the behavior that was set up last, not one that has been replaced. */
    boolean isCurrent(Object its) {
        return incarnation == its;
    }

    /** The behavior starts, in a turn. */
    void starting() {
        canonicals.begin();
        producers.begin();
        mirrors.begin();
        listeners.begin();
        List<Watcher> old = watchers;
        watchers = new ArrayList<>(0);
        old.forEach(Watcher::end);
        turn.announcement().forget();
    }

    /** The behavior has made what it makes; the turn goes on, and what was not made again ends with it. */
    void made() {
        end(canonicals.dropped());
        end(producers.dropped());
    }

    private void end(List<? extends Source> dropped) {
        for (Source source : dropped) {
            List.copyOf(source.connections()).forEach(connection -> end(connection, ConnectionState.OWNER_ENDED));
        }
    }

    /** The behavior has started well, and this is a turn of its own, because what arrives in it remains if it fails. */
    void started() {
        mirrors.settle().forEach(Node::drop);
        listeners.settle().forEach(Node::drop);
        canonicals.settle().forEach(Watchable::gone);
        producers.settle().forEach(Watchable::gone);
        if (isAgain) {
            missed.forEach(notice -> notice.handle(this));
            missed = List.of();
            // The update for it may have been lost with the messages that a supervisor did not keep.
            incomingNow().forEach(link -> link.deliver(this));
        }
    }

    private synchronized List<Link> incomingNow() {
        return List.copyOf(incoming);
    }

    private static void drop(Sink dropped) {
        for (Connection connection : dropped.connections()) {
            connection.leave(ConnectionState.MIRROR_ENDED);
        }
    }

    /** The behavior could not start; the turn has failed. */
    void notStarted() {
        canonicals.undo();
        producers.undo();
        mirrors.undo();
        listeners.undo();
    }

    /** The actor has ended. The thread on which it did, after its last turn. */
    void end() {
        List<Link> lost;
        List<ConnectRequest> waiting;
        synchronized (this) {
            ended = true;
            lost = List.copyOf(incoming);
            waiting = List.copyOf(requests);
        }
        lost.forEach(link -> link.owner.send(new LinkEnded(link)));
        waiting.forEach(request -> request.requester().send(new ConnectRefusal(request, ConnectionState.OWNER_ENDED)));
        links.values().forEach(Link::ownerEnded);
        links.values().forEach(nodes::ended);
    }

    // --- For operators; any thread ----------------------------------------------------------------------------------

    /** Adds what this actor owns and to whom it publishes. */
    void describe(List<MirroringSnapshot.Canonical> states, List<MirroringSnapshot.Link> ways) {
        List<Link> known;
        synchronized (this) {
            canonicals.all().forEach(canonical -> states.add(canonical.snapshot()));
            known = List.copyOf(links.values());
        }
        known.forEach(link -> ways.add(link.snapshot()));
    }
}
