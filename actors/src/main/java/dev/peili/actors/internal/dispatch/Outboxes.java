package dev.peili.actors.internal.dispatch;

import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.dispatch.Envelope;
import org.jspecify.annotations.Nullable;

/** The {@link Outbox} of each thread. Where there never was one, it costs a read of a field. */
final class Outboxes {
    /** Of the threads that are not workers, which have a field for it. */
    private static final ThreadLocal<Outbox.Slot> SLOTS =
            ThreadLocal.withInitial(() -> new Outbox.Slot(Thread.currentThread()));
    /** Set by a thread that has an outbox, for which it is enough to see what it wrote itself. */
    private static boolean areKnown;

    private Outboxes() {}

    static Outbox.Slot slot() {
        if (!areKnown) {
            areKnown = true;
        }
        return slotOfThisThread();
    }

    private static Outbox.Slot slotOfThisThread() {
        return Thread.currentThread() instanceof Worker worker ? worker.slot : SLOTS.get();
    }

    /** Puts another one in the place of the calling thread's, or none, and returns which was there. */
    static @Nullable Outbox replace(@Nullable Outbox outbox) {
        if (!areKnown) {
            return null;
        }
        Outbox.Slot slot = slotOfThisThread();
        Outbox before = slot.current;
        slot.current = outbox;
        return before;
    }

    /** Whether the running turn keeps this back. */
    static boolean hold(ActorRef receiver, Envelope envelope) {
        if (!areKnown) {
            return false;
        }
        Outbox outbox = slotOfThisThread().current;
        return outbox != null && outbox.holds(receiver, envelope);
    }
}
