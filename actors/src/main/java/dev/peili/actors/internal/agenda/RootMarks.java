package dev.peili.actors.internal.agenda;

/**
 * What the root group waits for in one family: lanes whose head stands before a root task by the order, and turns that
 * were open when a root task came to be next. While there are any, the family is as urgent as the root group. Guarded by
 * the lock of the family.
 */
final class RootMarks {
    private final Family family;
    private final Node head;
    private final BusyDocs docs;
    private final RootBarrier root;
    private int marks;

    RootMarks(Family family, Node head, BusyDocs docs, RootBarrier root) {
        this.family = family;
        this.head = head;
        this.docs = docs;
        this.root = root;
    }

    boolean any() {
        return marks > 0;
    }

    private void change(int by) {
        marks += by;
        family.refreshUrgency();
    }

    // --- Lanes ------------------------------------------------------------------------------------------------------

    /** Marks the lanes of this category whose head stands before the root task of this number, and counts them. */
    int markBefore(int lane, long number) {
        int marked = mark(head, lane, number);
        for (Node doc = docs.first(); doc != null; doc = docs.after(doc)) {
            marked += mark(doc, lane, number);
        }
        change(marked);
        return marked;
    }

    private int mark(Node node, int lane, long number) {
        Work first = family.suspended(node) ? null : node.head(lane);
        if (first == null || first.rootStamp >= number || node.lane(lane).holdsRoot) {
            return 0;
        }
        node.lane(lane).holdsRoot = true;
        return 1;
    }

    void releaseAll() {
        releaseAll(head);
        docs.forEach(this::releaseAll);
    }

    void releaseAll(Node node) {
        for (int lane = 0; lane < Node.LANES; lane++) {
            release(node, lane);
        }
    }

    /** Takes the marks off this lane wherever they are for no root task any more. */
    void release(int lane) {
        release(head, lane);
        docs.forEach(doc -> release(doc, lane));
    }

    /** Takes the mark off the lane if its head stands before no root task any more. */
    void release(Node node, int lane) {
        if (marks > 0 && node.holdsRoot(lane)) {
            Work first = family.suspended(node) ? null : node.head(lane);
            if (first == null || !root.waitsFor(lane, first)) {
                node.lane(lane).holdsRoot = false;
                change(-1);
                root.laneCleared(lane);
            }
        }
    }

    // --- Open turns -------------------------------------------------------------------------------------------------

    /** Marks the open turns of this family, which the root group waits for, and counts them. */
    int markOpenTurns() {
        int marked = markOpenTurn(head);
        for (Node doc = docs.first(); doc != null; doc = docs.after(doc)) {
            marked += markOpenTurn(doc);
        }
        change(marked);
        return marked;
    }

    private static int markOpenTurn(Node node) {
        if (!node.active || node.owesRoot) {
            return 0;
        }
        node.owesRoot = true;
        return 1;
    }

    /** Takes those marks off again, and counts them. */
    int unmarkOpenTurns() {
        int unmarked = unmarkOpenTurn(head);
        for (Node doc = docs.first(); doc != null; doc = docs.after(doc)) {
            unmarked += unmarkOpenTurn(doc);
        }
        change(-unmarked);
        return unmarked;
    }

    private static int unmarkOpenTurn(Node node) {
        int marked = node.owesRoot ? 1 : 0;
        node.owesRoot = false;
        return marked;
    }

    /** A turn of this node has ended. */
    void turnEnded(Node node) {
        if (node.owesRoot) {
            node.owesRoot = false;
            change(-1);
            root.turnEnded();
        }
    }
}
