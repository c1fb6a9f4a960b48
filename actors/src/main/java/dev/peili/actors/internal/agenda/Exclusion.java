package dev.peili.actors.internal.agenda;

import org.jspecify.annotations.Nullable;

/**
 * Which turns of a family may be open at the same time (G1), and what is kept free for whom. Guarded by the lock of the
 * family.
 *
 * <p>A TabGroup that is next but finds turns of its documents open <em>claims</em>: none of those starts another before it,
 * or after some, as {@link Limits#barrierPatience} says. Work of several groups <em>reserves</em> each of its groups.
 */
final class Exclusion {
    private final Node head;
    private final RootBarrier root;
    private final int patience;
    private int openDocTurns;
    private boolean claimed;
    /** How many slices of documents have begun since the TabGroup's own was found waiting for them, or -1. */
    private int overtaken = -1;
    /** How many documents are reserved. */
    private int reservedDocs;
    /** Whether the TabGroup was found to be unable to start because of its documents, other than by the order. */
    private boolean wantsDocsFree;

    Exclusion(Node head, RootBarrier root, Limits limits) {
        this.head = head;
        this.root = root;
        this.patience = limits.barrierPatience();
    }

    /** Whether no turn of this node may start, its own turn and those of its documents apart. */
    boolean gated(Node node) {
        boolean gated = (head.active && node != head) || isKeptFree(node, null);
        wantsDocsFree |= gated && node == head;
        return gated;
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

    /** Opens a turn of the node; false if open turns are in its way, and then nothing else goes before it for ever. */
    boolean enter(Node node, int lane) {
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
                    claim();
                    return false;
                }
                unclaim();
            }
            case DOC -> {
                openDocTurns++;
                if (overtaken >= 0) {
                    overtaken++;
                    claimed = overtaken >= patience;
                }
            }
        }
        node.active = true;
        return true;
    }

    /** Whether the TabGroup, or work of several groups that affects it, waits for its documents; without the lock, a hint. */
    boolean wantsDocs() {
        return overtaken >= 0 || head.reservedFor != null;
    }

    private void claim() {
        wantsDocsFree = true;
        overtaken = Math.max(overtaken, 0);
        claimed = overtaken >= patience;
    }

    void unclaim() {
        claimed = false;
        overtaken = -1;
    }

    /** Closes the turn of the node, and says whether its TabGroup has waited for that. */
    boolean leave(Node node) {
        node.active = false;
        node.paused = false;
        if (node == head) {
            return false;
        }
        openDocTurns--;
        return openDocTurns == 0 && wantsDocsFree;
    }

    /** The TabGroup is going to look again. */
    void tabOffered() {
        wantsDocsFree = false;
    }

    // --- Work of several groups, with the locks of all its families held ---------------------------------------------

    /** Whether a turn of the part's group could start. */
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

    /** The idle work that this node is kept free for in vain, because it has got something else to do; null if none is. */
    static @Nullable Joint keptFreeInVain(Work queued) {
        Joint joint = queued.node.reservedFor;
        boolean inVain = joint != null && joint.work.lane == Node.IDLE && queued.lane != Node.IDLE;
        return inVain ? joint : null;
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
}
