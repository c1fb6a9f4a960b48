package dev.peili.actors.internal.agenda;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A group as the agenda sees it: its lanes, whether a turn of it is open, and its place in the run queue.
 *
 * <p>Guarded by the lock of its {@link Family}, except for {@link #virtualTime}, {@link #queuedUrgent}, {@link
 * #readySince} and the positions, which belong to the {@link RunQueue} while the node is queued there and to the seat
 * that runs or has taken it otherwise.
 */
public final class Node {
    /** How many lanes a node can have; the last one is for idle work. */
    public static final int LANES = 8;

    static final int IDLE = LANES - 1;
    private static final int NOT_IDLE = (1 << IDLE) - 1;

    enum Kind {
        /** Related to every other node but the pool. */
        ROOT,
        /** A TabGroup: related to the documents of its family. */
        TAB,
        /** A DocGroup. */
        DOC,
        /** What is in no group: excludes nothing, not even itself. */
        POOL
    }

    final Kind kind;
    final Family family;
    private final Object label;

    private final @Nullable Lane[] lanes = new @Nullable Lane[LANES];
    /** One bit for each lane that is not empty. */
    private int waiting;
    /** Whether a turn of this node is open: running, paused or parked. */
    boolean active;
    /** Whether the run queue or a slot holds this node, or is about to. */
    boolean queued;
    /** Whether this node has work that could not start when it was looked at; whoever changes that queues it again. */
    boolean blocked;
    /** Whether its user suspended this group. */
    boolean suspended;
    /** For a document: whether its TabGroup waits behind the head of one of its lanes. */
    boolean holdsTab;
    /** Whether a root task waits for the end of the open turn. */
    boolean owesRoot;
    /** The number of the seat that ran a turn of this node last, whose core may still have it in its cache. */
    int lastSeat;
    /** The seat whose thread keeps the open turn while it is parked. */
    @Nullable
    Seat parked;
    /** Place in the family's list of busy documents, or -1. */
    int listed = -1;

    /** CPU time that this group has used, in nanoseconds, relative to the other groups of its tier. */
    long virtualTime;
    /** The tier that {@link #virtualTime} belongs to. */
    boolean queuedUrgent;
    /** The number of turns that had started when it became ready. */
    long readySince;

    /** When it was queued, relative to others. */
    long ticket;

    int orderPosition = -1;
    int agePosition = -1;
    /** How many urgent slices had gone before when the run queue chose this node. */
    int streakBefore;

    Node(Kind kind, Family family, Object label) {
        this.kind = kind;
        this.family = family;
        this.label = label;
    }

    /** What the creator of this node gave it to be known by. */
    public Object label() {
        return label;
    }

    boolean urgent() {
        return family.urgent();
    }

    boolean hasWork() {
        return waiting != 0;
    }

    /** Whether a more urgent lane than this one has work; without the lock, a hint. */
    boolean hasMoreUrgentThan(int lane) {
        return (waiting & ((1 << lane) - 1)) != 0;
    }

    /** The bits of the lanes that may be looked at: idle work only where there is nothing else. */
    int candidates() {
        int others = waiting & NOT_IDLE;
        return others != 0 ? others : waiting;
    }

    @Nullable
    Work head(int lane) {
        Lane found = lanes[lane];
        return found == null ? null : found.head;
    }

    boolean holdsRoot(int lane) {
        Lane found = lanes[lane];
        return found != null && found.holdsRoot;
    }

    boolean isTabOrDoc() {
        return kind == Kind.TAB || kind == Kind.DOC;
    }

    Lane lane(int lane) {
        return Objects.requireNonNull(lanes[lane]);
    }

    /** Appends the work and says whether the lane was empty. */
    boolean append(Work work) {
        int index = work.lane;
        Lane lane = lanes[index];
        if (lane == null) {
            lane = new Lane();
            lanes[index] = lane;
        }
        boolean first = lane.isEmpty();
        lane.append(work);
        waiting |= 1 << index;
        return first;
    }

    Work take(int index) {
        Lane lane = lane(index);
        Work work = lane.take();
        emptied(index, lane);
        return work;
    }

    /** Removes the work that came in through this door. */
    void drop(Admission door, List<Work> dropped) {
        for (int bits = waiting; bits != 0; bits &= bits - 1) {
            int index = Integer.numberOfTrailingZeros(bits);
            Lane lane = lane(index);
            Work work = lane.head;
            Lane kept = new Lane();
            kept.holdsRoot = lane.holdsRoot;
            while (work != null) {
                Work next = work.next;
                if (work.admission() == door) {
                    dropped.add(work);
                    work.next = null;
                } else {
                    kept.append(work);
                }
                work = next;
            }
            lanes[index] = kept;
            emptied(index, kept);
        }
    }

    private void emptied(int index, Lane lane) {
        if (lane.isEmpty()) {
            waiting &= ~(1 << index);
        }
    }
}
