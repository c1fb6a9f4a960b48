package dev.peili.mirroring;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What an actor owns, as it should be, and all that is done with it. */
final class OwnerSide {
    /** What the running turn has sent that goes out if it does not fail. */
    private record Emission(ModelConnection connection, Optional<Happening> event) {}

    private final Player player;
    private final Ledger ledger;

    private Map<String, ModelCanonical> canonicals = new LinkedHashMap<>();
    private Map<String, ModelProducer> producers = new LinkedHashMap<>();
    /** Those that are connected, in the order in which they began. */
    List<ModelConnection> connections = new ArrayList<>();

    private final Map<Link, ModelLink> links = new LinkedHashMap<>();
    private final Map<Connection, ModelConnection> byReal = new LinkedHashMap<>();
    private final List<CanonicalRef<Value>> refs = new ArrayList<>();
    /** What was asked for by mirrors, and has not arrived here. */
    final List<ModelRequest> requests = new ArrayList<>();

    // --- The running turn ---

    private Map<String, ModelCanonical> canonicalsBefore = Map.of();
    private Map<String, ModelProducer> producersBefore = Map.of();
    private List<ModelConnection> connectionsBefore = new ArrayList<>();
    private final List<ModelConnection> ended = new ArrayList<>();
    private final List<ModelConnection> begun = new ArrayList<>();
    private final List<Emission> emissions = new ArrayList<>();
    private final List<Requirement> requirements = new ArrayList<>();
    private boolean starts;

    OwnerSide(Player player) {
        this.player = player;
        this.ledger = player.ledger;
    }

    // --- What it does -----------------------------------------------------------------------------------------------

    List<ModelCanonical> canonicals() {
        return List.copyOf(canonicals.values());
    }

    List<ModelProducer> producers() {
        return List.copyOf(producers.values());
    }

    void makeCanonical(Mirroring<Note> mirroring, String name, Value initial) {
        Canonical<Value> real = mirroring.canonical(name, initial);
        refs.add(real.ref());
        ModelCanonical former = canonicalsBefore.get(name);
        if (starts && former != null) {
            ledger.expect(former.real == real, "M6: " + name + " is made again and is another one");
            former.set(initial);
            connections.stream().filter(each -> each.source == former).forEach(each -> each.fresh = true);
            canonicals.put(name, former);
        } else {
            canonicals.put(name, new ModelCanonical(player, name, real, initial));
        }
    }

    /** All that there ever were. */
    Collection<ModelConnection> all() {
        return byReal.values();
    }

    /** Handles of all that it ever owned. */
    List<CanonicalRef<Value>> refs() {
        return refs;
    }

    void makeProducer(Mirroring<Note> mirroring, String name) {
        EventProducer<Happening> real = mirroring.producer(name);
        ModelProducer former = producersBefore.get(name);
        producers.put(name, starts && former != null ? former : new ModelProducer(player, name, real));
    }

    void set(ModelCanonical canonical, Value value) {
        if (canonical.isSet && value.equals(canonical.committed()) && !canonical.now.equals(value)) {
            ledger.coverage.count("values set back in a turn");
        }
        canonical.real.set(value);
        canonical.set(value);
    }

    void connect(ModelCanonical canonical, Player target, MirrorKey<Note, Value> key) {
        begin(canonical, target, key, canonical.real.connect(target.ref(), key));
    }

    void connect(ModelProducer producer, Player target, EventKey<Note, Happening> key) {
        begin(producer, target, key, producer.real().connect(target.ref(), key));
    }

    private void begin(ModelSource source, Player target, Key key, Connection real) {
        Optional<ModelConnection> known = find(source, target, key);
        if (known.isPresent()) {
            ledger.expect(known.get().real == real, "M5: " + known.get() + " was connected again and is another one");
        } else {
            ledger.coverage.count("connects");
            begin(new ModelConnection(source, target, key, ledger.nextSerial(), null), real);
        }
    }

    private void begin(ModelConnection connection, Connection real) {
        connection.real = real;
        byReal.put(real, connection);
        begin(connection);
        linkTo(connection);
    }

