package dev.peili.mirroring;

/**
 * Names the {@link Listener} for one kind of event in actors of one kind, for who is to connect it; see {@link MirrorKey}.
 *
 * @param <M> the messages of the actor that listens
 * @param <E> the type of the events
 */
// They are for the compiler, which compares them.
@SuppressWarnings("UnusedTypeParameter")
public final class EventKey<M, E> extends Key {
    private EventKey(String name) {
        super("listener", name);
    }

    /** A new key; the name is for messages and snapshots. */
    public static <M, E> EventKey<M, E> create(String name) {
        return new EventKey<>(name);
    }
}
