package dev.peili.actors.internal.agenda;

import java.util.List;

/**
 * The nodes of one tier that look ready: what has used the least CPU time goes first, and of equals what came first.
 * Guarded by the lock of the run queue.
 *
 * <p>What comes at the tier's present time, which never goes back, is behind all that came so before; so a list is enough
 * for that, and only what has used more has to find its place in a heap.
 */
final class Tier {
    /** How much more CPU time a node may have used and still go first for the sake of its core's cache. */
    private static final long NEAR_NANOS = 100_000;

    private static final int NEAR_PLACES = 3;
    /** Where more nodes wait, none of them is likely to be in any cache, and a look at it would only bring it there. */
    private static final int FEW = 64;

    private final NodeList present = new NodeList(NodeList.Kind.TIER);
    private final NodeHeap ahead = new NodeHeap();
    /** The virtual time of the node that started last. */
    private long now;

    long now() {
        return now;
    }

    /** Goes on to this time, if that is later. */
    void advanceTo(long time) {
        now = Math.max(now, time);
    }

    int size() {
        return present.size() + ahead.size();
    }

    boolean isEmpty() {
        return size() == 0;
    }

    /** Adds a node whose virtual time is not before the present. */
    void add(Node node) {
        Node last = present.last();
        if (node.virtualTime == now && (last == null || last.ticket < node.ticket)) {
            present.add(node);
        } else {
            ahead.add(node);
        }
    }

    void remove(Node node) {
        if (ahead.contains(node)) {
            ahead.remove(node);
        } else {
            present.remove(node);
        }
    }

    /** There has to be one. */
    Node first() {
        Node listed = present.first();
        if (listed == null) {
            return ahead.at(0);
        }
        return ahead.isEmpty() || NodeHeap.compare(listed, ahead.at(0)) < 0 ? listed : ahead.at(0);
    }

    /** The first node, or one close to it that was last on this seat and has used hardly more. */
    Node firstNear(Seat seat) {
        Node first = first();
        if (size() > FEW || first.lastSeat == seat.number || first.parked != null || first.kind == Node.Kind.ROOT) {
            return first;
        }
        Node listed = present.first();
        for (int i = 0; listed != null && i < NEAR_PLACES; i++) {
            if (isNear(listed, first, seat)) {
                return listed;
            }
            listed = present.after(listed);
        }
        for (int i = 0; i < Math.min(NEAR_PLACES, ahead.size()); i++) {
            if (isNear(ahead.at(i), first, seat)) {
                return ahead.at(i);
            }
        }
        return first;
    }

    private static boolean isNear(Node node, Node first, Seat seat) {
        return node.lastSeat == seat.number && node.virtualTime - first.virtualTime < NEAR_NANOS;
    }

    void copyTo(List<Node> list) {
        present.copyTo(list);
        ahead.copyTo(list);
    }
}
