package dev.peili.mirroring;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an actor mirrors and listens to, as it should be, and all that is done with it. */
final class MirrorSide {
    private final Player player;
    private final Ledger ledger;

    private Map<Key, ModelMirror> mirrors = new LinkedHashMap<>();
    private Map<Key, ModelListener> listeners = new LinkedHashMap<>();
    /** All that lead here, in the order in which they were made. */
    final List<ModelLink> links = new ArrayList<>();

    private final List<ModelRequest> requests = new ArrayList<>();

    private Map<Key, ModelMirror> mirrorsBefore = Map.of();
    private Map<Key, ModelListener> listenersBefore = Map.of();
    private boolean starts;
    private int arrivals;
    /** Which event the handler of a listener has to be given in the running turn. */
    private Optional<Happening> due = Optional.empty();

    MirrorSide(Player player) {
        this.player = player;
        this.ledger = player.ledger;
    }

    // --- What it does -----------------------------------------------------------------------------------------------

    List<ModelMirror> mirrors() {
        return List.copyOf(mirrors.values());
    }

    List<ModelListener> listeners() {
        return List.copyOf(listeners.values());
    }

    Optional<ModelMirror> mirror(Key key) {
        return Optional.ofNullable(mirrors.get(key));
    }

    void makeMirror(Mirroring<Note> mirroring, MirrorKey<Note, Value> key, Optional<Value> initial) {
        Mirror<Value> real = initial.isPresent() ? mirroring.mirror(key, initial.get()) : mirroring.mirror(key);
        ModelMirror former = starts ? mirrorsBefore.get(key) : null;
        ledger.expect(former == null || former.real == real, "M6: " + key + " of " + player + " is another one");
        mirrors.put(key, former == null ? new ModelMirror(player, key, real, initial.orElse(null)) : former);
    }

    void makeListener(Mirroring<Note> mirroring, EventKey<Note, Happening> key) {
        Listener<Happening> real = mirroring.listener(key, event -> {
            boolean expected = due.filter(it -> it == event).isPresent();
            due = Optional.empty();
            ledger.expect(expected, "events: " + player + " handles " + event + ", which is not its turn");
            ledger.expect(event.committed, "M7: " + player + " handles " + event + " of a turn that failed");
            event.requirement.check(player);
            ledger.coverage.count("events handled");
            player.plays();
        });
        ModelListener former = listenersBefore.get(key);
        listeners.put(key, starts && former != null ? former : new ModelListener(player, key, real));
    }

    void disconnect(ModelMirror mirror) {
        ledger.coverage.count("mirrors left");
        mirror.real.disconnect();
        leave(mirror);
    }

    private static void leave(ModelMirror mirror) {
        boolean wasAnything = mirror.connection.isPresent() || mirror.request.isPresent();
        mirror.connection.ifPresent(connection -> connection.close(ConnectionState.LEFT));
        mirror.request.ifPresent(request -> request.cancelled = true);
        mirror.connection = Optional.empty();
        mirror.request = Optional.empty();
        if (wasAnything) {
            mirror.state = ConnectionState.LEFT;
        }
    }

    void request(ModelMirror mirror, Player owner, CanonicalRef<Value> canonical) {
        ledger.coverage.count("requests");
        mirror.real.connect(canonical);
        leave(mirror);
        if (owner.hasEnded()) {
            mirror.state = ConnectionState.OWNER_ENDED;
        } else {
            ModelRequest request = new ModelRequest(mirror, owner, canonical.name);
            mirror.request = Optional.of(request);
            mirror.state = ConnectionState.CONNECTING;
            requests.add(request);
            owner.ownerSide.requests.add(request);
        }
    }

    void disconnect(ModelListener listener) {
        ledger.coverage.count("listeners left");
        listener.real.disconnect();
        listener.connections.forEach(connection -> connection.close(ConnectionState.LEFT));
        listener.connections.clear();
        listeners.remove(listener.key);
    }

    int nextArrival() {
        return ++arrivals;
    }

    // --- Turns ------------------------------------------------------------------------------------------------------

