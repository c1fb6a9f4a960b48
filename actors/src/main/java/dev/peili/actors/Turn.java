package dev.peili.actors;

import dev.peili.actors.internal.dispatch.Workers;

/**
 * The turn that runs on the calling thread: one task, or one message of an actor on the group dispatcher.
 *
 * <p>All methods may be called anywhere, at any time; outside of a turn they do nothing.
 */
public final class Turn {
    private Turn() {}

    /**
     * Lets others go first if they should; to be called now and then by work that takes long, at a place where it holds
     * nothing. It costs about a volatile read unless something more urgent waits.
     *
     * <p>A background turn is <em>paused</em> here while foreground turns are ready. They run on the same thread, on top
     * of this call, and this returns when they have ended. A turn that has had its slice ({@code
     * peili.dispatcher.hand-over-after}) while others of the same urgency wait is <em>parked</em>: its thread waits here,
     * and another takes its place. In both cases the group's turn stays open, so no related turn starts (promise G1).
     *
     * <p>At a checkpoint the caller must hold no monitor and no lock, be in no critical section of any other kind, and
     * rely on no thread-local state that another turn might change, except for the MDC and the interrupt flag, which are
     * saved. A monitor that is held would let a turn on top see what it guards half done, and a parked turn would keep it.
     *
     * <p>A turn that runs for long without a checkpoint is reported in the log, once for each place in the code, and so is
     * one that blocks its thread ({@code peili.dispatcher.watchdog}).
     */
    public static void checkpoint() {
        Workers.checkpoint();
    }

    /**
     * Whether a checkpoint would be a good idea now, for work that would rather stop by itself, queue what is left, and
     * return. A hint: true does not promise that {@link #checkpoint()} would pause.
     */
    public static boolean shouldYield() {
        return Workers.shouldYield();
    }
}
