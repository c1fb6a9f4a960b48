package dev.peili.ipc;

import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.NoSerializationVerificationNeeded;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/**
 * How messages of the other half get to this one, also before it has been spawned. Any thread, except for what is said.
 *
 * <p>Whatever comes before the actor is there waits in {@code early}, and whoever finds that list behind the lock adds to
 * it, so that nothing overtakes.
 */
final class Inbox {
    /** Told to an actor that has to stop. */
    static final Object END = new NoSerializationVerificationNeeded() {
        @Override
        public String toString() {
            return "end";
        }
    };

    private final ChannelCore core;
    private volatile @Nullable ActorRef<Object> ref;
    /** Guarded by this, as what follows. */
    private @Nullable List<Object> early;

    private boolean isOver;

    /** Deletion on this side makes whatever has not been handled void. */
    private volatile boolean drops;

    /** What the actor has handled so far; its own turns only, and the endpoint when it has ended. */
    private long handled;

    private long reported;
    private long handledBytes;

    /**
     * Nobody is there yet.
     *
     * @param core of the side where the actor will be
     */
    Inbox(ChannelCore core) {
        this.core = core;
    }

    void deliver(Object message) {
        ActorRef<Object> known = ref;
        if (known != null) {
            known.tell(message);
        } else {
            deliverEarly(message);
        }
    }

    private void deliverEarly(Object message) {
        ActorRef<Object> known;
        boolean over;
        synchronized (this) {
            known = ref;
            over = isOver;
            if (known == null && !over) {
                if (early == null) {
                    early = new ArrayList<>(2);
                }
                early.add(message);
            }
        }
        if (known != null) {
            known.tell(message);
        } else if (over && message instanceof Incoming) {
            core.countDropped();
        }
    }

    /** The actor has been spawned. */
    void opened(ActorRef<Object> spawned) {
        synchronized (this) {
            if (early != null) {
                early.forEach(spawned::tell);
                early = null;
            }
            ref = spawned;
        }
    }

    /** The actor will never be spawned: what has come is dropped. */
    void neverOpens() {
        List<Object> lost;
        synchronized (this) {
            isOver = true;
            lost = early == null ? List.of() : early;
            early = null;
        }
        for (Object message : lost) {
            if (message instanceof Incoming) {
                core.countDropped();
            }
        }
    }

    /** From now on messages of the other half are dropped, and counted. */
    void drop() {
        drops = true;
    }

    boolean drops() {
        return drops;
    }

    /** In a turn of the actor: it has handled this, or dropped it. */
    void handled(ProtocolActor<?> actor, Incoming incoming) {
        handled++;
        if (handled - reported >= core.messagesPerReport()) {
            reported = handled;
            core.reportHandled(actor, handled);
        }
        handledBytes += incoming.bytes();
        core.flow().handled(incoming.bytes());
    }

    /** How many bytes it has handled; when the actor has ended. */
    long handledBytes() {
        return handledBytes;
    }
}
