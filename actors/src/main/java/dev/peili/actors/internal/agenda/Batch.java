package dev.peili.actors.internal.agenda;

import org.jspecify.annotations.Nullable;

/**
 * The tasks of one lane of a document that a seat may run one after the other without the lock of their family, those included
 * that are queued meanwhile.
 *
 * <p>They stay in their lane until the batch is over, and whoever starts one, or takes one out, {@linkplain Work#claim
 * claims} it first; so a batch never has to be called back. Those that were started are always the first ones in the
 * lane. Only tasks with the same place in the order across groups are in one batch: nothing was dispatched between them that
 * comes between them (G2), not even by somebody who is just doing so. Belongs to the thread that has the seat.
 */
final class Batch {
    private static final int MOST = 64;

    /** Whether tasks may follow the running one. */
    private boolean isOpen;
    /** What stood behind the task that was taken out of its lane, or was queued by that. */
    private @Nullable Work first;
    /** How many of them were started. */
    private int started;

    /** Lets the rest of the lane follow the task that was just taken out of it. With the lock of the family. */
    void open(Work taken) {
        isOpen = true;
        first = taken.node.following(taken);
    }

    /** The running task has queued the work: that may follow if nothing else did. With the lock of the work's family. */
    void queued(Work running, Work work) {
        if (isOpen && started == 0 && first == null && work.node == running.node) {
            first = running.node.following(running);
        }
    }

    /** How many were started and are in their lane. */
    int started() {
        return started;
    }

    /** What follows the running task; null if nothing does. Without the lock, a hint. */
    @Nullable
    Work next(Work running) {
        Work next = started == 0 ? first : running.following();
        return next != null && started < MOST && isAlike(running, next) ? next : null;
    }

    private static boolean isAlike(Work running, Work next) {
        return next.ordered()
                && next.joint == null
                && next.admission() == running.admission()
                && next.tabStamp == running.tabStamp
                && next.rootStamp == running.rootStamp;
    }

    /** Starts the next one; false if somebody is taking tasks out, perhaps all that are left. */
    boolean start(Work next) {
        boolean mine = next.claim();
        started += mine ? 1 : 0;
        return mine;
    }

    /** Takes those that were started out of their lane and says how many. With the lock of the family. */
    int close(Node node, int lane) {
        int count = started;
        if (count > 0) {
            node.removeFirst(lane, count);
        }
        isOpen = false;
        first = null;
        started = 0;
        return count;
    }
}
