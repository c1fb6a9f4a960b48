package dev.peili.actors.internal.dispatch;

import java.util.HashSet;
import java.util.Set;

/** The places in the code that were reported, up to a number of them. Thread-safe. */
final class Places {
    private record Place(SlowTurn.Kind kind, String where) {}

    private final int most;
    private final Set<Place> known = new HashSet<>();

    Places(int most) {
        this.most = most;
    }

    /** Remembers the place; false if it is known, or if there is no room for it. */
    synchronized boolean add(SlowTurn.Kind kind, String where) {
        return known.size() < most && known.add(new Place(kind, where));
    }

    synchronized boolean full() {
        return known.size() >= most;
    }
}
