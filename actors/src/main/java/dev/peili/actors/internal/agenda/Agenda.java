package dev.peili.actors.internal.agenda;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides which turn may start next, and on which seat.
 *
 * <p>All methods may be called by any thread; those that take a seat only by the one that has it. None blocks for longer
 * than a few short critical sections. Locks are taken in the order root family, other family, run queue, and signals are
 * given with none held.
 *
 * <p>A node is in the run queue when it has work that <em>looked</em> ready. Whether it is, is decided under its family's
 * lock when a seat takes it; if not, the node is marked as blocked, and what it waits for offers it again.
 */
public final class Agenda {
    /** What a turn is charged with at least, so that virtual time goes on where none was measured. */
    private static final long LEAST_NANOS_PER_TURN = 100;

    private static final int DEEPEST = 16;

    private final Limits limits;
    private final Signals signals;
    private final LongSupplier nanoTime;
    private final RunQueue runQueue;
    private final RootBarrier rootBarrier = new RootBarrier();
    private final Node root;
    private final Node pool;
    /** How many seats may have something urgent in their slots. */
    private final AtomicInteger urgentSlots = new AtomicInteger();

    private volatile List<Seat> seats = List.of();
    private int seatsMade;
    private volatile int ticks;
    private volatile int poolSize;

    /** @param nanoTime the clock that CPU time is measured with, in nanoseconds */
    public Agenda(Limits limits, Signals signals, LongSupplier nanoTime, Object rootLabel, Object poolLabel) {
        this.limits = limits;
        this.signals = signals;
        this.nanoTime = nanoTime;
        this.runQueue = new RunQueue(limits);
        this.root = newFamily(Node.Kind.ROOT, rootLabel).head;
        this.pool = newFamily(Node.Kind.POOL, poolLabel).head;
        rootBarrier.guard(root);
    }

    // --- Groups -----------------------------------------------------------------------------------------------------

    /** The group that is related to every other. */
    public Node root() {
        return root;
    }

    /** Where work goes that is in no group. */
    public Node pool() {
        return pool;
    }

    /** Adds a TabGroup. */
    public Node newTabGroup(Object label) {
        Family family = newFamily(Node.Kind.TAB, label);
        rootBarrier.add(family);
        return family.head;
    }

    /** Adds a DocGroup to a TabGroup. It takes no space here until it has work. */
    public Node newDocGroup(Node tabGroup, Object label) {
        return new Node(Node.Kind.DOC, tabGroup.family, label);
    }

    /** Forgets a TabGroup that has come to its end. */
    public void remove(Node tabGroup) {
        rootBarrier.remove(tabGroup.family);
    }

    private Family newFamily(Node.Kind kind, Object label) {
        return new Family(kind, label, rootBarrier, runQueue, limits);
    }

    /** Sets whether the TabGroup has a visible tab, which makes it and its documents urgent at once. */
    public void setVisible(Node tabGroup, boolean visible) {
        tabGroup.family.lock();
        try {
            tabGroup.family.visible(visible);
        } finally {
            tabGroup.family.unlock();
        }
        emptySlots();
        signalUrgent();
        if (visible) {
            // For a parked turn of this group, which goes on before whatever has not begun.
            seats.forEach(Seat::callAttention);
        }
    }

    /** Keeps turns of the group, and of its documents, from starting; what is queued stays, in order. */
    public void suspend(Node node) {
        if (node == root || node == pool) {
            throw new IllegalArgumentException("the root group cannot be suspended");
        }
        List<Node> offered = new ArrayList<>();
        node.family.lock();
        try {
            node.family.suspend(node, offered);
        } finally {
            node.family.unlock();
        }
        pushAll(offered);
        takeNudge();
    }

    /** Ends a suspension. */
    public void resume(Node node) {
        List<Node> offered = new ArrayList<>();
        node.family.lock();
        try {
            node.family.resume(node, offered);
        } finally {
            node.family.unlock();
        }
        pushAll(offered);
        takeNudge();
        emptySlots();
    }

    // --- Work -------------------------------------------------------------------------------------------------------

    /**
     * Queues the work.
     *
     * @param seat the seat of the calling thread, if it has one
     * @return false if the work's admission is closed
     */
    public boolean enqueue(Work work, @Nullable Seat seat) {
        if (seat != null && mayGoToSlot(work, seat)) {
            putIntoSlot(seat, work);
            return true;
        }
        Node node = work.node;
        Family family = node.family;
        boolean ready;
        family.lock();
        try {
            Admission door = work.admission();
            if (door != null && !door.admit()) {
                return false;
            }
            ready = family.enqueue(work);
            if (node == pool) {
                countPool(1);
            }
        } finally {
            family.unlock();
        }
        offer(ready ? node : null);
        if (node == root) {
            emptySlots();
            signalUrgent();
        }
        return true;
    }

