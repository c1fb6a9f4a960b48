package dev.peili.mirroring;

/**
 * Names the mirror of one value in actors of one kind, for who is to connect it. It is a constant of the actor that has the
 * mirror, beside its messages, as a service key is:
 *
 * <pre>{@code
 * static final MirrorKey<Command, Direction> DIRECTION = MirrorKey.create("direction");
 * }</pre>
 *
 * <p>Its types make the compiler refuse to connect a canonical of another type, or an actor with other messages. Two keys
 * are never the same, whatever their names are. Immutable.
 *
 * @param <M> the messages of the actor that has the mirror
 * @param <T> the type of the value
 */
// They are for the compiler, which compares them.
@SuppressWarnings("UnusedTypeParameter")
public final class MirrorKey<M, T> extends Key {
    private MirrorKey(String name) {
        super("mirror", name);
    }

    /** A new key; the name is for messages and snapshots. */
    public static <M, T> MirrorKey<M, T> create(String name) {
        return new MirrorKey<>(name);
    }
}
