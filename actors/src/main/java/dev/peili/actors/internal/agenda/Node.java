package dev.peili.actors.internal.agenda;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * A group as the agenda sees it: its lanes, whether a turn of it is open, and its place in the run queue.
 *
 * <p>Guarded by the lock of its {@link Family}, except for {@link #virtualTime}, {@link #queuedUrgent}, {@link
 * #readySince} and its places, which belong to the {@link RunQueue} while the node is queued there and to the seat
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
    /** Grows from node to node. */
    final int number;

    private final Object label;

    /** The first of the lanes that there are: most nodes have one or two. */
    private @Nullable Lane lanes;
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
    /** What this node is kept free for. */
    @Nullable
    Joint reservedFor;
    /** How many parts of work of several groups wait here. */
    int parts;
    /** Idle work up to this number has waited for as long as it may. */
    long dueThrough;
    /** The category of the open turn, and whether other turns run on top of that or instead of it; for onlookers. */
    int openLane;

    boolean paused;
    /** How many tasks each lane takes, where there is a bound; 0 is none. */
    private int @Nullable [] capacities;
    /** How long turns of each category have run, in nanoseconds; made when first needed. */
    private @Nullable AtomicLongArray nanos;
    /** Whether a root task waits for the end of the open turn. */
    boolean owesRoot;
    /** The number of the seat that ran a turn of this node last, whose core may still have it in its cache. */
    int lastSeat;
    /** The seat whose thread keeps the open turn while it is parked. */
    @Nullable
    Seat parked;
    /** Its neighbours among the busy documents of the family. */
    @Nullable
    Node previousBusy;

    @Nullable
    Node nextBusy;

    /** How much CPU time it should get, as a multiple of a group of weight 1. */
    volatile int weight = 1;

    /** CPU time that this group has used, in nanoseconds for weight 1, relative to the other groups of its tier. */
    long virtualTime;
    /** The tier that {@link #virtualTime} belongs to. */
    boolean queuedUrgent;
    /** The number of turns that had started when it became ready. */
    long readySince;

    /** When it was queued, relative to others. */
    long ticket;

    /** Its place in the heap of its tier, or -1. */
    int position = -1;
    /** Its neighbours among those that wait in its tier's list. */
    @Nullable
    Node ahead;

    @Nullable
    Node behind;
    /** Its neighbours among all that wait in the run queue, by age. */
    @Nullable
    Node older;

    @Nullable
    Node younger;
    /** How many urgent slices had gone before when the run queue chose this node. */
    int streakBefore;

    Node(Kind kind, Family family, int number, Object label) {
        this.kind = kind;
        this.family = family;
        this.number = number;
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

    /** Adds the mailboxes that wait here. */
    void copyMailboxesTo(List<Work> list) {
        for (Lane lane = lanes; lane != null; lane = lane.sibling) {
            lane.copyMailboxesTo(list);
        }
    }

    /** Whether it has work, even if that is set aside. */
    boolean holdsAnything() {
        return waiting != 0 || parts > 0;
    }

    /** Whether a more urgent lane than this one has work; without the lock, a hint. */
    boolean hasMoreUrgentThan(int lane) {
        return (waiting & ((1 << lane) - 1)) != 0;
    }

    /** The bits of the lanes that may be looked at: idle work only where there is nothing else, or if it is due. */
    int candidates() {
        int others = waiting & NOT_IDLE;
        return others == 0 || others == waiting || idleIsDue() ? waiting : others;
    }

    boolean isCandidate(int lane) {
        return (candidates() & (1 << lane)) != 0;
    }

    private boolean idleIsDue() {
        return lane(IDLE).first().arrival <= dueThrough;
    }

    /** What goes next in this category; null if there is nothing. */
    @Nullable
    Work head(int lane) {
        return (waiting & (1 << lane)) == 0 ? null : lane(lane).firstWaiting();
    }

    boolean holdsRoot(int lane) {
        Lane found = find(lane);
        return found != null && found.holdsRoot;
    }

    boolean isTabOrDoc() {
        return kind == Kind.TAB || kind == Kind.DOC;
    }

    Lane lane(int lane) {
        return Objects.requireNonNull(find(lane));
    }

    private @Nullable Lane find(int index) {
        Lane lane = lanes;
        while (lane != null && lane.index != index) {
            lane = lane.sibling;
        }
        return lane;
    }

    /** Appends the work and says whether it is what goes next in its lane. */
    boolean append(Work work) {
        int index = work.lane;
        Lane lane = find(index);
        if (lane == null) {
            lane = new Lane(index, lanes);
            lanes = lane;
        }
        boolean first = lane.isEmpty() && !work.aside;
        work.unclaim();
        lane.append(work);
        parts += work.joint == null ? 0 : 1;
        if (first) {
            waiting |= 1 << index;
        }
        return first;
    }

    /** Something has changed for this group: work of several groups that is next here is worth a look again. */
    void unstick() {
        for (int bits = parts > 0 ? waiting : 0; bits != 0; bits &= bits - 1) {
            Work first = lane(Integer.numberOfTrailingZeros(bits)).first();
            if (first.joint != null) {
                ((Joint.Part) first).stuck = false;
            }
        }
    }

    /** Sets work that waits here aside, or back. */
    void setAside(Work work, boolean now) {
        lane(work.lane).setAside(work, now);
        refresh(work.lane);
    }

    Work take(int index, Discretion discretion, Precedence order) {
        Lane lane = lane(index);
        Work work = lane.take(discretion.work(this, index, order));
        parts -= work.joint == null ? 0 : 1;
        if (lane.isEmpty()) {
            waiting &= ~(1 << index);
        }
        return work;
    }

    /** What comes after the work that was just taken; null if nothing does. */
    @Nullable
    Work following(Work taken) {
        return lane(taken.lane).following(taken);
    }

    /** Removes the first ones, which were started there. */
    void removeFirst(int index, int count) {
        lane(index).removeFirst(count);
        refresh(index);
    }

    /** Whether only this lane has work; without the lock, a hint. */
    boolean hasOnly(int lane) {
        return (waiting & ~(1 << lane)) == 0;
    }

    /** Removes the work; false if it does not wait here. */
    boolean remove(Work work) {
        Lane lane = find(work.lane);
        boolean removed = lane != null && work.claim() && lane.remove(work);
        parts -= removed && work.joint != null ? 1 : 0;
        refresh(work.lane);
        return removed;
    }

    /** Removes the work that came in through this door. */
    void drop(Admission door, List<Work> dropped) {
        for (int index = 0; index < LANES; index++) {
            Lane lane = find(index);
            if (lane != null) {
                lane.removeIf(work -> work.admission() == door && work.claim() && dropped.add(work));
                refresh(index);
            }
        }
        parts -= (int) dropped.stream().filter(work -> work.joint != null).count();
    }

    private void refresh(int index) {
        Lane lane = find(index);
        boolean waits = lane != null && !lane.isEmpty();
        waiting = waits ? waiting | 1 << index : waiting & ~(1 << index);
    }

    // --- Bounds -----------------------------------------------------------------------------------------------------

    void capacity(int lane, int most) {
        int[] all = capacities == null ? new int[LANES] : capacities;
        all[lane] = most;
        capacities = all;
    }

    /** Whether the lane takes no further task. */
    boolean isFull(int index) {
        int[] all = capacities;
        Lane lane = find(index);
        return all != null && all[index] > 0 && lane != null && lane.tasks() >= all[index];
    }

    // --- For onlookers ----------------------------------------------------------------------------------------------

    /** How many tasks, and actors that have messages, wait in this lane. */
    int queued(int index) {
        Lane lane = find(index);
        return lane == null ? 0 : lane.size();
    }

    /** How long turns of this category have run, in nanoseconds, as far as it has been measured. */
    long nanos(int lane) {
        AtomicLongArray all = nanos;
        return all == null ? 0 : all.getOpaque(lane);
    }

    /** Adds to the time of this category; by the seat that has the open turn. */
    void ran(int lane, long more) {
        AtomicLongArray all = nanos;
        if (all == null) {
            all = new AtomicLongArray(LANES);
            nanos = all;
        }
        all.setOpaque(lane, all.getPlain(lane) + more);
    }
}