    private static boolean mayGoToSlot(Work work, Seat seat) {
        Node node = work.node;
        return !work.ordered()
                && node.isTabOrDoc()
                && seat.inTurn()
                && (seat.top().urgent() || !node.urgent());
    }

    /** Closes the door: nothing more is admitted through it, and it is drained when what came in has run. */
    public void close(Node node, Admission door) {
        boolean drained;
        node.family.lock();
        try {
            door.close();
            drained = door.justDrained();
        } finally {
            node.family.unlock();
        }
        if (drained) {
            door.drained();
        }
    }

    /** Closes the door, removes what came in through it and has not started, and returns that. */
    public List<Work> drop(Node node, Admission door) {
        List<Work> dropped = new ArrayList<>();
        List<Node> offered = new ArrayList<>();
        boolean drained;
        node.family.lock();
        try {
            door.close();
            node.family.drop(node, door, dropped, offered);
            dropped.forEach(work -> door.done());
            drained = door.justDrained();
            if (node == root) {
                rootBarrier.letGo(offered);
            }
        } finally {
            node.family.unlock();
        }
        pushAll(offered);
        offerRoot();
        if (drained) {
            door.drained();
        }
        return dropped;
    }

    // --- Seats ------------------------------------------------------------------------------------------------------

    /** Adds a seat for a thread. */
    public synchronized Seat newSeat() {
        Seat seat = new Seat(++seatsMade, pool);
        List<Seat> more = new ArrayList<>(seats);
        more.add(seat);
        seats = List.copyOf(more);
        return seat;
    }

    /** Removes the seat of a thread that ends. */
    public synchronized void remove(Seat seat) {
        List<Seat> fewer = new ArrayList<>(seats);
        fewer.remove(seat);
        seats = List.copyOf(fewer);
        emptySlot(seat);
        if (seat.urgentSlot) {
            urgentSlots.decrementAndGet();
        }
    }

    /** All seats. */
    public List<Seat> seats() {
        return seats;
    }

    /** The seat's thread goes on after it had nothing to do; the time until now is nobody's. */
    public void restart(Seat seat) {
        seat.chargedUntil = nanoTime.getAsLong();
        seat.chargedTick = ticks;
        seat.sliceTick(ticks);
    }

    /** Opens the turn that should start next on this seat; null if there is none. */
    public @Nullable Work next(Seat seat) {
        return next(seat, null);
    }

    /** Closes the only open turn of this seat and opens the one that should start next; null if there is none. */
    public @Nullable Work endAndNext(Seat seat) {
        return next(seat, closeTurn(seat));
    }

    /** @param again the node whose turn has just ended and that has more to do, in no queue */
    private @Nullable Work next(Seat seat, @Nullable Node again) {
        if (seat.lookedUp()) {
            seat.endRound();
        }
        Work work = seat.replaceSlot(null);
        if (work != null) {
            offer(again);
            if (mayGoOn(seat, work.node)) {
                work = beginFromSlot(seat, work);
            } else {
                takeOut(seat, work);
                work = null;
            }
        } else if (again != null) {
            if (mayGoOn(seat, again)) {
                work = begin(seat, again);
            } else {
                offer(again);
            }
        }
        Node node = work == null ? pick(seat) : null;
        while (work == null && node != null) {
            work = beginPicked(seat, node);
            node = work == null ? pick(seat) : null;
        }
        return work;
    }

    /** Gives the node, if there is one, to whoever is next. */
    private void offer(@Nullable Node node) {
        if (node != null) {
            push(node);
            signal(node);
        }
    }

    /** Whether this seat may go on with the node without a look at who else waits. */
    private boolean mayGoOn(Seat seat, Node node) {
        boolean roundIsOver = seat.roundTurns >= limits.round() || ticks - seat.roundTick > 1 || rootBarrier.pending();
        return !(roundIsOver && runQueue.size() > 0) && (node.urgent() || !urgentWaits());
    }

    private boolean urgentWaits() {
        if (urgentSlots.get() > 0) {
            List<Seat> all = seats;
            for (int i = 0; i < all.size(); i++) {
                Work work = all.get(i).inSlot();
                if (work != null && work.node.urgent()) {
                    takeOut(all.get(i), work);
                }
            }
        }
        return runQueue.urgentSize() > 0;
    }

    private @Nullable Node pick(Seat seat) {
        if (!urgentWaits() && seat.depth() == 0 && runQueue.size() == 0) {
            return null;
        }
        Node node = runQueue.pick(seat.takeRoundTurns(ticks), poolSize, seat);
        if (node != null && runQueue.size() > 0) {
            signals.ready();
        }
        return node;
    }

