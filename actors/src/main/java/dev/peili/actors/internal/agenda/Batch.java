package dev.peili.actors.internal.agenda;

import org.jspecify.annotations.Nullable;

/**
 * The tasks of one lane of a document that a seat may run one after the other without the lock of their family.
 *
 * <p>They stay in their lane until the batch is over, and whoever starts one, or takes one out, {@linkplain Work#claim
 * claims} it first; so a batch never has to be called back. Those that were started are always the first ones in the
 * lane. Only tasks with the same place in the order across groups are in one batch: nothing that is dispatched later comes
 * between them (G2). Belongs to the thread that has the seat.
 */
final class Batch {
    private static final int MOST = 64;

    private final @Nullable Work[] works = new @Nullable Work[MOST];
    private int next;
    private int size;
    /** How many of them were started. */
    private int started;

    /** Takes what follows the task that was just taken out of its lane. With the lock of the family. */
    void fill(Work taken) {
        Work following = taken.node.following(taken);
        while (following != null && size < MOST && isAlike(taken, following)) {
            works[size++] = following;
            following = following.next;
        }
    }

    private static boolean isAlike(Work taken, Work following) {
        return following.ordered()
                && following.joint == null
                && !following.aside
                && following.admission() == taken.admission()
                && following.tabStamp == taken.tabStamp
                && following.rootStamp == taken.rootStamp;
    }

    boolean isEmpty() {
        return next == size;
    }

    /** How many were started and are in their lane. */
    int started() {
        return started;
    }

    /** Starts the next one; null if there is none, or if somebody is taking tasks out, perhaps all that are left. */
    @Nullable
    Work start() {
        Work work = next < size ? works[next] : null;
        if (work == null || !work.claim()) {
            return null;
        }
        works[next++] = null;
        started++;
        return work;
    }

    /** Takes those that were started out of their lane and says how many. With the lock of the family. */
    int finish(Node node, int lane) {
        int count = started;
        if (count > 0) {
            node.removeFirst(lane, count);
        }
        while (next < size) {
            works[next++] = null;
        }
        next = 0;
        size = 0;
        started = 0;
        return count;
    }
}
