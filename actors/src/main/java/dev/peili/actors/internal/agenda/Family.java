package dev.peili.actors.internal.agenda;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A TabGroup with its DocGroups: the nodes that can exclude one another (G1) and whose order in one category is kept
 * (G2). Its lock guards all of them; the root group and the pool are families of one.
 *
 * <p>This is who knows when something is worth looking at again: whatever ends an obstacle offers the nodes that were found
 * blocked.
 */
final class Family extends BriefLock {
    private final RootBarrier root;
    private final RunQueue runQueue;
    /** Its place in the order of locks. */
    final int number;

    final Node head;
    private final BusyDocs docs = new BusyDocs();
    /** What a root task waits for here. */
    final RootMarks marks;
    /** Work of several groups that waits in this family, too. */
    final Set<Joint> joints = new LinkedHashSet<>(0);

    /** G1. */
    final Exclusion exclusion;

    private final Precedence precedence;
    private final Discretion discretion;
    private boolean visible;
    /** How many joints lend the urgency of another family to this one. */
    private int lent;
    /** Written under the lock, read anywhere. */
    private volatile boolean urgent;

    Family(
            int number,
            Node.Kind kind,
            Object label,
            RootBarrier root,
            RunQueue runQueue,
            Limits limits,
            Discretion discretion) {
        this.number = number;
        this.root = root;
        this.runQueue = runQueue;
        this.head = new Node(kind, this, number, label);
        this.exclusion = new Exclusion(head, root, limits);
        this.precedence = new Precedence(head, docs, root, limits);
        this.marks = new RootMarks(this, head, docs, root);
        this.discretion = discretion;
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
        precedence.stamp(work);
        if (node != head) {
            docs.list(node);
        }
        boolean first = node.append(work);
        if (node.kind == Node.Kind.ROOT) {
            root.refreshHeads();
        }
        return first && offer(node);
    }

    /** Marks the node as queued, if that makes sense, and says whether it does; something has changed for it. */
    boolean offer(Node node) {
        node.unstick();
        return offerAsItIs(node);
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
            docs.unlistIfIdle(node);
            return null;
        }
        if (node.reservedFor != null) {
            return node.reservedFor.work;
        }
        int lane = exclusion.gated(node) ? -1 : precedence.choose(node);
        if (lane >= 0 && node.lane(lane).first().joint != null) {
            return node.lane(lane).first();
        }
        if (lane < 0 || !exclusion.enter(node, lane)) {
            node.blocked = true;
            if (lane < 0 && node.kind == Node.Kind.TAB) {
                // What it waited for has changed: a resumed document has older work.
                exclusion.unclaim();
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
        Work work = node.take(lane, discretion, precedence);
        marks.release(node, lane);
        return work;
    }

    /** Opens a turn for work that is in no lane, if its node is free for it and has nothing else to do. */
    boolean beginDirectly(Work work) {
        Node node = work.node;
        if (node.active || node.hasWork() || suspended(node) || exclusion.gated(node)) {
            return false;
        }
        if (node != head) {
            docs.list(node);
        }
        return exclusion.enter(node, work.lane);
    }

    /**
     * Closes the open turn of the node, adds to the list what else has become worth looking at, and says whether the node
     * has to be made ready again.
     */
    boolean end(Node node, List<Node> offered) {
        boolean tabMayEnter = exclusion.leave(node);
        marks.turnEnded(node);
        if (node == head) {
            offerBlockedDocs(offered);
        } else {
            if (tabMayEnter || node.holdsTab) {
                node.holdsTab = false;
                offerTab(offered);
            }
            docs.unlistIfIdle(node);
        }
        return offer(node);
    }

    private void offerTab(List<Node> offered) {
        head.unstick();
        if (head.blocked && offer(head)) {
            exclusion.tabOffered();
            offered.add(head);
        }
    }

    private void offerBlockedDocs(List<Node> offered) {
        for (Node doc = docs.first(); doc != null; doc = docs.after(doc)) {
            doc.unstick();
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

    /** @param mailboxes gets those that wait where no turn starts any more */
    void suspend(Node node, List<Node> offered, List<Work> mailboxes) {
        node.suspended = true;
        node.copyMailboxesTo(mailboxes);
        if (node == head) {
            exclusion.unclaim();
            marks.releaseAll();
            docs.forEach(doc -> doc.copyMailboxesTo(mailboxes));
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

    /** Removes the work wherever it is in its lane, and says whether it was there. */
    boolean remove(Work work, List<Node> offered) {
        boolean wasThere = work.node.remove(work);
        if (wasThere) {
            removed(work.node, offered);
            reoffer(work.node, offered);
        }
        return wasThere;
    }

    private void removed(Node node, List<Node> offered) {
        marks.releaseAll(node);
        node.holdsTab = false;
        if (node == head) {
            exclusion.unclaim();
        }
        docs.unlistIfIdle(node);
        offerAllBlocked(offered);
    }

    /**
     * Whether the next task of this lane would be chosen again for this document, if it is that one's turn by the order and
     * by the run queue; without the lock, a hint. What the TabGroup has may stand before it by the order: it may have been set
     * aside when the batch began.
     */
    boolean isLeftTo(Node doc, int lane) {
        return doc.hasOnly(lane) && !head.hasWork() && !suspended(doc) && !exclusion.wantsDocs();
    }

    /** Takes the tasks that a batch has started out of their lane, and says how many. */
    int close(Batch batch, Node node, int lane) {
        int count = batch.close(node, lane);
        if (count > 0) {
            marks.release(node, lane);
        }
        return count;
    }

    /** Whether anybody may be waiting for the end of this node's slice; without the lock, a hint. */
    boolean someoneWaitsFor(Node node) {
        return node.hasWork() || (node == head ? docs.size() > 0 : head.hasWork());
    }

    /** Idle work of this node up to the given one has waited for as long as it may. */
    void hurry(Node node, Work work, List<Node> offered) {
        precedence.hurry(node, work);
        offerAllBlocked(offered);
    }

    // --- Work of several groups, with the locks of all its families held ---------------------------------------------

    /** Whether nothing stands before the part by the order (G2), and its group is not suspended. */
    boolean isNext(Joint.Part part) {
        return !suspended(part.node) && precedence.isNext(part);
    }

    /** Opens the turn of the part's group. */
    void begin(Joint.Part part) {
        exclusion.enter(part.node, part.lane);
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

    /** Looks at everything again, and at this node above all. */
    void reoffer(Node node, List<Node> offered) {
        offerAllBlocked(offered);
        if (offer(node)) {
            offered.add(node);
        }
    }
}
