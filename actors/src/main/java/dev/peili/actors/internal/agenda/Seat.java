package dev.peili.actors.internal.agenda;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One thread's place at the agenda: the turns it has open, one on top of the other, and the node that its present turn
 * has just made ready.
 *
 * <p>The slot is what Go's scheduler calls {@code runnext}: whoever is made ready by a turn runs next on the same seat,
 * without a way through the shared queue, for a limited number of turns. Others may take what is in a slot; everything
 * else belongs to the thread that has the seat, except where noted.
 */
public final class Seat {
    private static final VarHandle SLOT;
    private static final VarHandle SLICES;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            SLOT = lookup.findVarHandle(Seat.class, "slot", Node.class);
            SLICES = lookup.findVarHandle(Seat.class, "slices", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private static final class Frame {
        @Nullable
        Node node;

        @Nullable
        Work work;
        /** When the slice began or was resumed, moved on by the time that other turns ran on top of it. */
        int sliceTick;
    }

    private Frame[] frames = new Frame[0];
    private int depth;
    /** Any thread may take it out; only the seat's own puts something in. */
    private volatile @Nullable Node slot;
    /** Whether what was last put into the slot was urgent; only the seat's own thread looks at it. */
    boolean urgentSlot;
    /** Set by any thread when the running turn should look up at its next checkpoint. */
    private volatile boolean attention;
    /** Counts the slices that have begun, for whoever wants to see that one takes long. */
    private int slices;

    private int slicesSeen;

    /** Turns that began since this seat last looked at the shared queue. */
    int roundTurns;

    private int sliceTurns;
    /** When the time was last charged to somebody, and in which tick. */
    long chargedUntil;

    int chargedTick;
    /** The tick in which urgent work does not interrupt the running turn. */
    int graceTick = -1;

    /** What the end of a turn has made worth looking at; kept for its space. */
    final List<Node> offered = new ArrayList<>();

    private final Resume resume = new Resume(this);

    /** The work that stands for going on with a parked seat. */
    public static final class Resume extends Work {
        private final Seat seat;

        private Resume(Seat seat) {
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

    /** Whether the running turn should look up. Any thread. */
    public boolean attention() {
        return attention;
    }

    /** Makes the running turn look up at its next checkpoint. Any thread. */
    public void callAttention() {
        attention = true;
    }

    /** Counts the slices of this seat; it stands still while one lasts. Any thread. */
    public int slices() {
        return (int) SLICES.getOpaque(this);
    }

    /** Whether the present slice had begun when this was last asked. One thread. */
    public boolean lastedThroughTick() {
        int now = slices();
        boolean lasted = now == slicesSeen;
        slicesSeen = now;
        return lasted;
    }

    /** Whose the running turn is, as its user knows it; null outside of a turn and in turns of no group. */
    public @Nullable Object current() {
        return depth == 0
                ? null
                : Objects.requireNonNull(frames[depth - 1].work).owner();
    }

    /** Whether a turn is open here. */
    public boolean inTurn() {
        return depth > 0;
    }

    /** Whether the running turn may be paused at a checkpoint. */
    public boolean pausable() {
        return depth > 0 && Objects.requireNonNull(frames[depth - 1].work).pausable();
    }

    /** Whether the running turn is one that urgent work may interrupt. Any thread, as a hint. */
    public boolean runsBackground() {
        Frame[] present = frames;
        int now = depth;
        Node node = now > 0 && now <= present.length ? present[now - 1].node : null;
        return node != null && !node.urgent();
    }

    /** Counts another turn of the running slice, and says whether it is the first of them. */
    boolean anotherTurn() {
        boolean first = sliceTurns++ == 0;
        if (!first) {
            roundTurns++;
        }
        return first;
    }

    boolean sliceHasBegun() {
        return sliceTurns > 0;
    }

    // --- What the agenda does with it -------------------------------------------------------------------------------

    void lookedUp() {
        if (attention) {
            attention = false;
        }
    }

    int depth() {
        return depth;
    }

    Node top() {
        return Objects.requireNonNull(frames[depth - 1].node);
    }

    void open(Node node, Work work, int tick) {
        if (depth == frames.length) {
            frames = Arrays.copyOf(frames, depth + 2);
            for (int i = depth; i < frames.length; i++) {
                frames[i] = new Frame();
            }
        }
        Frame frame = frames[depth];
        frame.node = node;
        frame.work = work;
        depth++;
        frame.sliceTick = tick;
        sliceTurns = 0;
        roundTurns++;
        SLICES.setOpaque(this, slices + 1);
    }

    Work close(int tick) {
        Frame frame = frames[--depth];
        if (depth > 0) {
            frames[depth - 1].sliceTick += tick - frame.sliceTick;
        }
        Work work = Objects.requireNonNull(frame.work);
        frame.node = null;
        frame.work = null;
        // A turn beneath goes on in the middle of its slice.
        sliceTurns = 1;
        return work;
    }

    int sliceTick() {
        return frames[depth - 1].sliceTick;
    }

    void sliceTick(int tick) {
        if (depth > 0) {
            frames[depth - 1].sliceTick = tick;
        }
    }

    int takeRoundTurns() {
        int turns = roundTurns;
        roundTurns = 0;
        return turns;
    }

    Resume resume() {
        return resume;
    }

    /** Puts the node into the slot and returns what was there. */
    @Nullable
    Node swapSlot(Node node) {
        if (slot == null) {
            // Nobody else puts anything in.
            SLOT.setRelease(this, node);
            return null;
        }
        return (Node) SLOT.getAndSet(this, node);
    }

    @Nullable
    Node takeSlot() {
        Node node = slot;
        return node != null && SLOT.compareAndSet(this, node, null) ? node : null;
    }

    @Nullable
    Node peekSlot() {
        return slot;
    }
}