    void beginTurn(boolean isStart) {
        starts = isStart;
        mirrorsBefore = mirrors;
        listenersBefore = listeners;
        mirrors = isStart ? new LinkedHashMap<>() : new LinkedHashMap<>(mirrors);
        listeners = isStart ? new LinkedHashMap<>() : new LinkedHashMap<>(listeners);
    }

    void rollBack(boolean isOfStart) {
        if (isOfStart) {
            mirrors = mirrorsBefore;
            listeners = listenersBefore;
        }
        endTurn();
    }

    /** The behavior has started: what it has not made again ends, and what it may have missed arrives. */
    void started(boolean again, Runnable missed) {
        if (again) {
            mirrorsBefore.values().stream()
                    .filter(mirror -> !mirrors.containsValue(mirror))
                    .forEach(mirror -> mirror.connection.ifPresent(this::drop));
            listenersBefore.values().stream()
                    .filter(listener -> !listeners.containsValue(listener))
                    .forEach(listener -> listener.connections.forEach(this::drop));
            missed.run();
            links.forEach(this::deliver);
        }
    }

    private void drop(ModelConnection connection) {
        ledger.coverage.count("sinks dropped at restart");
        connection.close(ConnectionState.MIRROR_ENDED);
    }

    void endTurn() {
        due.ifPresent(event -> ledger.broken("events: " + player + " was not given " + event));
        due = Optional.empty();
    }

    // --- What arrives -----------------------------------------------------------------------------------------------

    void deliver(Link real) {
        for (Player owner : ledger.players) {
            owner.ownerSide.link(real).ifPresent(link -> {
                link.arrived();
                deliver(link);
            });
        }
    }

    private void deliver(ModelLink link) {
        link.underway = false;
        List<ModelConnection> connections = List.copyOf(link.connections);
        for (ModelConnection connection : connections) {
            if (connection.closed.isEmpty() && connection.isPending()) {
                deliver(connection);
            }
            connection.arrived();
            boolean isOver = connection.closed.isPresent() || connection.state != ConnectionState.CONNECTED;
            if (isOver && !connection.isOfEvents()) {
                link.connections.remove(connection);
            }
        }
        if (link.owner.hasEnded()) {
            ledger.coverage.count("told " + ConnectionState.OWNER_ENDED + " by a stop");
            connections.forEach(connection -> ended(connection, ConnectionState.OWNER_ENDED));
        }
    }

    private void deliver(ModelConnection connection) {
        if (connection.initial && !attach(connection)) {
            return;
        }
        ModelMirror mirror = mirrors.get(connection.key);
        if (mirror != null && mirror.connection.filter(at -> at == connection).isPresent()) {
            mirror.value = connection.value;
            mirror.version = connection.version;
        }
        if (connection.end) {
            ended(connection, connection.state);
        }
    }

    private boolean attach(ModelConnection connection) {
        if (connection.request != null && connection.request.cancelled) {
            ledger.coverage.count("cancelled requests");
            connection.close(ConnectionState.LEFT);
            return false;
        }
        ModelMirror mirror = mirrors.get(connection.key);
        ModelListener listener = listeners.get(connection.key);
        if (mirror == null && listener == null) {
            connection.close(ConnectionState.REFUSED);
            return false;
        }
        if (mirror != null && mirror.latest > connection.order) {
            ledger.coverage.count("later than it seems");
            connection.close(ConnectionState.DISPLACED);
            return false;
        }
        connection.attached = true;
        if (mirror != null) {
            mirror.latest = connection.order;
            mirror.connection.filter(at -> at != connection).ifPresent(at -> at.close(ConnectionState.DISPLACED));
            mirror.connection = Optional.of(connection);
            mirror.request = Optional.empty();
            mirror.state = ConnectionState.CONNECTED;
            if (connection.request != null) {
                ledger.coverage.count("connected by request");
            }
        } else if (listener != null && !listener.connections.contains(connection)) {
            listener.connections.add(connection);
        }
        return true;
    }