    /**
     * Opens an urgent turn on top of the background turn that this seat runs; null if there is none, or if the background
     * turn should go on for the sake of G5. What is urgent may be a parked turn; then this one has to be parked for it.
     */
    public @Nullable Work nextOnTop(Seat seat) {
        seat.lookedUp();
        if (!seat.pausable() || seat.depth() >= DEEPEST || seat.graceTick == ticks) {
            return null;
        }
        for (; ; ) {
            if (seat.top().urgent() || !urgentWaits()) {
                return null;
            }
            Node node = runQueue.pickOnTop(seat.takeRoundTurns(ticks));
            if (node == null) {
                seat.graceTick = ticks;
                return null;
            }
            charge(seat, seat.top(), 0, true);
            Work work = beginPicked(seat, node);
            if (work != null) {
                return work;
            }
        }
    }

    private @Nullable Work beginPicked(Seat seat, Node node) {
        Work work = begin(seat, node);
        if (work == null) {
            runQueue.notStarted(node);
        }
        return work;
    }

    private @Nullable Work beginFromSlot(Seat seat, Work work) {
        Node node = work.node;
        boolean begun = false;
        boolean ready = false;
        node.family.lock();
        try {
            if (work.slot == seat.number) {
                work.slot = 0;
                begun = node.family.beginDirectly(work);
                ready = !begun && node.family.enqueue(work);
            }
        } finally {
            node.family.unlock();
        }
        if (!begun) {
            offer(ready ? node : null);
            return null;
        }
        node.lastSeat = seat.number;
        seat.open(work, ticks);
        return work;
    }

    private @Nullable Work begin(Seat seat, Node node) {
        Work work;
        boolean more;
        List<Node> offered = seat.offered;
        node.family.lock();
        try {
            Seat parked = node.parked;
            if (parked != null) {
                node.parked = null;
                node.queued = false;
                return parked.resume();
            }
            work = node.family.begin(node, offered);
            node.lastSeat = seat.number;
            more = node == pool && node.family.offer(node);
            if (node == pool && work != null) {
                countPool(-1);
            }
        } finally {
            node.family.unlock();
        }
        pushAll(offered);
        offer(more ? node : null);
        takeNudge();
        if (work != null && !(work instanceof Seat.Resume)) {
            seat.open(work, ticks);
        }
        return work;
    }

    /** Says that another message of the running slice is about to be handled, and whether it may be. Only in a turn. */
    public boolean mayTakeMessage(Seat seat) {
        if (seat.sliceHasBegun() && shouldEndBatch(seat)) {
            return false;
        }
        seat.anotherTurn();
        return true;
    }

    private boolean shouldEndBatch(Seat seat) {
        Node node = seat.top();
        boolean sliceIsOver = seat.roundTurns >= limits.round() || ticks - seat.sliceTick() > 1;
        return seat.attention()
                || (sliceIsOver && (runQueue.size() > 0 || node.family.someoneWaitsFor(node)))
                || node.hasMoreUrgentThan(seat.lane())
                || rootBarrier.pending();
    }

    /** Closes the innermost turn of the seat. */
    public void end(Seat seat) {
        offer(closeTurn(seat));
    }

    private @Nullable Node closeTurn(Seat seat) {
        Node node = seat.top();
        charge(seat, node, 1, seat.depth() > 1);
        Work work = seat.close(ticks);
        if (node == pool) {
            return null;
        }
        Admission door = work.admission();
        boolean drained = false;
        List<Node> offered = seat.offered;
        boolean again;
        node.family.lock();
        try {
            again = node.family.end(node, offered);
            if (door != null) {
                door.done();
                drained = door.justDrained();
            }
            if (node == root) {
                rootBarrier.letGo(offered);
            }
        } finally {
            node.family.unlock();
        }
        if (node == root) {
            emptySlots();
        }
        pushAll(offered);
        takeNudge();
        if (drained && door != null) {
            door.drained();
        }
        return again ? node : null;
    }

    private void charge(Seat seat, Node node, int turns, boolean exactly) {
        long used = turns * LEAST_NANOS_PER_TURN;
        int tick = ticks;
        if (exactly || tick != seat.chargedTick) {
            long now = nanoTime.getAsLong();
            used = Math.max(used, now - seat.chargedUntil);
            seat.chargedUntil = now;
            seat.chargedTick = tick;
        }
        node.virtualTime += node == pool ? used / Math.max(1, poolSize) : used;
    }

    /** Whether the running turn is in the way of one that is more urgent. */
    public boolean urgentIsReady(Seat seat) {
        seat.lookedUp();
        return seat.pausable() && !seat.top().urgent() && urgentWaits();
    }

    // --- Parking ----------------------------------------------------------------------------------------------------

