package dev.peili.actors.internal.dispatch;

import org.jspecify.annotations.Nullable;

/** The {@link TurnGuest} of each thread. Where there never was one, it costs a read of a field. */
final class Guests {
    static final ThreadLocal<@Nullable TurnGuest> CURRENT = new ThreadLocal<>();
    /** Set by a thread that has a guest, for which it is enough to see what it wrote itself. */
    static boolean areKnown;

    private Guests() {}

    static @Nullable TurnGuest replace(@Nullable TurnGuest guest) {
        TurnGuest before = CURRENT.get();
        if (guest == null) {
            CURRENT.remove();
        } else {
            areKnown = true;
            CURRENT.set(guest);
        }
        return before;
    }
}
