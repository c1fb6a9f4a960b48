package dev.peili.mirroring;

import dev.peili.actors.Turn;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** What the actors of one schedule do in their turns, by what its seed says, until so many things have been done. */
final class Script {
    /** How a turn ends that does not fail. */
    enum Ending {
        GO_ON,
        STOP
    }

    static final List<MirrorKey<Note, Value>> MIRRORS =
            Stream.of("m0", "m1", "m2").map(MirrorKey::<Note, Value>create).toList();
    static final List<EventKey<Note, Happening>> LISTENERS =
            Stream.of("e0", "e1").map(EventKey::<Note, Happening>create).toList();
    private static final int CANONICALS = 3;
    private static final int PRODUCERS = 2;

    private final Ledger ledger;
    private final RandomGenerator random;
    private int fuel;

    Script(Ledger ledger, RandomGenerator random) {
        this.ledger = ledger;
        this.random = random;
        this.fuel = 20 + random.nextInt(60);
    }

    boolean isOver() {
        return fuel <= 0;
    }

    void end() {
        fuel = 0;
    }

    boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }

    private <T> T oneOf(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private <T> Optional<T> anyOf(List<T> list) {
        return list.isEmpty() ? Optional.empty() : Optional.of(oneOf(list));
    }

    // --- Turns ------------------------------------------------------------------------------------------------------

    void setUp(Player player) {
        Mirroring<Note> mirroring = player.mirroring();
        for (int i = 0; i < CANONICALS; i++) {
            if (!oneIn(8)) {
                String name = player + ".c" + i;
                player.ownerSide.makeCanonical(mirroring, name, value(name));
            }
        }
        for (int i = 0; i < PRODUCERS; i++) {
            if (!oneIn(8)) {
                player.ownerSide.makeProducer(mirroring, player + ".p" + i);
            }
        }
        for (MirrorKey<Note, Value> key : MIRRORS) {
            if (!oneIn(8)) {
                Optional<Value> initial =
                        key == MIRRORS.get(0) ? Optional.empty() : Optional.of(new Value("default", 0));
                player.mirrorSide.makeMirror(mirroring, key, initial);
            }
        }
        for (EventKey<Note, Happening> key : LISTENERS) {
            if (!oneIn(8)) {
                player.mirrorSide.makeListener(mirroring, key);
            }
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            player.watchSide.watch(mirroring, random);
        }
        act(player, 4);
        mayFail(player, 12);
        player.made();
    }

    Ending play(Player player) {
        act(player, 6);
        mayFail(player, 10);
        return fuel > 0 && oneIn(30) ? Ending.STOP : Ending.GO_ON;
    }

    void playSignal(Player player) {
        act(player, 3);
    }

    void playWatcher(Player player, WatchSide.ModelWatcher watcher) {
        for (int i = random.nextInt(3); i > 0 && fuel > 0; i--) {
            if (oneIn(2)) {
                // Derived from what it watches.
                anyOf(player.ownerSide.canonicals()).ifPresent(canonical -> {
                    if (!canonical.now.equals(value(canonical.name()))) {
                        player.watchSide.changes();
                    }
                    fuel--;
                    player.watchSide.changes();
                    player.ownerSide.set(canonical, value(canonical.name()));
                    ledger.coverage.count("canonicals set by watchers");
                });
            } else if (oneIn(4)) {
                // Also what has begun in this turn.
                fuel--;
                player.watchSide.changes();
                anyOf(player.ownerSide.connections).ifPresent(player.ownerSide::disconnect);
            } else {
                player.watchSide.changes();
                act(player);
            }
        }
        mayFail(player, 20);
    }

    private void mayFail(Player player, int n) {
        if (fuel > 0 && oneIn(n)) {
            player.fails();
            throw new Mishap();
        }
    }

    private void act(Player player, int most) {
        for (int i = random.nextInt(most); i > 0 && fuel > 0 && !ledger.isBroken(); i--) {
            act(player);
        }
    }

    // --- Acts -------------------------------------------------------------------------------------------------------

    private Value value(String canonical) {
        return new Value(canonical, random.nextInt(3));
    }

    private void act(Player player) {
        fuel--;
        OwnerSide owner = player.ownerSide;
        MirrorSide mirrors = player.mirrorSide;
        switch (random.nextInt(32)) {
            case 0, 1, 2, 3, 4, 5, 6, 7 ->
                anyOf(owner.canonicals()).ifPresent(canonical -> owner.set(canonical, value(canonical.name())));
            case 8, 9, 10, 11, 12 ->
                anyOf(owner.canonicals())
                        .ifPresent(canonical -> owner.connect(canonical, oneOf(ledger.players), oneOf(MIRRORS)));
            case 13, 14 ->
                anyOf(owner.producers())
                        .ifPresent(producer -> owner.connect(producer, oneOf(ledger.players), oneOf(LISTENERS)));
            case 15, 16, 17 -> anyOf(owner.producers()).ifPresent(owner::fire);
            case 18 -> anyOf(owner.connections).ifPresent(owner::disconnect);
            case 19 -> anyOf(owner.canonicals()).filter(c -> oneIn(2)).ifPresent(owner::disconnectAll);
            case 20 -> anyOf(mirrors.mirrors()).filter(c -> oneIn(2)).ifPresent(mirrors::disconnect);
            case 21 -> anyOf(mirrors.listeners()).filter(c -> oneIn(2)).ifPresent(mirrors::disconnect);
            case 22 -> request(player);
            case 23 -> {
                switch (random.nextInt(3)) {
                    case 0 -> player.watchSide.watch(player.mirroring(), random);
                    case 1 -> player.watchSide.cancel(random);
                    default -> player.watchSide.notifyCurrent(random);
                }
            }
            case 24 -> Turn.checkpoint();
            default -> tell(player);
        }
    }

    private void request(Player player) {
        List<Player> owners = ledger.players.stream()
                .filter(other -> !other.ownerSide.refs().isEmpty())
                .toList();
        if (!owners.isEmpty() && !player.mirrorSide.mirrors().isEmpty()) {
            Player owner = oneOf(owners);
            player.mirrorSide.request(oneOf(player.mirrorSide.mirrors()), owner, oneOf(owner.ownerSide.refs()));
        }
    }

    private void tell(Player player) {
        Player target = oneOf(ledger.players);
        Note note = new Note(player.name, target, ledger.nextSerial(), false);
        note.requirement = Optional.of(player.ownerSide.requirement(note));
        ledger.notes.add(note);
        if (target.isInGroup && oneIn(2)) {
            ledger.coverage.count("plain tells");
            target.ref().tell(note);
        } else {
            player.mirroring().tell(target.ref(), note);
        }
    }

    /** A message from the test, which has them all do something. */
    void kick() {
        Player target = oneOf(ledger.players);
        Note note = new Note("the test", target, ledger.nextSerial(), false);
        ledger.notes.add(note);
        target.ref().tell(note);
    }
}