    /** Another value of this owner that the mirror showed gives way. */
    private void begin(ModelConnection connection) {
        if (!connection.isOfEvents()) {
            for (ModelConnection other : List.copyOf(connections)) {
                if (other.target == connection.target && other.key == connection.key) {
                    ledger.coverage.count("displaced by its own owner");
                    other.state = ConnectionState.DISPLACED;
                    connections.remove(other);
                }
            }
        }
        connections.add(connection);
        begun.add(connection);
    }

    private Optional<ModelConnection> find(ModelSource source, Player target, Key key) {
        for (ModelConnection connection : List.copyOf(connections)) {
            boolean isUnwanted = connection.closed.isPresent()
                    || (connection.request != null && connection.request.cancelled)
                    // When the update gets to a stranger, nobody here sees.
                    || (connection.target.isStranger && player.present(connection.real).closed);
            if (connection.leads(source, target, key) && isUnwanted) {
                ledger.coverage.count("connected again before told");
                connection.state = ConnectionState.LEFT;
                connections.remove(connection);
                connectionsBefore.remove(connection);
            }
        }
        return connections.stream()
                .filter(each -> each.leads(source, target, key))
                .findFirst();
    }

    void disconnect(ModelConnection connection) {
        ledger.coverage.count("disconnects");
        Connection real = player.present(connection.real);
        real.disconnect();
        end(connection, ConnectionState.DISCONNECTED);
        ledger.expect(!real.isConnected(), "M6: " + connection + " is disconnected, but says that it is not");
    }

    void disconnectAll(ModelCanonical canonical) {
        canonical.real.disconnectAll();
        List.copyOf(connections).stream()
                .filter(each -> each.source == canonical)
                .forEach(each -> end(each, ConnectionState.DISCONNECTED));
        ledger.expect(canonical.real.mirrors().isEmpty(), "M6: " + canonical + " has mirrors after disconnectAll");
    }

    private void end(ModelConnection connection, ConnectionState why) {
        connection.state = why;
        connections.remove(connection);
        if (connection.isOfEvents()) {
            emissions.add(new Emission(connection, Optional.empty()));
        } else {
            ended.add(connection);
        }
    }

    void fire(ModelProducer producer) {
        if (connections.stream().anyMatch(each -> each.source == producer)) {
            ledger.coverage.count("events fired");
        }
        int serial = ledger.nextSerial();
        Requirement requirement = new Requirement("event " + serial + " of " + producer, this, true);
        requirements.add(requirement);
        Happening event = new Happening(producer, serial, requirement);
        producer.real().fire(event);
        connections.stream()
                .filter(each -> each.source == producer)
                .forEach(each -> emissions.add(new Emission(each, Optional.of(event))));
    }

    /** What a message that is sent now requires of its receiver. */
    Requirement requirement(Note note) {
        Requirement requirement = new Requirement(note.toString(), this, false);
        requirements.add(requirement);
        return requirement;
    }

    boolean hasBegun(ModelConnection connection) {
        return begun.contains(connection);
    }

    // --- Turns ------------------------------------------------------------------------------------------------------

    void beginTurn(boolean isStart) {
        starts = isStart;
        canonicalsBefore = canonicals;
        producersBefore = producers;
        connectionsBefore = new ArrayList<>(connections);
        canonicals = isStart ? new LinkedHashMap<>() : new LinkedHashMap<>(canonicals);
        producers = isStart ? new LinkedHashMap<>() : new LinkedHashMap<>(producers);
    }

    /** The behavior has made what it makes: what it has not made again ends. */
    void made() {
        List.copyOf(connections).stream()
                .filter(each -> !canonicals.containsValue(each.source) && !producers.containsValue(each.source))
                .forEach(each -> {
                    ledger.coverage.count("sources dropped at restart");
                    end(each, ConnectionState.OWNER_ENDED);
                });
    }

