package dev.peili.actors.internal.agenda;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * What makes a task of the root group a barrier for everybody, at a cost that only root tasks pay.
 *
 * <p><em>Order.</em> Root tasks of a category are numbered, and all other work remembers the last number that it saw. When
 * a root task comes to the head of its lane, one walk over the families marks and counts the lanes whose head was queued
 * before it. A marked lane is let go when its head has moved on; when all are, the root task may start. What was queued
 * after it waits until it has started.
 *
 * <p><em>Exclusion.</em> A root task that may start by its order <em>claims</em>: from then on no turn of any group
 * starts, a second walk counts the turns that are open, and the end of the last of them lets the root task in.
 *
 * <p>A family with a marked lane or a counted turn inherits the urgency of the root group for as long. The state is
 * guarded by the lock of the root family, which is taken before that of any other family; what others read without it
 * is volatile.
 */
final class RootBarrier {
    private static final long NONE = Long.MAX_VALUE;

    /** In the order in which they came, so that a run can be repeated. */
    private final Set<Family> families = new LinkedHashSet<>();

    private final AtomicLongArray issued = new AtomicLongArray(Node.LANES);
    /** The number of the root task at the head of each lane. */
    private final AtomicLongArray heads = new AtomicLongArray(Node.LANES);
    /** How many lanes stand before the head of each root lane. */
    private final AtomicIntegerArray before = new AtomicIntegerArray(Node.LANES);
    /** How many open turns the claim waits for. */
    private final AtomicInteger openTurns = new AtomicInteger();

    private volatile boolean claimed;
    /** Whether any root task is queued. */
    private volatile boolean pending;
    /** Whether something that the root group waited for has come to its end. */
    private volatile boolean nudged;

    private @Nullable Node root;

    RootBarrier() {
        for (int lane = 0; lane < Node.LANES; lane++) {
            heads.set(lane, NONE);
        }
    }

    void guard(Node rootNode) {
        root = rootNode;
    }

    Node root() {
        return Objects.requireNonNull(root);
    }

    void add(Family family) {
        root().family.lock();
        try {
            families.add(family);
        } finally {
            root().family.unlock();
        }
    }

    void remove(Family family) {
        root().family.lock();
        try {
            families.remove(family);
        } finally {
            root().family.unlock();
        }
    }

    // --- Asked by the families, under their own locks ------------------------------------------------------------

    long issued(int lane) {
        return issued.get(lane);
    }

    boolean pending() {
        return pending;
    }

    /** Whether the root task at the head of this lane was queued before this work. */
    boolean standsBefore(int lane, Work work) {
        return heads.get(lane) <= work.rootStamp;
    }

    /** Whether the root task at the head of this lane, if there is one, has to wait for this work. */
    boolean waitsFor(int lane, Work work) {
        long head = heads.get(lane);
        return head != NONE && work.rootStamp < head;
    }

    boolean claimed() {
        return claimed;
    }

    /** Looks at a family whose suspension has ended: what is queued there stands before root tasks again. */
    void resumed(Family family) {
        for (int lane = 0; lane < Node.LANES; lane++) {
            long number = heads.get(lane);
            if (number != NONE) {
                before.addAndGet(lane, family.marks.markBefore(lane, number));
                nudged = nudged || claimed;
            }
        }
    }

    void laneCleared(int lane) {
        if (before.decrementAndGet(lane) == 0) {
            nudged = true;
        }
    }

    void turnEnded() {
        if (openTurns.decrementAndGet() == 0) {
            nudged = true;
        }
    }

    /** Whether the root node should be offered again; to be asked after the family's lock was left. */
    boolean nudged() {
        return nudged;
    }

    // --- Under the lock of the root family -----------------------------------------------------------------------

    void acceptNudge() {
        nudged = false;
    }

    long issue(int lane) {
        return issued.incrementAndGet(lane);
    }

    boolean nobodyBefore(int lane) {
        return before.get(lane) == 0;
    }

    /** Finds out for each lane whether another root task has come to its head, and what stands before it. */
    void refreshHeads() {
        pending = root().hasWork();
        for (int lane = 0; lane < Node.LANES; lane++) {
            Work head = root().head(lane);
            long number = head == null ? NONE : head.rootStamp;
            if (heads.get(lane) != number) {
                heads.set(lane, number);
                if (number != NONE) {
                    markBefore(lane, number);
                } else if (before.get(lane) > 0) {
                    unmark(lane);
                }
            }
        }
    }

    private void markBefore(int lane, long number) {
        before.incrementAndGet(lane);
        for (Family family : families) {
            family.lock();
            try {
                before.addAndGet(lane, family.marks.markBefore(lane, number));
            } finally {
                family.unlock();
            }
        }
        before.decrementAndGet(lane);
    }

    private void unmark(int lane) {
        for (Family family : families) {
            family.lock();
            try {
                family.marks.release(lane);
            } finally {
                family.unlock();
            }
        }
    }

    /** Keeps every group from starting a turn, and says whether all that were open have ended. */
    boolean claim() {
        if (!claimed) {
            claimed = true;
            openTurns.incrementAndGet();
            for (Family family : families) {
                family.lock();
                try {
                    openTurns.addAndGet(family.marks.markOpenTurns());
                } finally {
                    family.unlock();
                }
            }
            openTurns.decrementAndGet();
        }
        return openTurns.get() == 0;
    }

    /** Lets the groups go on, and adds those that waited to the list. */
    void letGo(List<Node> offered) {
        claimed = false;
        refreshHeads();
        for (Family family : families) {
            family.lock();
            try {
                openTurns.addAndGet(-family.marks.unmarkOpenTurns());
                family.offerAllBlocked(offered);
            } finally {
                family.unlock();
            }
        }
    }
}
