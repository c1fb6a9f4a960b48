package dev.peili.actors.internal.agenda;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One thread's place at the agenda: the turns it has open, one on top of the other, and the message that its present turn
 * has just sent.
 *
 * <p>The slot is what Go's scheduler calls {@code runnext}: who is sent a message by a turn runs next on the same seat,
 * without a way through its lane and the shared queue, for a limited number of turns. Only the seat's own thread writes
 * it; whether the work is still in it, {@link SlotWork#slot} says, so that others can take it out. Everything else belongs
 * to the thread that has the seat, except where noted.
 */
public final class Seat extends PaddedSeat {
    private static final VarHandle LEFT;
    private static final VarHandle RIGHT;
    private static final VarHandle SLOT_SIDE;
    private static final VarHandle SLICES;
    private static final VarHandle SLICE_TURNS;
    private static final VarHandle LOOKS;
    private static final VarHandle ATTENTION;

    private static final int NO_SIDE = 0;
    private static final int ON_LEFT = 1;
    private static final int ON_RIGHT = 2;

    private static final int NOT_CALLED = 0;
    private static final int CALLED_FOR_A_SIGN = 1;
    private static final int CALLED_TO_YIELD = 2;
    private static final int ALWAYS_CALLED = 3;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            LEFT = lookup.findVarHandle(Seat.class, "left", Work.class);
            RIGHT = lookup.findVarHandle(Seat.class, "right", Work.class);
            SLOT_SIDE = lookup.findVarHandle(Seat.class, "slotSide", int.class);
            SLICES = lookup.findVarHandle(Seat.class, "slices", int.class);
            SLICE_TURNS = lookup.findVarHandle(Seat.class, "sliceTurns", int.class);
            LOOKS = lookup.findVarHandle(Seat.class, "looks", int.class);
            ATTENTION = lookup.findVarHandle(Seat.class, "attention", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** A paused turn. */
    private record Frame(Work work, int sliceTick) {}

    /** Not 0, and no other seat's. */
    final int number;
    /**
     * The running turn and what is in the slot, in any order. Actors stay here when they are that no more, because a
     * reference that need not be stored again, as where two send to each other, is a write barrier that need not be paid.
     */
    private @Nullable Work left;

    private @Nullable Work right;
    /** Which of them is the running turn, if there is one. */
    private int workSide;
    /** Which of them is in the slot, if anything is. */
    private int slotSide;
    /** When its slice began or was resumed, moved on by the time that other turns ran on top of it. */
    private int sliceTick;

    private int depth;
    private int sliceTurns;
    /** Turns that began since this seat last looked at the shared queue, and when it did so. */
    int roundTurns;

    int roundTick;
    /** When the time was last charged to somebody, and in which tick. */
    long chargedUntil;

    int chargedTick;
    /** The tick in which urgent work does not interrupt the running turn. */
    int graceTick = -1;
    /** Whether what was last put into the slot was urgent. */
    boolean urgentSlot;

    /** Set by any thread when the running turn should look up at its next checkpoint, and why it should. */
    private volatile int attention;
    /** What {@link #attention} is while nobody calls. */
    private int atRest = NOT_CALLED;
    /** Counts the slices that have begun, for whoever wants to see that one takes long. */
    private int slices;
    /** Counts the calls that were taken note of, and the turns that were gone on with. */
    private int looks;

    private int slicesSeen;
    /** The turns beneath the running one. */
    private final Deque<Frame> paused = new ArrayDeque<>(2);
    /** What the end of a turn has made worth looking at; kept for its space. */
    final List<Node> offered = new ArrayList<>();

    /** What may follow the only open turn. */
    final Batch batch = new Batch();

    private final Resume resume;

    Seat(int number, Node pool) {
        this.number = number;
        this.resume = new Resume(this, pool);
    }

    /** The work that stands for going on with a parked seat. */
    public static final class Resume extends Work {
        private final Seat seat;

        private Resume(Seat seat, Node pool) {
            super(pool, 0);
            this.seat = seat;
        }

        /** The seat to go on with. */
        public Seat seat() {
            return seat;
        }

        @Override
        public void run() {
            throw new IllegalStateException("a parked seat is resumed by its own thread");
        }
    }

    // --- What the threads ask ---------------------------------------------------------------------------------------

    /** Whether the running turn should look up because others may have to go first. Any thread. */
    public boolean attention() {
        return attention == CALLED_TO_YIELD;
    }

    /** Whether a checkpoint of the running turn should do anything at all. Any thread. */
    public boolean called() {
        return attention != NOT_CALLED;
    }

    /** The same as {@link #attention}, and takes note of a call for a sign. Own thread. */
    public boolean shouldYield() {
        int called = attention;
        if (called == CALLED_FOR_A_SIGN && ATTENTION.compareAndSet(this, CALLED_FOR_A_SIGN, atRest)) {
            countLook();
        }
        return called == CALLED_TO_YIELD;
    }

    /** Makes the running turn look up at its next checkpoint. Any thread. */
    public void callAttention() {
        attention = CALLED_TO_YIELD;
    }

    /** Makes the next checkpoint change the {@link #sign}, and do nothing else. Any thread. */
    public void callForSign() {
        ATTENTION.compareAndSet(this, atRest, CALLED_FOR_A_SIGN);
    }

    /** From now on each checkpoint does something, whether it is called or not. Before the seat is used. */
    public void callAlways() {
        atRest = ALWAYS_CALLED;
        attention = atRest;
    }

    /**
     * The sign of life: another number whenever a turn or a message began, a paused turn was gone on with, or a call was
     * taken note of. Any thread.
     */
    public long sign() {
        int begun = (int) SLICES.getOpaque(this) + (int) LOOKS.getOpaque(this);
        return (long) begun << Integer.SIZE | (int) SLICE_TURNS.getOpaque(this);
    }

    /** The work whose turn runs, as a hint; null where there is none. Any thread. */
    public @Nullable Work turn() {
        return work();
    }

    /** Whether the present slice had begun when this was last asked. One thread. */
    public boolean lastedThroughTick() {
        int now = (int) SLICES.getOpaque(this);
        boolean lasted = now == slicesSeen;
        slicesSeen = now;
        return lasted;
    }

    /** Whose the running turn is, as its user knows it; null outside of a turn and in turns of no group. */
    public @Nullable Object current() {
        Work work = work();
        return work == null ? null : work.owner();
    }

    /** The running turn; null outside of one. */
    public @Nullable Work work() {
        return on(workSide);
    }

    private @Nullable Work on(int side) {
        return switch (side) {
            case ON_LEFT -> (Work) LEFT.getAcquire(this);
            case ON_RIGHT -> (Work) RIGHT.getAcquire(this);
            default -> null;
        };
    }

    private Work running() {
        return Objects.requireNonNull(work());
    }

    /** The side that the work is on; if it is on none, it is put where nothing is that is needed. */
    private int sideFor(Work work, int taken) {
        if (left == work) {
            return ON_LEFT;
        }
        if (right == work) {
            return ON_RIGHT;
        }
        if (taken == ON_LEFT) {
            RIGHT.setRelease(this, work);
            return ON_RIGHT;
        }
        LEFT.setRelease(this, work);
        return ON_LEFT;
    }

    /** Refers to nothing any more that has ended. */
    void rest() {
        if (depth == 0 && slotSide == NO_SIDE) {
            left = null;
            right = null;
        }
    }

    /** Whether a turn is open here. */
    public boolean inTurn() {
        return depth > 0;
    }

    /** Whether the running turn may be paused at a checkpoint. */
    public boolean pausable() {
        Work work = work();
        return work != null && work.pausable();
    }

    /** Whether the running turn is one that urgent work may interrupt. Any thread, as a hint. */
    public boolean runsBackground() {
        Node node = runningNode();
        return node != null && !node.urgent();
    }

    /** The node whose turn runs, as a hint. Any thread. */
    @Nullable
    Node runningNode() {
        Work running = work();
        return running == null ? null : running.node;
    }

    /** Counts another turn of the running slice; the first was counted when it was opened. */
    void anotherTurn() {
        int turns = sliceTurns;
        SLICE_TURNS.setOpaque(this, turns + 1);
        if (turns > 0) {
            roundTurns++;
        }
    }

    boolean sliceHasBegun() {
        return sliceTurns > 0;
    }

    // --- What the agenda does with it -------------------------------------------------------------------------------

    /** Takes note of a call, and says whether others may have to go first. */
    boolean lookedUp() {
        int called = attention;
        if (called != atRest) {
            attention = atRest;
            countLook();
        }
        return called == CALLED_TO_YIELD;
    }

    private void countLook() {
        LOOKS.setOpaque(this, looks + 1);
    }

    /** Makes this seat look at the shared queue before it goes on with what it has. */
    void endRound() {
        roundTick -= 2;
    }

    int depth() {
        return depth;
    }

    Node top() {
        return running().node;
    }

    void open(Work taken, int tick) {
        Work beneath = work();
        if (beneath != null) {
            showPaused(true);
            paused.push(new Frame(beneath, sliceTick));
        }
        workSide = sideFor(taken, slotSide);
        depth++;
        sliceTick = tick;
        sliceTurns = 0;
        roundTurns++;
        SLICES.setOpaque(this, slices + 1);
    }

    Work close(int tick) {
        Work done = running();
        depth--;
        if (depth == 0) {
            if (!(done instanceof SlotWork sent && sent.mayWaitInSlot())) {
                forget(workSide);
            }
            workSide = NO_SIDE;
        } else {
            Frame beneath = paused.pop();
            workSide = sideFor(beneath.work(), slotSide);
            sliceTick = beneath.sliceTick() + tick - sliceTick;
            // It goes on in the middle of its slice.
            sliceTurns = 1;
            showPaused(false);
            countLook();
        }
        return done;
    }

    private void forget(int side) {
        if (side == ON_LEFT) {
            left = null;
        } else {
            right = null;
        }
    }

    /** Lets onlookers see whether the running turn is paused. */
    void showPaused(boolean now) {
        Work open = running();
        if (open.joint == null) {
            open.node.paused = now;
        } else {
            open.joint.parts.forEach(part -> part.node.paused = now);
        }
    }

    /** The thread of this seat has queued the work, in a turn or outside. With the lock of the work's family. */
    void queued(Work next) {
        if (depth == 1) {
            batch.queued(running(), next);
        }
    }

    /** What may follow the running turn in its batch; null if nothing does. */
    @Nullable
    Work following() {
        return batch.next(running());
    }

    /** What the running turn belongs to if it concerns several groups. */
    @Nullable
    Joint joint() {
        return running().joint;
    }

    /** The category of the running turn. */
    int lane() {
        return running().lane;
    }

    int sliceTick() {
        return sliceTick;
    }

    void sliceTick(int tick) {
        sliceTick = tick;
    }

    int takeRoundTurns(int tick) {
        roundTick = tick;
        int turns = roundTurns;
        roundTurns = 0;
        return turns;
    }

    Resume resume() {
        return resume;
    }

    /** Puts the work into the slot, and returns what may still have been there. Own thread. */
    @Nullable
    SlotWork replaceSlot(@Nullable SlotWork next) {
        SlotWork before = (SlotWork) on(slotSide);
        SLOT_SIDE.setRelease(this, next == null ? NO_SIDE : sideFor(next, workSide));
        return before;
    }

    /** Whether anything may be in the slot. Own thread. */
    boolean hasSlot() {
        return slotSide != NO_SIDE;
    }

    /** What is in the slot. Any thread. */
    @Nullable
    SlotWork inSlot() {
        Work found = on((int) SLOT_SIDE.getAcquire(this));
        return found instanceof SlotWork sent && sent.slot == number ? sent : null;
    }
}