    /** Returns the links that have something new. */
    Set<ModelLink> commit() {
        canonicalsBefore.values().forEach(canonical -> canonical.changed = false);
        canonicals.values().forEach(ModelCanonical::commit);
        Set<ModelLink> news = new LinkedHashSet<>();
        for (ModelConnection connection : ended) {
            publish(connection, news);
            connection.end = true;
            news.add(link(connection));
        }
        connections.forEach(connection -> publish(connection, news));
        for (Emission emission : emissions) {
            publish(emission.connection, news);
            emission.connection.sent.add(new ModelConnection.Sent(emission.event));
            emission.event.ifPresent(event -> event.committed = true);
        }
        news.forEach(ModelLink::publish);
        requirements.forEach(requirement -> requirement.settle(true));
        endTurn();
        return news;
    }

    private void publish(ModelConnection connection, Set<ModelLink> news) {
        boolean changed = connection.source instanceof ModelCanonical canonical && canonical.changed;
        // Events do not begin again when their owner does.
        boolean begins = connection.fresh && !(connection.published && connection.isOfEvents());
        if (begins) {
            connection.initial = true;
            connection.begins();
            if (!connection.isOfEvents()) {
                link(connection).supersede(connection);
            }
        }
        if (begins || changed) {
            connection.publishValue();
            news.add(link(connection));
        }
        connection.fresh = false;
    }

    void rollBack() {
        canonicals = canonicalsBefore;
        producers = producersBefore;
        canonicals.values().forEach(ModelCanonical::rollBack);
        connections = new ArrayList<>(connectionsBefore);
        connections.forEach(connection -> {
            connection.state = ConnectionState.CONNECTED;
            connection.fresh = false;
        });
        for (ModelConnection connection : begun) {
            connection.state = ConnectionState.DISCONNECTED;
            if (connection.request != null) {
                connection.request.refused = Optional.of(ConnectionState.REFUSED);
            }
        }
        requirements.forEach(requirement -> requirement.settle(false));
        endTurn();
    }

    private void endTurn() {
        ended.clear();
        begun.clear();
        emissions.clear();
        requirements.clear();
    }

    // --- What arrives -----------------------------------------------------------------------------------------------

    /** The link of a connection, which has gone over it now. */
    private ModelLink link(ModelConnection connection) {
        ModelLink link = linkTo(connection);
        if (!link.connections.contains(connection)) {
            link.connections.add(connection);
        }
        return link;
    }

    private ModelLink linkTo(ModelConnection connection) {
        return links.computeIfAbsent(player.present(connection.real).link, real -> {
            ModelLink link = new ModelLink(player, connection.target, real);
            connection.target.mirrorSide.links.add(link);
            return link;
        });
    }

    Optional<ModelLink> link(Link real) {
        return Optional.ofNullable(links.get(real));
    }

    Optional<ModelConnection> connection(Connection real) {
        return Optional.ofNullable(byReal.get(real));
    }

    void departed(Departure departure) {
        ModelConnection connection = byReal.get(departure.connection());
        if (connection == null) {
            ledger.broken("M5: " + player + " is told of the end of " + departure.connection() + ", which never began");
            return;
        }
        Optional<ConnectionState> why =
                connection.target.isStranger ? Optional.of(ConnectionState.REFUSED) : connection.closed;
        // An owner that has ended it before may be told of either way.
        ledger.expect(
                connection.state != ConnectionState.CONNECTED || (why.isPresent() && why.get() == departure.why()),
                "M5: " + player + " is told that " + connection + " has ended as " + departure.why()
                        + ", but it should be " + why
                        + ledger.describe(connection.target, connection.key));
        if (connection.state == ConnectionState.CONNECTED || connection.state == ConnectionState.LEFT) {
            ledger.coverage.count("told " + departure.why());
            connection.state = departure.why();
            connections.remove(connection);
            connectionsBefore.remove(connection);
        }
    }

    void targetEnded(Link real) {
        ledger.coverage.count("told " + ConnectionState.MIRROR_ENDED + " by a stop");
        for (ModelConnection connection : List.copyOf(connections)) {
            if (real.target.actor().equals(connection.target.ref())) {
                ledger.expect(
                        connection.target.hasEnded(),
                        "M6: " + player + " is told that " + connection.target + " has ended, but it has not");
                connection.state = ConnectionState.MIRROR_ENDED;
                connections.remove(connection);
                connectionsBefore.remove(connection);
                begun.remove(connection);
            }
        }
        links.remove(real);
    }

