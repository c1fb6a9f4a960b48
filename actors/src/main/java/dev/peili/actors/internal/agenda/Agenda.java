package dev.peili.actors.internal.agenda;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
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
    private static final int DEEPEST = 16;

    private final Limits limits;
    private final Signals signals;
    private final RunQueue runQueue;
    private final RootBarrier rootBarrier = new RootBarrier();
    private final Node root;
    private final Node pool;
    private final Seats seats;
    private final Account account;
    private final Offers offers;
    private final Slots slots;
    private final Joints joints;
    private final Discretion discretion;
    private final AtomicInteger nodesMade = new AtomicInteger();

    /** @param nanoTime the clock that CPU time is measured with, in nanoseconds */
    public Agenda(Limits limits, Signals signals, LongSupplier nanoTime, Object rootLabel, Object poolLabel) {
        this(limits, signals, nanoTime, rootLabel, poolLabel, Discretion.FAIR);
    }

    /** One that leaves to somebody what the promises leave open. For a single thread. */
    public Agenda(
            Limits limits,
            Signals signals,
            LongSupplier nanoTime,
            Object rootLabel,
            Object poolLabel,
            Chooser chooser) {
        this(limits, signals, nanoTime, rootLabel, poolLabel, Discretion.of(chooser));
    }

    private Agenda(
            Limits limits,
            Signals signals,
            LongSupplier nanoTime,
            Object rootLabel,
            Object poolLabel,
            Discretion discretion) {
        this.limits = limits;
        this.signals = signals;
        this.discretion = discretion;
        this.runQueue = new RunQueue(limits, discretion);
        this.root = newFamily(Node.Kind.ROOT, rootLabel).head;
        this.pool = newFamily(Node.Kind.POOL, poolLabel).head;
        this.seats = new Seats(pool);
        this.account = new Account(nanoTime);
        this.offers = new Offers(runQueue, seats, signals);
        this.slots = new Slots(seats, offers);
        this.joints = new Joints(rootBarrier, offers);
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
        return new Node(Node.Kind.DOC, tabGroup.family, nodesMade.getAndIncrement(), label);
    }

    /** Forgets a TabGroup that is over, as its DocGroups are: no turn of any of them is going to start. */
    public void remove(Node tabGroup) {
        rootBarrier.remove(tabGroup.family);
    }

    private Family newFamily(Node.Kind kind, Object label) {
        return new Family(nodesMade.getAndIncrement(), kind, label, rootBarrier, runQueue, limits, discretion);
    }

    /** Sets whether the TabGroup has a visible tab, which makes it and its documents urgent at once. */
    public void setVisible(Node tabGroup, boolean visible) {
        List<Joint> affected;
        tabGroup.family.lock();
        try {
            tabGroup.family.visible(visible);
            affected = List.copyOf(tabGroup.family.joints);
        } finally {
            tabGroup.family.unlock();
        }
        joints.refreshUrgency(affected);
        slots.emptyAll();
        offers.signalUrgent();
        if (visible) {
            // For a parked turn of this group, which goes on before whatever has not begun.
            seats.all().forEach(Seat::callAttention);
        }
    }

    /** Keeps turns of the group, and of its documents, from starting; what is queued stays, in order. */
    public void suspend(Node node) {
        if (node == root || node == pool) {
            throw new IllegalArgumentException("the root group cannot be suspended");
        }
        List<Work> mailboxes = new ArrayList<>();
        changeSuspension(node, offered -> node.family.suspend(node, offered, mailboxes));
        // A batch of messages ends before the next one.
        seats.all().forEach(Seat::callAttention);
        mailboxes.forEach(Work::suspended);
    }

    /** Ends a suspension. */
    public void resume(Node node) {
        changeSuspension(node, offered -> node.family.resume(node, offered));
        slots.emptyAll();
    }

    private void changeSuspension(Node node, Consumer<List<Node>> change) {
        List<Node> offered = new ArrayList<>();
        List<Joint> affected;
        node.family.lock();
        try {
            change.accept(offered);
            affected = List.copyOf(node.family.joints);
        } finally {
            node.family.unlock();
        }
        offers.offerAll(offered);
        joints.refresh(affected);
        takeNudge();
    }

    /** Sets how many tasks may wait in a lane; 0 is any number. */
    public void bound(Node node, int lane, int most) {
        node.family.lock();
        try {
            node.capacity(lane, most);
        } finally {
            node.family.unlock();
        }
    }

    /** Sets how much CPU time the group should get, as a multiple of one of weight 1. */
    public void weigh(Node node, int weight) {
        node.weight = weight;
    }

    /** What an onlooker sees of the group. Any thread. */
    public Glimpse look(Node node) {
        node.family.lock();
        try {
            return Glimpse.of(node, node.family.suspended(node), node.urgent());
        } finally {
            node.family.unlock();
        }
    }

    // --- Work -------------------------------------------------------------------------------------------------------

    /**
     * Queues the work.
     *
     * @param seat the seat of the calling thread, if it has one
     */
    public Entry enqueue(Work work, @Nullable Seat seat) {
        if (seat != null && work instanceof SlotWork sent && Slots.mayTake(sent, seat)) {
            slots.put(seat, sent);
            return Entry.ADMITTED;
        }
        Node node = work.node;
        Family family = node.family;
        boolean ready;
        Joint inVain;
        family.lock();
        try {
            Admission door = work.admission();
            if (door != null) {
                if (!door.isOpen()) {
                    return Entry.CLOSED;
                }
                if (node.isFull(work.lane) && work.ordered()) {
                    return Entry.FULL;
                }
                door.admit();
            }
            ready = family.enqueue(work);
            if (seat != null) {
                seat.queued(work);
            }
            inVain = Exclusion.keptFreeInVain(work);
            if (node == pool) {
                account.countPool(1);
            }
        } finally {
            family.unlock();
        }
        offers.offer(ready ? node : null);
        if (inVain != null) {
            joints.refresh(List.of(inVain));
        }
        if (node == root) {
            slots.emptyAll();
            offers.signalUrgent();
        }
        return Entry.ADMITTED;
    }

    /** Queues work that affects several groups. */
    public Entry enqueue(Joint joint) {
        return joints.enqueue(joint);
    }

    /** Idle work that was queued has waited for as long as it may: it counts as other work from now on. */
    public void hurry(Work work) {
        Node node = work.node;
        List<Node> offered = new ArrayList<>();
        node.family.lock();
        try {
            node.family.hurry(node, work, offered);
        } finally {
            node.family.unlock();
        }
        offers.offerAll(offered);
    }

    /** Whether no turn of the group starts because it is suspended, or its TabGroup is. */
    public boolean isSuspended(Node node) {
        node.family.lock();
        try {
            return node.family.suspended(node);
        } finally {
            node.family.unlock();
        }
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
        List<Joint> affecting;
        node.family.lock();
        try {
            door.close();
            affecting = node.family.joints.stream()
                    .filter(joint -> joint.cameInThrough(door))
                    .toList();
        } finally {
            node.family.unlock();
        }
        List<Work> dropped = new ArrayList<>();
        affecting.stream().filter(joints::drop).forEach(joint -> dropped.add(joint.work));
        drop(node, door, dropped);
        return dropped;
    }

    private void drop(Node node, Admission door, List<Work> dropped) {
        List<Work> own = new ArrayList<>();
        List<Node> offered = new ArrayList<>();
        boolean drained;
        node.family.lock();
        try {
            node.family.drop(node, door, own, offered);
            door.done(own.size());
            drained = door.justDrained();
            removedFrom(node, offered);
        } finally {
            node.family.unlock();
        }
        dropped.addAll(own);
        offers.offerAll(offered);
        offerRoot();
        if (drained) {
            door.drained();
        }
    }

    /** Takes work that comes in through a door out of its lane; false if it is not there: not yet, or not any more. */
    public boolean withdraw(Work work) {
        Node node = work.node;
        Admission door = Objects.requireNonNull(work.admission());
        List<Node> offered = new ArrayList<>();
        boolean drained = false;
        boolean wasThere;
        node.family.lock();
        try {
            wasThere = node.family.remove(work, offered);
            if (wasThere) {
                door.done(1);
                drained = door.justDrained();
                removedFrom(node, offered);
            }
        } finally {
            node.family.unlock();
        }
        offers.offerAll(offered);
        takeNudge();
        if (drained) {
            door.drained();
        }
        return wasThere;
    }

    /** What waited for the root group goes on, but for a turn of it that is open. Under the lock of the family. */
    private void removedFrom(Node node, List<Node> offered) {
        if (node == root) {
            if (root.active) {
                rootBarrier.refreshHeads();
            } else {
                rootBarrier.letGo(offered);
            }
        }
    }

    // --- Seats ------------------------------------------------------------------------------------------------------

    /** Adds a seat for a thread. */
    public Seat newSeat() {
        return seats.add();
    }

    /** Removes the seat of a thread that ends. */
    public void remove(Seat seat) {
        seats.remove(seat);
        slots.leave(seat);
    }

    /** All seats. */
    public List<Seat> seats() {
        return seats.all();
    }

    /** The seat's thread goes on after it had nothing to do; the time until now is nobody's. */
    public void restart(Seat seat) {
        account.restart(seat);
        seat.sliceTick(account.ticks());
    }

    /** Opens the turn that should start next on this seat; null if there is none. */
    public @Nullable Work next(Seat seat) {
        return next(seat, null);
    }

    /** Closes the only open turn of this seat and opens the one that should start next; null if there is none. */
    public @Nullable Work endAndNext(Seat seat) {
        Node node = seat.top();
        boolean isSimple = node.isTabOrDoc() && seat.joint() == null;
        if (!isSimple || seat.attention() || seat.hasSlot() || !mayGoOn(seat, node) || rootBarrier.pending()) {
            return next(seat, closeTurn(seat));
        }
        Work following = seat.following();
        if (following == null || !node.family.isLeftTo(node, seat.lane()) || !seat.batch.start(following)) {
            return endAndGoOn(seat, node);
        }
        account.charge(seat, 1, false);
        seat.close(account.ticks());
        seat.open(following, account.ticks());
        return following;
    }

    /** Does both in one critical section, if the node has more to do. */
    private @Nullable Work endAndGoOn(Seat seat, Node node) {
        account.charge(seat, 1, false);
        Work done = seat.close(account.ticks());
        Admission door = done.admission();
        List<Node> offered = seat.offered;
        boolean drained;
        Node again = null;
        Work work = null;
        node.family.lock();
        try {
            boolean more = closeLocked(seat, node, done);
            drained = door != null && door.justDrained();
            if (more && offered.isEmpty()) {
                work = node.family.begin(node, offered);
                openBatch(seat, work);
            } else if (more) {
                again = node;
            }
        } finally {
            node.family.unlock();
        }
        if (drained && door != null) {
            door.drained();
        }
        offers.offerAll(offered);
        work = opened(seat, node, work);
        return work != null ? work : next(seat, again);
    }

    /** @param again the node whose turn has just ended and that has more to do, in no queue */
    private @Nullable Work next(Seat seat, @Nullable Node again) {
        if (seat.lookedUp()) {
            seat.endRound();
        }
        Work work = null;
        SlotWork sent = seat.replaceSlot(null);
        if (sent != null && sent.node == again) {
            // It has its turn behind the others there, so nobody else need be told that there is something to do.
            slots.takeOut(seat, sent);
            sent = null;
        }
        if (sent != null) {
            offers.offer(again);
            if (mayGoOn(seat, sent.node)) {
                work = beginFromSlot(seat, sent);
            } else {
                slots.takeOut(seat, sent);
            }
        } else if (again != null) {
            if (mayGoOn(seat, again)) {
                work = begin(seat, again);
            } else {
                offers.offer(again);
            }
        }
        Node node = work == null ? pick(seat) : null;
        while (work == null && node != null) {
            work = beginPicked(seat, node);
            node = work == null ? pick(seat) : null;
        }
        if (work == null) {
            seat.rest();
        }
        return work;
    }

    /** Whether this seat may go on with the node without a look at who else waits. */
    private boolean mayGoOn(Seat seat, Node node) {
        boolean roundIsOver =
                seat.roundTurns >= limits.round() || account.ticks() - seat.roundTick > 1 || rootBarrier.pending();
        return !(roundIsOver && runQueue.size() > 0) && (node.urgent() || !urgentWaits());
    }

    private boolean urgentWaits() {
        slots.emptyUrgent();
        return runQueue.urgentSize() > 0;
    }

    private @Nullable Node pick(Seat seat) {
        if (!urgentWaits() && seat.depth() == 0 && runQueue.size() == 0) {
            return null;
        }
        Node node = runQueue.pick(seat.takeRoundTurns(account.ticks()), account.poolSize(), seat);
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
        if (!seat.pausable() || seat.depth() >= DEEPEST || seat.graceTick == account.ticks()) {
            return null;
        }
        for (; ; ) {
            if (seat.top().urgent() || !urgentWaits()) {
                return null;
            }
            Node node = runQueue.pickOnTop(seat.takeRoundTurns(account.ticks()));
            if (node == null) {
                seat.graceTick = account.ticks();
                return null;
            }
            account.charge(seat, 0, true);
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

    private @Nullable Work beginFromSlot(Seat seat, SlotWork work) {
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
            offers.offer(ready ? node : null);
            return null;
        }
        node.lastSeat = seat.number;
        seat.open(work, account.ticks());
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
                parked.showPaused(false);
                return parked.resume();
            }
            work = node.family.begin(node, offered);
            openBatch(seat, work);
            node.lastSeat = seat.number;
            more = node == pool && node.family.offer(node);
            if (node == pool && work != null) {
                account.countPool(-1);
            }
        } finally {
            node.family.unlock();
        }
        offers.offerAll(offered);
        offers.offer(more ? node : null);
        return opened(seat, node, work);
    }

    /** With the lock of the family. */
    private void openBatch(Seat seat, @Nullable Work work) {
        if (work != null
                && discretion == Discretion.FAIR
                && seat.depth() == 0
                && work.ordered()
                && work.joint == null
                && work.lane != Node.IDLE
                && work.node.kind == Node.Kind.DOC
                && work.node.family.isLeftTo(work.node, work.lane)) {
            seat.batch.open(work);
        }
    }

    private @Nullable Work opened(Seat seat, Node node, @Nullable Work found) {
        Work work = found;
        if (work != null && work.joint != null) {
            work = joints.begin(work.joint, node);
        }
        takeNudge();
        if (work != null && !(work instanceof Seat.Resume)) {
            seat.open(work, account.ticks());
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
        boolean sliceIsOver = seat.roundTurns >= limits.round() || account.ticks() - seat.sliceTick() > 1;
        return seat.attention()
                || (sliceIsOver && (runQueue.size() > 0 || node.family.someoneWaitsFor(node)))
                || node.hasMoreUrgentThan(seat.lane())
                || node.family.suspended(node)
                || rootBarrier.pending();
    }

    /** Closes the innermost turn of the seat. */
    public void end(Seat seat) {
        offers.offer(closeTurn(seat));
    }

    private @Nullable Node closeTurn(Seat seat) {
        Node node = seat.top();
        account.charge(seat, 1, seat.depth() > 1);
        Work work = seat.close(account.ticks());
        if (node == pool) {
            return null;
        }
        boolean again = work.joint == null && close(seat, node, work);
        if (work.joint != null) {
            joints.end(work.joint, seat.offered);
        }
        if (node == root) {
            slots.emptyAll();
        }
        offers.offerAll(seat.offered);
        takeNudge();
        return again ? node : null;
    }

    private boolean close(Seat seat, Node node, Work work) {
        Admission door = work.admission();
        boolean drained;
        boolean again;
        node.family.lock();
        try {
            again = closeLocked(seat, node, work);
            drained = door != null && door.justDrained();
            if (node == root) {
                rootBarrier.letGo(seat.offered);
            }
        } finally {
            node.family.unlock();
        }
        if (drained && door != null) {
            door.drained();
        }
        return again;
    }

    /** With the lock of the family: the turn is over, and so is its batch. Says whether the node has to be made ready again. */
    private static boolean closeLocked(Seat seat, Node node, Work done) {
        int others = seat.depth() > 0 ? 0 : node.family.close(seat.batch, node, done.lane);
        boolean again = node.family.end(node, seat.offered);
        Admission door = done.admission();
        if (door != null) {
            door.done(1 + others);
        }
        return again;
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
                || account.ticks() - seat.sliceTick() < limits.handOverTicks()
                || runQueue.size() == 0) {
            return false;
        }
        account.charge(seat, 0, true);
        if (runQueue.someoneIsBehind(seat.top())) {
            return true;
        }
        boolean longEnough =
                account.ticks() - seat.sliceTick() >= (long) limits.handOverTicks() * limits.backgroundEvery();
        return longEnough && runQueue.letBackgroundThrough();
    }

    /**
     * Queues the running turn of this seat to be gone on with later. Its thread has to wait until somebody is given {@link
     * Seat.Resume} for it.
     */
    public void park(Seat seat) {
        Node node = seat.top();
        account.charge(seat, 0, true);
        slots.empty(seat);
        seat.showPaused(true);
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
        offers.offer(node);
    }

    // --- Time -------------------------------------------------------------------------------------------------------

    /** Lets a tick pass: the unit in which slices are bounded. Called by one thread. */
    public void tick() {
        account.tick();
    }

    /** Gives what is in the slot of a seat whose slice takes long to whoever wants it. Any thread. */
    public void emptySlot(Seat seat) {
        slots.empty(seat);
    }

    /** How many groups, of those that may go next for their urgency, look ready. */
    public int readyGroups() {
        int urgent = runQueue.urgentSize();
        return urgent > 0 ? urgent : runQueue.size();
    }

    /** Whether anything waits in the shared queue. */
    public boolean hasReady() {
        return runQueue.size() > 0;
    }

    /** Whether anything urgent waits in the shared queue. */
    public boolean hasUrgent() {
        return runQueue.urgentSize() > 0;
    }

    // --- The root group ---------------------------------------------------------------------------------------------

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
        offers.offer(ready ? root : null);
    }
}
