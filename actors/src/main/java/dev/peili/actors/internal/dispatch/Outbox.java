package dev.peili.actors.internal.dispatch;

import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.dispatch.Envelope;
import org.jspecify.annotations.Nullable;

/**
 * Whoever may keep back what the running turn tells to actors in groups, until the turn has ended. It belongs to a thread
 * for as long as the turn does; turns that run on top of it do not see it.
 */
public interface Outbox {
    /**
     * Whether this is kept back: then it is not in the queue, and will be told again. Called by the thread of the turn.
     */
    boolean holds(ActorRef receiver, Envelope envelope);

    /** Where a thread has its outbox; only this thread uses it. */
    final class Slot {
        private final Thread thread;
        /** That of the innermost turn; null if it has none. */
        public @Nullable Outbox current;

        Slot(Thread thread) {
            this.thread = thread;
        }

        /** Whether it is the calling thread's. */
        public boolean isOwn() {
            return thread == Thread.currentThread();
        }
    }

    /** The slot of the calling thread, which is always the same. */
    static Slot slot() {
        return Outboxes.slot();
    }
}