    /** Whether the running turn has had its slice and another should go on instead of it. */
    public boolean shouldHandOver(Seat seat) {
        if (limits.handOverTicks() == 0
                || !seat.pausable()
                || ticks - seat.sliceTick() < limits.handOverTicks()
                || runQueue.size() == 0) {
            return false;
        }
        charge(seat, seat.top(), 0, true);
        if (runQueue.someoneIsBehind(seat.top())) {
            return true;
        }
        boolean longEnough = ticks - seat.sliceTick() >= (long) limits.handOverTicks() * limits.backgroundEvery();
        return longEnough && runQueue.letBackgroundThrough();
    }

    /**
     * Queues the running turn of this seat to be gone on with later. Its thread has to wait until somebody is given {@link
     * Seat.Resume} for it.
     */
    public void park(Seat seat) {
        Node node = seat.top();
        charge(seat, node, 0, true);
        emptySlot(seat);
        if (node == pool) {
            enqueue(seat.resume(), null);
            return;
        }
        node.family.lock();
        try {
            node.parked = seat;
            node.queued = true;
            node.readySince = runQueue.starts();
        } finally {
            node.family.unlock();
        }
        offer(node);
    }

    // --- Time -------------------------------------------------------------------------------------------------------

    /** Lets a tick pass: the unit in which slices are bounded. Called by one thread. */
    public void tick() {
        int before = ticks;
        ticks = before + 1;
    }

    /** Gives what is in the slot of a seat whose slice takes long to whoever wants it. Any thread. */
    public void emptySlot(Seat seat) {
        Work work = seat.inSlot();
        if (work != null) {
            takeOut(seat, work);
        }
    }

    /** Whether anything waits in the shared queue. */
    public boolean hasReady() {
        return runQueue.size() > 0;
    }

    /** Whether anything urgent waits in the shared queue. */
    public boolean hasUrgent() {
        return runQueue.urgentSize() > 0;
    }

    /** Under the lock of the pool's family. */
    private void countPool(int change) {
        int before = poolSize;
        poolSize = before + change;
    }

    // --- Making ready -----------------------------------------------------------------------------------------------

    /** Puts the work into the seat's slot, and queues what was there. */
    private void putIntoSlot(Seat seat, Work work) {
        boolean urgent = work.node.urgent();
        if (urgent != seat.urgentSlot) {
            seat.urgentSlot = urgent;
            urgentSlots.addAndGet(urgent ? 1 : -1);
        }
        work.slot = seat.number;
        Work before = seat.replaceSlot(work);
        if (before != null && before != work) {
            takeOut(seat, before);
        }
    }

    /** Queues what is in the slot in its lane, unless somebody else has done that. */
    private void takeOut(Seat seat, Work work) {
        Node node = work.node;
        boolean ready = false;
        node.family.lock();
        try {
            if (work.slot == seat.number) {
                work.slot = 0;
                ready = node.family.enqueue(work);
            }
        } finally {
            node.family.unlock();
        }
        offer(ready ? node : null);
    }

    private void emptySlots() {
        List<Seat> all = seats;
        for (int i = 0; i < all.size(); i++) {
            emptySlot(all.get(i));
        }
    }

    private void pushAll(List<Node> offered) {
        if (!offered.isEmpty()) {
            for (int i = 0; i < offered.size(); i++) {
                offer(offered.get(i));
            }
            offered.clear();
        }
    }

    private void push(Node node) {
        runQueue.push(node, runQueue.isEmptyFor(node) ? leastRunning(node) : Long.MAX_VALUE);
    }

    /** The smallest virtual time of what runs, or is about to, in the tier of this node. */
    private long leastRunning(Node node) {
        boolean urgent = node.urgent();
        long least = Long.MAX_VALUE;
        List<Seat> all = seats;
        for (int i = 0; i < all.size(); i++) {
            least = Math.min(least, virtualTime(all.get(i).running(), urgent));
            least = Math.min(least, virtualTime(nodeOf(all.get(i).inSlot()), urgent));
        }
        return least;
    }

    private static @Nullable Node nodeOf(@Nullable Work work) {
        return work == null ? null : work.node;
    }

    private static long virtualTime(@Nullable Node node, boolean urgent) {
        return node == null || node.queuedUrgent != urgent ? Long.MAX_VALUE : node.virtualTime;
    }

    private void signal(Node node) {
        if (node.urgent()) {
            signals.urgent();
        }
        signals.ready();
    }

    private void signalUrgent() {
        if (runQueue.urgentSize() > 0) {
            signals.urgent();
            signals.ready();
        }
    }

    private void takeNudge() {
        if (rootBarrier.nudged()) {
            offerRoot();
        }
    }

    private void offerRoot() {
        boolean ready;
        root.family.lock();
        try {
            rootBarrier.acceptNudge();
            ready = root.family.offer(root);
        } finally {
            root.family.unlock();
        }
        offer(ready ? root : null);
    }
}