    /** Before the message is handled, in its turn. */
    void requested(ConnectRequest real) {
        Optional<ModelRequest> first = requests.stream()
                .filter(request -> request.mirror.real == real.mirror())
                .findFirst();
        if (first.isEmpty()) {
            ledger.broken("M1: " + player + " got " + real + ", which nobody has sent");
            return;
        }
        ModelRequest request = first.get();
        requests.remove(request);
        request.real = real;
        if (request.cancelled) {
            ledger.coverage.count("requests taken back in time");
            return;
        }
        ModelCanonical canonical = canonicals.get(request.canonical);
        if (canonical == null) {
            request.refused = Optional.of(ConnectionState.REFUSED);
        } else {
            ModelConnection connection = new ModelConnection(
                    canonical, request.mirror.player, request.mirror.key, ledger.nextSerial(), request);
            begin(connection);
        }
    }

    /** Finds the connections that were made by requests, as nobody was given them. */
    void findRequested() {
        for (ModelConnection connection : begun) {
            if (connection.real == null && connection.source instanceof ModelCanonical canonical) {
                canonical.real.connections().stream()
                        .filter(real -> real.key() == connection.key
                                && real.link.target.actor().equals(connection.target.ref()))
                        .findFirst()
                        .ifPresent(real -> {
                            connection.real = real;
                            byReal.put(real, connection);
                            linkTo(connection);
                        });
            }
        }
    }

    // --- What it should be ------------------------------------------------------------------------------------------

    /** In a turn of the actor. */
    void check() {
        findRequested();
        Map<ModelSource, Integer> counts = new HashMap<>();
        connections.forEach(connection -> counts.merge(connection.source, 1, Integer::sum));
        for (ModelCanonical canonical : canonicals.values()) {
            ledger.expect(
                    canonical.real.get().equals(canonical.now),
                    "M7: " + canonical + " should be " + canonical.now + ", but is " + canonical.real.get());
            ledger.expect(
                    canonical.real.version() == canonical.version(),
                    "M7: " + canonical + " should have version " + canonical.version() + ", but has "
                            + canonical.real.version());
            int count = counts.getOrDefault(canonical, 0);
            ledger.expect(
                    canonical.real.mirrors().count() == count,
                    "M6, M7: " + canonical + " should have " + count + " mirrors, but has "
                            + canonical.real.mirrors().actors());
        }
        for (ModelConnection connection : byReal.values()) {
            ledger.expect(
                    player.present(connection.real).state() == connection.state,
                    "M6, M7: " + connection + " should be " + connection.state + ", but is "
                            + player.present(connection.real).state());
        }
    }

    /** Nothing can run any more. */
    void checkIdle() {
        for (ModelConnection connection : connections) {
            Player target = connection.target;
            ledger.expect(!target.hasEnded(), "M6: " + player + " was not told that " + target + " has ended");
            ledger.expect(
                    target.isSetUp || target.hasEnded(),
                    "M1: " + player + " was not told that " + target + " is not set up");
            ledger.expect(
                    connection.closed.isEmpty(),
                    "M5, M6: " + player + " was not told that " + connection + " is " + connection.closed);
            ledger.expect(target.hasEnded() || connection.attached, "M1: " + connection + " has never arrived");
        }
        for (ModelLink link : links.values()) {
            if (link.target.isSetUp && !link.target.hasEnded()) {
                ledger.expect(!link.underway, "M4: the update from " + player + " to " + link.target + " is lost");
                link.checkCounts();
                link.connections.forEach(connection -> ledger.expect(
                        connection.sent.isEmpty() || connection.closed.isPresent(),
                        "M2: lost events on " + connection + ": " + connection.sent));
            }
        }
        ledger.expect(requests.isEmpty(), "M1: " + player + " was never asked by " + requests);
    }
}