    private void ended(ModelConnection connection, ConnectionState why) {
        for (ModelMirror mirror : mirrors.values()) {
            if (mirror.connection.filter(at -> at == connection).isPresent()) {
                mirror.connection = Optional.empty();
                mirror.state = why;
            }
        }
    }

    /** Before the message is handled. */
    void fired(Connection fired, @Nullable Object what) {
        Optional<ModelConnection> known = ledger.players.stream()
                .flatMap(owner -> owner.ownerSide.connection(fired).stream())
                .findFirst();
        if (known.isEmpty()) {
            ledger.broken("events: " + player + " got an event of " + fired + ", which never began");
            return;
        }
        ModelConnection connection = known.get();
        ModelConnection.Sent next = connection.sent.poll();
        if (next == null && what == null && connection.source.owner().hasEnded()) {
            next = new ModelConnection.Sent(Optional.empty());
        }
        if (next == null || next.event().orElse(null) != what) {
            ledger.broken("events: " + player + " got " + what + ", but what was sent was " + next);
            return;
        }
        if (connection.closed.isPresent()) {
            ledger.coverage.count("late events");
            return;
        }
        ledger.expect(connection.attached, "M2: " + what + " arrives before " + connection);
        due = next.event();
        if (due.isEmpty()) {
            listeners.values().forEach(listener -> listener.connections.remove(connection));
        }
    }

    /** Before the message is handled. */
    void refused(ConnectRefusal refusal) {
        Optional<ModelRequest> known = requests.stream()
                .filter(each -> each.real == refusal.request())
                .findFirst()
                .or(() -> requests.stream()
                        .filter(each -> each.real == null
                                && each.mirror.real == refusal.request().mirror()
                                && each.canonical.equals(refusal.request().canonical()))
                        .findFirst());
        if (known.isEmpty()) {
            ledger.broken("M6: " + player + " got a refusal of what it has not asked for");
            return;
        }
        ModelRequest request = known.get();
        requests.remove(request);
        request.owner.ownerSide.requests.remove(request);
        ConnectionState why = request.refused.orElse(ConnectionState.OWNER_ENDED);
        ledger.expect(
                refusal.why() == why && (request.refused.isPresent() || request.owner.hasEnded()),
                "M6: " + request + " was refused as " + refusal.why() + ", but should have been as " + request.refused);
        ledger.coverage.count("requests refused");
        if (request.mirror.request.filter(it -> it == request).isPresent()) {
            request.mirror.request = Optional.empty();
            request.mirror.state = refusal.why();
        }
    }

    // --- What it should be ------------------------------------------------------------------------------------------

    /** In a turn of the actor. */
    void check() {
        mirrors.values().forEach(ModelMirror::check);
        listeners.values().forEach(ModelListener::check);
    }

    /** Nothing can run any more. */
    void checkIdle() {
        for (ModelMirror mirror : mirrors.values()) {
            ledger.expect(
                    mirror.state != ConnectionState.CONNECTING,
                    "M6: " + mirror + " waits for ever for an answer: " + mirror.request
                            + ledger.describe(player, mirror.key));
            mirror.connection.ifPresent(connection -> {
                Player owner = connection.source.owner();
                ledger.expect(!owner.hasEnded(), "M6: " + mirror + " was not told that " + owner + " has ended");
                ledger.expect(
                        connection.state == ConnectionState.CONNECTED,
                        "M6: " + mirror + " was not told that " + connection + " is " + connection.state);
                if (connection.source instanceof ModelCanonical canonical) {
                    ledger.expect(
                            mirror.version == canonical.version()
                                    && canonical.committed().equals(mirror.value),
                            "M4: " + mirror + " is " + mirror.sight() + " in the end, but " + canonical + " is "
                                    + canonical.committed());
                }
            });
        }
        for (ModelListener listener : listeners.values()) {
            for (ModelConnection connection : listener.connections) {
                Player owner = connection.source.owner();
                ledger.expect(!owner.hasEnded(), "M6: " + listener + " was not told that " + owner + " has ended");
                ledger.expect(
                        connection.state == ConnectionState.CONNECTED,
                        "M6: " + listener + " was not told that " + connection + " is " + connection.state);
            }
        }
    }
}
