package dev.peili.actors.internal.agenda;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A TabGroup with its DocGroups: the nodes that can exclude one another (G1) and whose order in one category is kept
 * (G2). Its lock guards all of them; the root group and the pool are families of one.
 *
 * <p>Order across the levels needs no common queue. The TabGroup's tasks of a category are numbered, and every task of a
 * document remembers how many of them there were when it was queued. A document's head waits for the TabGroup's head if
 * that had been numbered by then; the TabGroup's head waits for the head of every document that was queued before its
 * number was given. What is queued in a suspended group is not looked at.
 */
final class Family extends BriefLock {
    private final RootBarrier root;
    private final RunQueue runQueue;
    private final Limits limits;
    final Node head;
    /** The documents that have work queued or a turn open. */
    private final List<Node> busyDocs = new ArrayList<>(2);

    private final long[] issued = new long[Node.LANES];
    private int openDocTurns;
    /** Whether the TabGroup waits for the open turns of its documents and no further one may start. */
    private boolean claimed;
    /** How many slices of documents have begun since the TabGroup's own was found waiting for them, or -1. */
    private int overtaken = -1;
    /** How many lanes of this family hold back a root task, and how many open turns a root task waits for. */
    private int heldRoots;

    private boolean visible;
    /** Written under the lock, read anywhere. */
    private volatile boolean urgent;

    Family(Node.Kind kind, Object label, RootBarrier root, RunQueue runQueue, Limits limits) {
        this.root = root;
        this.runQueue = runQueue;
        this.limits = limits;
        this.head = new Node(kind, this, label);
        this.visible = kind == Node.Kind.ROOT;
        this.urgent = visible;
    }

    boolean urgent() {
        return urgent;
    }

    void visible(boolean now) {
        visible = now;
        refreshUrgency();
    }

    private void refreshUrgency() {
        boolean now = visible || heldRoots > 0;
        if (urgent != now) {
            urgent = now;
            reposition();
        }
    }

    private void reposition() {
        runQueue.reposition(head);
        for (int i = 0; i < busyDocs.size(); i++) {
            runQueue.reposition(busyDocs.get(i));
        }
    }

    boolean suspended(Node node) {
        return node.suspended || head.suspended;
    }

    /** Queues the work and says whether the node has to be made ready. */
    boolean enqueue(Work work) {
        Node node = work.node;
        int lane = work.lane;
        if (node == head) {
            work.tabStamp = ++issued[lane];
        } else {
            work.tabStamp = issued[lane];
            list(node);
        }
        work.rootStamp = node.kind == Node.Kind.ROOT ? root.issue(lane) : root.issued(lane);
        boolean first = node.append(work);
        if (node.kind == Node.Kind.ROOT) {
            root.refreshHeads();
        }
        return first && offer(node);
    }

    /** Marks the node as queued, if that makes sense, and says whether it does. */
    boolean offer(Node node) {
        if (node.active || node.queued || !node.hasWork() || suspended(node)) {
            return false;
        }
        node.blocked = false;
        node.queued = true;
        node.readySince = runQueue.starts();
        return true;
    }

    /**
     * Opens a turn of the node and takes its work; null, if nothing of it may start now. What has become worth looking at
     * through that goes into the list.
     */
    @Nullable
    Work begin(Node node, List<Node> offered) {
        node.queued = false;
        if (node.active || !node.hasWork() || suspended(node)) {
            return null;
        }
        int lane = choose(node);
        if (lane < 0 || !enter(node)) {
            node.blocked = true;
            if (lane < 0 && node.kind == Node.Kind.TAB) {
                // What it waited for has changed: a resumed document has older work.
                unclaim();
                offerBlockedDocs(offered);
            } else if (lane < 0 && node.kind == Node.Kind.ROOT && root.claimed()) {
                root.letGo(offered);
            }
            return null;
        }
        Work work = node.take(lane);
        releaseLane(node, lane);
        if (node.kind == Node.Kind.ROOT) {
            root.refreshHeads();
        }
        return work;
    }

