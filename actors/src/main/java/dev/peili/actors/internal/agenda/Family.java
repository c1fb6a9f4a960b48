package dev.peili.actors.internal.agenda;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
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
    /** Its place in the order of locks. */
    final int number;

    final Node head;
    private final BusyDocs docs = new BusyDocs();
    /** What a root task waits for here. */
    final RootMarks marks;
    /** Work of several groups that waits in this family, too. */
    final Set<Joint> joints = new LinkedHashSet<>(0);

    private final long[] issued = new long[Node.LANES];
    private int openDocTurns;
    /** Whether the TabGroup waits for the open turns of its documents and no further one may start. */
    private boolean claimed;
    /** How many slices of documents have begun since the TabGroup's own was found waiting for them, or -1. */
    private int overtaken = -1;
    /** How many documents are kept free for something that affects several groups. */
    private int reservedDocs;
    /** Whether the TabGroup was found to be unable to start because of its documents, other than by the order. */
    private boolean wantsDocsFree;

    private long arrivals;
    private boolean visible;
    /** How many joints lend the urgency of another family to this one. */
    private int lent;
    /** Written under the lock, read anywhere. */
    private volatile boolean urgent;

    Family(int number, Node.Kind kind, Object label, RootBarrier root, RunQueue runQueue, Limits limits) {
        this.number = number;
        this.root = root;
        this.runQueue = runQueue;
        this.limits = limits;
        this.head = new Node(kind, this, label);
        this.marks = new RootMarks(this, head, docs, root);
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

    boolean visible() {
        return visible;
    }

    /** Makes this family as urgent as another that is affected by the same work, or ends that. */
    void lend(int change) {
        lent += change;
        refreshUrgency();
    }

    void refreshUrgency() {
        boolean now = visible || marks.any() || lent > 0;
        if (urgent != now) {
            urgent = now;
            runQueue.reposition(head);
            docs.forEach(runQueue::reposition);
        }
    }

    boolean suspended(Node node) {
        return node.suspended || head.suspended;
    }

    /** Queues the work and says whether the node has to be made ready. */
    boolean enqueue(Work work) {
        Node node = work.node;
        int lane = work.lane;
        work.arrival = ++arrivals;
        if (node == head) {
            work.tabStamp = ++issued[lane];
        } else {
            work.tabStamp = issued[lane];
            docs.list(node);
        }
        work.rootStamp = node.kind == Node.Kind.ROOT ? root.issue(lane) : root.issued(lane);
        boolean first = node.append(work);
        if (node.kind == Node.Kind.ROOT) {
            root.refreshHeads();
        }
        return first && offer(node);
    }

    /** Marks the node as queued, if that makes sense, and says whether it does; something has changed for it. */
    boolean offer(Node node) {
        unstick(node);
        return offerAsItIs(node);
    }

    private void unstick(Node node) {
        if (node.parts > 0) {
            joints.forEach(joint -> joint.unstick(node));
        }
    }

    /** Marks the node as queued, if that makes sense, for what else it has than work that was found to be stuck. */
    boolean offerAsItIs(Node node) {
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
     * through that goes into the list. If work of several groups may be next, it is returned, whole or in part, and nothing
     * is opened.
     */
    @Nullable
    Work begin(Node node, List<Node> offered) {
        node.queued = false;
        if (node.active || !node.hasWork() || suspended(node)) {
            return null;
        }
        if (node.reservedFor != null) {
            return node.reservedFor.work;
        }
        int lane = choose(node);
        if (lane >= 0 && node.lane(lane).first().joint != null) {
            return node.lane(lane).first();
        }
        if (lane < 0 || !enter(node, lane)) {
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
        Work work = take(node, lane);
        if (node.kind == Node.Kind.ROOT) {
            root.refreshHeads();
        }
        return work;
    }

    private Work take(Node node, int lane) {
        Work work = node.take(lane);
        marks.release(node, lane);
        return work;
    }

    /** Opens a turn for work that is in no lane, if its node is free for it and has nothing else to do. */
    boolean beginDirectly(Work work) {
        Node node = work.node;
        if (node.active || node.hasWork() || suspended(node) || gated(node)) {
            return false;
        }
        if (node != head) {
            docs.list(node);
        }
        return enter(node, work.lane);
    }

    private boolean gated(Node node) {
        return (head.active && node != head) || isKeptFree(node, null);
    }

    /** Whether the node is kept free for something other than this. */
    private boolean isKeptFree(Node node, @Nullable Joint joint) {
        boolean kept = switch (node.kind) {
            case POOL, ROOT -> false;
            case TAB -> node.reservedFor != joint || reservedDocs > 0;
            case DOC -> claimed || head.reservedFor != null || node.reservedFor != joint;
        };
        return kept || (node.isTabOrDoc() && root.claimed());
    }

    private boolean enter(Node node, int lane) {
        node.openLane = lane;
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
        wantsDocsFree = true;
        overtaken = Math.max(overtaken, 0);
        claimed = overtaken >= limits.barrierPatience();
    }

    /**
     * Closes the open turn of the node, adds to the list what else has become worth looking at, and says whether the node
     * has to be made ready again.
     */
    boolean end(Node node, List<Node> offered) {
        node.active = false;
        node.paused = false;
        marks.turnEnded(node);
        if (node == head) {
            offerBlockedDocs(offered);
        } else {
            openDocTurns--;
            boolean tabMayEnter = wantsDocsFree && openDocTurns == 0;
            if (tabMayEnter || node.holdsTab) {
                node.holdsTab = false;
                offerTab(offered);
            }
            docs.unlistIfIdle(node);
        }
        return offer(node);
    }

    private void offerTab(List<Node> offered) {
        unstick(head);
        if (head.blocked && offer(head)) {
            wantsDocsFree = false;
            offered.add(head);
        }
    }

    private void offerBlockedDocs(List<Node> offered) {
        for (int i = 0; i < docs.size(); i++) {
            Node doc = docs.at(i);
            unstick(doc);
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
            marks.releaseAll();
        } else {
            marks.releaseAll(node);
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
            docs.forEach(doc -> {
                if (offer(doc)) {
                    offered.add(doc);
                }
            });
        } else {
            offerTab(offered);
        }
    }

    /** Removes what came in through this door and looks at everything again that may have waited for it. */
    void drop(Node node, Admission door, List<Work> dropped, List<Node> offered) {
        node.drop(door, dropped);
        removed(node, offered);
    }

    private void removed(Node node, List<Node> offered) {
        marks.releaseAll(node);
        node.holdsTab = false;
        if (node == head) {
            unclaim();
        }
        docs.unlistIfIdle(node);
        offerAllBlocked(offered);
    }

    /** Whether anybody may be waiting for the end of this node's slice; without the lock, a hint. */
    boolean someoneWaitsFor(Node node) {
        return node.hasWork() || (node == head ? docs.size() > 0 : head.hasWork());
    }

    /** Idle work of this node up to the given one has waited for as long as it may, and what stands before it too. */
    void hurry(Node node, Work work, List<Node> offered) {
        due(node, work);
        if (node == head) {
            docs.forEach(doc -> due(doc, work));
        } else {
            due(head, work);
        }
        offerAllBlocked(offered);
    }

    private void due(Node node, Work work) {
        node.dueThrough = Math.max(node.dueThrough, work.arrival);
        Work first = node.head(Node.IDLE);
        if (first != null && first.arrival <= work.arrival) {
            node.lane(Node.IDLE).passedOver = limits.categoryEvery();
        }
    }

    // --- Work of several groups, with the locks of all its families held ---------------------------------------------

    /** Whether nothing stands before the part by the order (G2), and it is not set aside. */
    boolean isNext(Joint.Part part) {
        Node node = part.node;
        return !suspended(node)
                && node.head(part.lane) == part
                && node.isCandidate(part.lane)
                && isFirst(node, part.lane, part);
    }

    /** Whether a turn of the part's group could start (G1). */
    boolean isFree(Joint.Part part) {
        Node node = part.node;
        boolean free = node == head ? openDocTurns == 0 : !head.active;
        wantsDocsFree |= node == head && !free;
        return free && !node.active && mayBeReserved(part);
    }

    /** Whether the part's group is kept free for nothing else. */
    boolean mayBeReserved(Joint.Part part) {
        boolean kept = isKeptFree(part.node, part.node.reservedFor == part.whole ? part.whole : null);
        wantsDocsFree |= kept && part.node == head;
        return !kept;
    }

    void reserve(Joint.Part part) {
        part.node.reservedFor = part.whole;
        reservedDocs += part.node == head ? 0 : 1;
    }

    void unreserve(Joint.Part part) {
        if (part.node.reservedFor == part.whole) {
            part.node.reservedFor = null;
            reservedDocs -= part.node == head ? 0 : 1;
        }
    }

    /** Opens the turn of the part's group. */
    void begin(Joint.Part part) {
        enter(part.node, part.lane);
        take(part.node, part.lane);
    }

    /** Sets the part aside because another of its groups is suspended, or back. */
    void setAside(Joint.Part part, boolean now, List<Node> offered) {
        part.node.setAside(part, now);
        if (now) {
            removed(part.node, offered);
        } else {
            root.resumed(this);
        }
        reoffer(part.node, offered);
    }

    void remove(Joint.Part part, List<Node> offered) {
        if (part.node.remove(part)) {
            removed(part.node, offered);
            reoffer(part.node, offered);
        }
    }

    /** Looks at everything again, and at this node above all. */
    void reoffer(Node node, List<Node> offered) {
        offerAllBlocked(offered);
        if (offer(node)) {
            offered.add(node);
        }
    }

    // --- G2 and the categories ------------------------------------------------------------------------------------

    /** The lane that goes next, or -1 if none may. */
    private int choose(Node node) {
        if (gated(node)) {
            wantsDocsFree |= node == head;
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
        // In this order, so that what stands before it knows that it waits.
        return isFirst(node, lane, first) && !(first.joint != null && ((Joint.Part) first).stuck);
    }

    /** Whether nothing of a related group stands before it, which is first in its own lane. */
    private boolean isFirst(Node node, int lane, Work first) {
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
        for (int i = 0; i < docs.size(); i++) {
            Node doc = docs.at(i);
            Work theirs = doc.suspended ? null : doc.head(lane);
            if (theirs != null && theirs.tabStamp < first.tabStamp) {
                doc.holdsTab = true;
                return false;
            }
        }
        return true;
    }
}
