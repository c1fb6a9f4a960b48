package dev.peili.mirroring;

/**
 * Which {@link Canonical} a mirror is to be connected to, if the mirror connects itself; see {@link Mirror#connect}. It
 * outlives a restart of the owner. Immutable, any thread; it can be sent within one actor system.
 *
 * @param <T> the type of the value
 */
// The type is for the compiler, which compares it.
@SuppressWarnings("UnusedTypeParameter")
public final class CanonicalRef<T> {
    final Node owner;
    final String name;

    CanonicalRef(Node owner, String name) {
        this.owner = owner;
        this.name = name;
    }

    @Override
    public String toString() {
        return "canonical '" + name + "' of " + owner.path();
    }
}