    /** Opens a turn for work that is in no lane, if its node is free for it and has nothing else to do. */
    boolean beginDirectly(Work work) {
        Node node = work.node;
        if (node.active || node.hasWork() || suspended(node) || gated(node)) {
            return false;
        }
        if (node != head) {
            list(node);
        }
        return enter(node);
    }

    private boolean gated(Node node) {
        return (node.kind == Node.Kind.DOC && (head.active || claimed)) || (node.isTabOrDoc() && root.claimed());
    }

    private boolean enter(Node node) {
        switch (node.kind) {
            case POOL -> {
                return true;
            }
            case ROOT -> {
                if (!root.claim()) {
                    return false;
                }
            }
            case TAB -> {
                if (openDocTurns > 0) {
                    wantQuiet();
                    return false;
                }
                unclaim();
            }
            case DOC -> {
                openDocTurns++;
                if (overtaken >= 0) {
                    overtaken++;
                    claimed = overtaken >= limits.barrierPatience();
                }
            }
        }
        node.active = true;
        return true;
    }

    private void unclaim() {
        claimed = false;
        overtaken = -1;
    }

    private void wantQuiet() {
        overtaken = Math.max(overtaken, 0);
        claimed = overtaken >= limits.barrierPatience();
    }

    /**
     * Closes the open turn of the node, adds to the list what else has become worth looking at, and says whether the node
     * has to be made ready again.
     */
    boolean end(Node node, List<Node> offered) {
        node.active = false;
        if (node.owesRoot) {
            node.owesRoot = false;
            heldRoots(-1);
            root.turnEnded();
        }
        if (node == head) {
            offerBlockedDocs(offered);
        } else {
            openDocTurns--;
            boolean tabMayEnter = overtaken >= 0 && openDocTurns == 0;
            if (tabMayEnter || node.holdsTab) {
                node.holdsTab = false;
                offerTab(offered);
            }
            unlistIfIdle(node);
        }
        return offer(node);
    }

    private void offerTab(List<Node> offered) {
        if (head.blocked && offer(head)) {
            offered.add(head);
        }
    }

    private void offerBlockedDocs(List<Node> offered) {
        for (int i = 0; i < busyDocs.size(); i++) {
            Node doc = busyDocs.get(i);
            if (doc.blocked && offer(doc)) {
                offered.add(doc);
            }
        }
    }

    /** Looks at everything again that was found blocked. */
    void offerAllBlocked(List<Node> offered) {
        offerTab(offered);
        offerBlockedDocs(offered);
    }

    void suspend(Node node, List<Node> offered) {
        node.suspended = true;
        if (node == head) {
            unclaim();
            releaseLanes(head);
            for (Node doc : busyDocs) {
                releaseLanes(doc);
            }
        } else {
            releaseLanes(node);
            node.holdsTab = false;
            offerTab(offered);
        }
    }

    void resume(Node node, List<Node> offered) {
        node.suspended = false;
        root.resumed(this);
        if (offer(node)) {
            offered.add(node);
        }
        if (node == head) {
            for (Node doc : busyDocs) {
                if (offer(doc)) {
                    offered.add(doc);
                }
            }
        } else {
            offerTab(offered);
        }
    }

    /** Removes what came in through this door and looks at everything again that may have waited for it. */
    void drop(Node node, Admission door, List<Work> dropped, List<Node> offered) {
        node.drop(door, dropped);
        releaseLanes(node);
        node.holdsTab = false;
        if (node == head) {
            unclaim();
        }
        unlistIfIdle(node);
        offerAllBlocked(offered);
    }

    /** Whether anybody may be waiting for the end of this node's slice; without the lock, a hint. */
    boolean someoneWaitsFor(Node node) {
        return node.hasWork() || (node == head ? !busyDocs.isEmpty() : head.hasWork());
    }

    // --- G2 and the categories ------------------------------------------------------------------------------------

