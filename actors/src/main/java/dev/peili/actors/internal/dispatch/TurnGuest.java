package dev.peili.actors.internal.dispatch;

import dev.peili.actors.internal.agenda.Work;
import org.jspecify.annotations.Nullable;

/**
 * Whoever runs turns of groups on a thread that is not a {@link Worker}. All methods are called by the thread that it has
 * {@linkplain #enter entered}.
 */
public interface TurnGuest {
    /** The running turn is at a checkpoint. */
    void checkpoint();

    /** Whether the running turn should go to a checkpoint. */
    boolean shouldYield();

    /** The running turn; null outside of one. */
    @Nullable
    Work currentWork();

    /** Makes this the guest of the calling thread, and returns who was. */
    default @Nullable TurnGuest enter() {
        return Guests.replace(this);
    }

    /** Gives the calling thread back to who was its guest. */
    static void leave(@Nullable TurnGuest before) {
        Guests.replace(before);
    }

    /** The guest of the calling thread. */
    static @Nullable TurnGuest current() {
        return Guests.areKnown ? Guests.CURRENT.get() : null;
    }
}
