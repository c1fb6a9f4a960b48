package dev.peili.mirroring;

import java.util.Objects;

/** What names a mirror or a listener of another actor. Compared by identity. */
abstract sealed class Key permits MirrorKey, EventKey {
    private final String kind;
    private final String name;

    Key(String kind, String name) {
        this.kind = kind;
        this.name = Objects.requireNonNull(name, "name");
    }

    /** Its name, for messages and snapshots. */
    public final String name() {
        return name;
    }

    /** What it names. */
    @Override
    public final String toString() {
        return kind + " '" + name + "'";
    }
}