    /** The lane that goes next, or -1 if none may. */
    private int choose(Node node) {
        if (gated(node)) {
            return -1;
        }
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
            if (lane.passedOver >= limits.categoryEvery()
                    && (tired < 0 || lane.passedOver > node.lane(tired).passedOver)) {
                tired = index;
            }
        }
        int lane = tired >= 0 ? tired : chosen;
        for (int bits = open; bits != 0; bits &= bits - 1) {
            node.lane(Integer.numberOfTrailingZeros(bits)).passedOver++;
        }
        return lane;
    }

    private boolean mayStart(Node node, int lane) {
        Work first = node.lane(lane).first();
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
        for (int i = 0; i < busyDocs.size(); i++) {
            Node doc = busyDocs.get(i);
            Work docs = doc.suspended ? null : doc.head(lane);
            if (docs != null && docs.tabStamp < first.tabStamp) {
                doc.holdsTab = true;
                return false;
            }
        }
        return true;
    }

    // --- What the root group waits for ----------------------------------------------------------------------------

    /** Marks the lanes of this category whose head stands before the root task of this number, and counts them. */
    int markBefore(int lane, long number) {
        int marked = mark(head, lane, number);
        for (Node doc : busyDocs) {
            marked += mark(doc, lane, number);
        }
        heldRoots(marked);
        return marked;
    }

    private int mark(Node node, int lane, long number) {
        Work first = suspended(node) ? null : node.head(lane);
        if (first == null || first.rootStamp >= number || node.lane(lane).holdsRoot) {
            return 0;
        }
        node.lane(lane).holdsRoot = true;
        return 1;
    }

    /** Marks the open turns of this family, which the root group waits for, and counts them. */
    int markOpenTurns() {
        int marked = markOpenTurn(head);
        for (Node doc : busyDocs) {
            marked += markOpenTurn(doc);
        }
        heldRoots(marked);
        return marked;
    }

    /** Takes those marks off again, and counts them. */
    int unmarkOpenTurns() {
        int unmarked = unmarkOpenTurn(head);
        for (Node doc : busyDocs) {
            unmarked += unmarkOpenTurn(doc);
        }
        heldRoots(-unmarked);
        return unmarked;
    }

    private static int unmarkOpenTurn(Node node) {
        int marked = node.owesRoot ? 1 : 0;
        node.owesRoot = false;
        return marked;
    }

    private static int markOpenTurn(Node node) {
        if (!node.active || node.owesRoot) {
            return 0;
        }
        node.owesRoot = true;
        return 1;
    }

    private void releaseLanes(Node node) {
        for (int lane = 0; lane < Node.LANES; lane++) {
            releaseLane(node, lane);
        }
    }

    /** Takes the marks off this lane wherever they are for no root task any more. */
    void releaseLane(int lane) {
        releaseLane(head, lane);
        busyDocs.forEach(doc -> releaseLane(doc, lane));
    }

    /** Takes the mark off the lane if its head stands before no root task any more. */
    private void releaseLane(Node node, int lane) {
        if (heldRoots > 0 && node.holdsRoot(lane)) {
            Work first = suspended(node) ? null : node.head(lane);
            if (first == null || !root.waitsFor(lane, first)) {
                node.lane(lane).holdsRoot = false;
                heldRoots(-1);
                root.laneCleared(lane);
            }
        }
    }

    private void heldRoots(int change) {
        heldRoots += change;
        refreshUrgency();
    }

    // --- The busy documents ---------------------------------------------------------------------------------------

    private void list(Node doc) {
        if (doc.listed < 0) {
            doc.listed = busyDocs.size();
            busyDocs.add(doc);
        }
    }

    private void unlistIfIdle(Node doc) {
        if (doc.listed >= 0 && !doc.active && !doc.hasWork()) {
            Node last = Objects.requireNonNull(busyDocs.remove(busyDocs.size() - 1));
            if (last != doc) {
                busyDocs.set(doc.listed, last);
                last.listed = doc.listed;
            }
            doc.listed = -1;
        }
    }
}
