package dev.peili.actors.internal.agenda;

import org.jspecify.annotations.Nullable;

/**
 * What has to start before what in a family (G2), and which category of a node goes next. Guarded by the lock of the
 * family.
 *
 * <p>Order across the levels needs no common queue. The TabGroup's tasks of a category are numbered, and every task of a
 * document remembers how many of them there were when it was queued. A document's head waits for the TabGroup's head if
 * that had been numbered by then; the TabGroup's head waits for the head of every document that was queued before its
 * number was given. What is queued in a suspended group is not looked at.
 */
final class Precedence {
    private final Node head;
    private final BusyDocs docs;
    private final RootBarrier root;
    private final int categoryEvery;
    /** How many tasks the TabGroup has been given, by category; made for the first. */
    private long @Nullable [] issued;

    private long arrivals;

    Precedence(Node head, BusyDocs docs, RootBarrier root, Limits limits) {
        this.head = head;
        this.docs = docs;
        this.root = root;
        this.categoryEvery = limits.categoryEvery();
    }

    /** Gives the work its place in the order. */
    void stamp(Work work) {
        int lane = work.lane;
        boolean isTabs = work.node == head;
        work.arrival = ++arrivals;
        work.tabStamp = isTabs ? issue(lane) : issued(lane);
        work.rootStamp = rootStamp(work);
    }

    private long issued(int lane) {
        return issued == null ? 0 : issued[lane];
    }

    private long issue(int lane) {
        long[] all = issued == null ? new long[Node.LANES] : issued;
        issued = all;
        return ++all[lane];
    }

    private long rootStamp(Work work) {
        if (work.joint != null) {
            return work.joint.rootStamp;
        }
        return work.node.kind == Node.Kind.ROOT ? root.issue(work.lane) : root.issued(work.lane);
    }

    /** The lane that goes next, or -1 if none may. */
    int choose(Node node) {
        int candidates = node.candidates();
        if ((candidates & (candidates - 1)) == 0) {
            int only = Integer.numberOfTrailingZeros(candidates);
            return mayStart(node, only) ? only : -1;
        }
        int chosen = -1;
        int tired = -1;
        int open = 0;
        for (int bits = candidates; bits != 0; bits &= bits - 1) {
            int index = Integer.numberOfTrailingZeros(bits);
            if (!mayStart(node, index)) {
                continue;
            }
            open |= 1 << index;
            Lane lane = node.lane(index);
            if (chosen < 0 || (lane.holdsRoot && !node.lane(chosen).holdsRoot)) {
                chosen = index;
            }
            if (lane.passedOver >= categoryEvery && (tired < 0 || lane.passedOver > node.lane(tired).passedOver)) {
                tired = index;
            }
        }
        for (int bits = open; bits != 0; bits &= bits - 1) {
            node.lane(Integer.numberOfTrailingZeros(bits)).passedOver++;
        }
        return tired >= 0 ? tired : chosen;
    }

    private boolean mayStart(Node node, int lane) {
        Work first = node.lane(lane).first();
        // In this order, so that what stands before it knows that it waits.
        return isFirst(node, lane, first) && !(first.joint != null && ((Joint.Part) first).stuck);
    }

    /** Whether nothing stands before the part, of which it is known that its group is not suspended. */
    boolean isNext(Joint.Part part) {
        Node node = part.node;
        return node.head(part.lane) == part && node.isCandidate(part.lane) && isFirst(node, part.lane, part);
    }

    /** Whether nothing of a related group stands before it, before which there is no other task in its own lane. */
    boolean isFirst(Node node, int lane, Work first) {
        return switch (node.kind) {
            case POOL -> true;
            case ROOT -> root.nobodyBefore(lane);
            case TAB -> !rootBefore(lane, first) && noDocumentBefore(lane, first);
            case DOC -> !rootBefore(lane, first) && !tabBefore(lane, first);
        };
    }

    private boolean rootBefore(int lane, Work first) {
        return root.pending() && root.standsBefore(lane, first);
    }

    private boolean tabBefore(int lane, Work first) {
        Work tabs = head.suspended ? null : head.head(lane);
        return tabs != null && tabs.tabStamp <= first.tabStamp;
    }

    private boolean noDocumentBefore(int lane, Work first) {
        for (Node doc = docs.first(); doc != null; doc = docs.after(doc)) {
            Work theirs = doc.suspended ? null : doc.head(lane);
            if (theirs != null && theirs.tabStamp < first.tabStamp) {
                doc.holdsTab = true;
                return false;
            }
        }
        return true;
    }

    /** Idle work of this node up to the given one has waited for as long as it may, and what stands before it too. */
    void hurry(Node node, Work work) {
        due(node, work);
        if (node == head) {
            docs.forEach(doc -> due(doc, work));
        } else {
            due(head, work);
        }
    }

    private void due(Node node, Work work) {
        node.dueThrough = Math.max(node.dueThrough, work.arrival);
        Work first = node.head(Node.IDLE);
        if (first != null && first.arrival <= work.arrival) {
            node.lane(Node.IDLE).passedOver = categoryEvery;
        }
    }
}
