package dev.peili.actors.internal.dispatch;

import dev.peili.actors.internal.agenda.Agenda;
import dev.peili.actors.internal.agenda.Entry;
import dev.peili.actors.internal.agenda.Seat;
import dev.peili.actors.internal.agenda.Work;
import dev.peili.actors.internal.flight.OpenTurn;
import dev.peili.actors.internal.flight.TurnLog;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The pool of workers: at most {@code permits} of them run at the same time, and the agenda tells each what.
 *
 * <p>A wake-up is a hint, never an assignment. At most one worker at a time is <em>searching</em>: it looks at the shared
 * queue for a short while before it goes to sleep, and while there is one nobody else is woken. Whoever stops searching,
 * because it has found something or because it goes to sleep, looks once more whether somebody else should be woken; so no
 * work is left behind. A worker that takes over a parked turn's permit, or gives its own to one, does so one to one.
 */
public final class Workers extends GroupPool {
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(10);

    private final String id;
    private final DispatcherSettings settings;
    private final ThreadTraits traits;
    private final Agenda agenda;
    private final Ticker ticker;
    private final Patrol patrol;
    private final AtomicBoolean searching = new AtomicBoolean();
    private final AtomicLong onTop = new AtomicLong();

    private final Object monitor = new Object();
    /** Sleeping workers without a turn; guarded by the monitor, as all below. */
    private final Deque<Worker> idle = new ArrayDeque<>();

    private final Map<Seat, Worker> parked = new HashMap<>();
    private int users;
    private int threads;
    private int threadsMade;
    /** How many permits are out; written under the monitor, read anywhere. */
    private volatile int running;

    private volatile long handOvers;

    Workers(String id, DispatcherSettings settings, ThreadTraits traits) {
        this.id = id;
        this.settings = settings;
        this.traits = traits;
        this.agenda = new Agenda(settings.limits(), this, System::nanoTime, "root", "no group");
        this.ticker = new Ticker(this, settings.tick());
        this.patrol = new Patrol(settings.watchdog());
    }

    // --- For the library --------------------------------------------------------------------------------------------

    /** See {@code Turn.checkpoint}. */
    public static void checkpoint() {
        Worker worker = Worker.current();
        if (worker != null) {
            worker.checkpoint();
        } else {
            TurnGuest guest = TurnGuest.current();
            if (guest != null) {
                guest.checkpoint();
            }
        }
    }

    /** See {@code Turn.shouldYield}. */
    public static boolean shouldYield() {
        Worker worker = Worker.current();
        if (worker != null) {
            return worker.shouldYield();
        }
        TurnGuest guest = TurnGuest.current();
        return guest != null && guest.shouldYield();
    }

    /** Whose the turn on the calling thread is; null outside of a turn and for what is in no group. */
    public static @Nullable Object currentOwner() {
        Work work = currentWork();
        return work == null ? null : work.owner();
    }

    /** The lane of the turn on the calling thread, where it has an {@linkplain #currentOwner owner}. */
    public static int currentLane() {
        return Objects.requireNonNull(currentWork(), "outside of a turn").lane();
    }

    private static @Nullable Work currentWork() {
        Worker worker = Worker.current();
        if (worker != null) {
            return worker.seat.work();
        }
        TurnGuest guest = TurnGuest.current();
        return guest == null ? null : guest.currentWork();
    }

    @Override
    public Agenda agenda() {
        return agenda;
    }

    /** It is always the same agenda. */
    @Override
    public void beforeRenewal(Runnable endOfGroups) {}

    @Override
    public Entry enqueue(Work work) {
        return agenda.enqueue(work, seatOfThisThread());
    }

    private @Nullable Seat seatOfThisThread() {
        Worker worker = Worker.current();
        return worker != null && worker.belongsTo(this) ? worker.seat : null;
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public double random() {
        return ThreadLocalRandom.current().nextDouble();
    }

    @Override
    public long pauses() {
        return onTop.get() + handOvers;
    }

    @Override
    public void watch(Executor executor, TurnReports reports) {
        patrol.begin(executor, reports);
    }

    // --- Use --------------------------------------------------------------------------------------------------------

    @Override
    public void retain() {
        synchronized (monitor) {
            users++;
        }
    }

    @Override
    public void release() {
        synchronized (monitor) {
            users--;
            if (users == 0) {
                idle.forEach(this::dismiss);
                idle.clear();
            }
        }
        ticker.look();
    }

    private void dismiss(Worker worker) {
        threads--;
        patrol.remove(worker);
        agenda.remove(worker.seat);
        worker.dismiss();
    }

    boolean inUse() {
        synchronized (monitor) {
            return users > 0;
        }
    }

    // --- Signals ----------------------------------------------------------------------------------------------------

    @Override
    public void ready() {
        if (running < settings.permits() && !searching.get() && searching.compareAndSet(false, true)) {
            Worker worker = null;
            synchronized (monitor) {
                if (running < settings.permits()) {
                    running = running + 1;
                    worker = idleOrNew();
                }
            }
            if (worker == null) {
                // Somebody may have relied on this search, and somebody may have gone to sleep since.
                stopSearching();
            } else {
                worker.grant(true);
                ticker.wake();
            }
        }
    }

    @Override
    public void urgent() {
        List<Seat> seats = agenda.seats();
        for (int i = 0; i < seats.size(); i++) {
            if (seats.get(i).runsBackground()) {
                seats.get(i).callAttention();
            }
        }
    }

    private Worker idleOrNew() {
        Worker worker = idle.pollFirst();
        if (worker == null) {
            worker = new Worker(this, agenda.newSeat(), threadName(String.valueOf(++threadsMade)));
            threads++;
            patrol.add(worker);
            traits.apply(worker);
            worker.start();
        }
        return worker;
    }

    // --- Asked by the workers ---------------------------------------------------------------------------------------

    long spinNanos() {
        return settings.spin().toNanos();
    }

    boolean runsOnTop() {
        return settings.onTop();
    }

    boolean isChaotic() {
        return settings.chaos();
    }

    void countOnTop() {
        onTop.incrementAndGet();
    }

    boolean startSearching() {
        return !searching.get() && searching.compareAndSet(false, true);
    }

    void stopSearching() {
        searching.set(false);
        if (agenda.hasReady()) {
            ready();
        }
    }

    /** Gives the permit back and sleeps until there is another; false if the worker should end. */
    boolean becomeIdle(Worker worker) {
        synchronized (monitor) {
            running = running - 1;
            lieDown(worker);
        }
        if (agenda.hasReady()) {
            ready();
        }
        return sleep(worker);
    }

    /**
     * Gives the permit to the parked turn of this seat and sleeps until there is another; false if the worker should end.
     */
    boolean makeRoomFor(Seat seat, Worker worker) {
        Worker resumed;
        synchronized (monitor) {
            // First, so that the other finds a sleeping worker if it hands over at once.
            lieDown(worker);
            resumed = Objects.requireNonNull(parked.remove(seat));
        }
        resumed.grant(false);
        return sleep(worker);
    }

    private void lieDown(Worker worker) {
        if (users > 0) {
            idle.addFirst(worker);
        } else {
            dismiss(worker);
        }
    }

    private boolean sleep(Worker worker) {
        while (!worker.awaitGrant(KEEP_ALIVE.toNanos())) {
            synchronized (monitor) {
                if (threads > settings.permits() && idle.remove(worker)) {
                    dismiss(worker);
                }
            }
        }
        if (worker.dismissed()) {
            return false;
        }
        agenda.restart(worker.seat);
        return true;
    }

    // --- Parked turns -----------------------------------------------------------------------------------------------

    /** Parks the turn of this worker, if there is room, and lets another worker go on with its permit. */
    void handOver(Worker worker) {
        Worker heir;
        synchronized (monitor) {
            if (parked.size() >= settings.maxParked()) {
                return;
            }
            parked.put(worker.seat, worker);
            handOvers = handOvers + 1;
            heir = idleOrNew();
        }
        park(worker, heir);
    }

    /** Parks the turn of this worker and gives its permit to a turn that is parked. */
    void giveWay(Worker worker, Seat other) {
        Worker resumed;
        synchronized (monitor) {
            parked.put(worker.seat, worker);
            handOvers = handOvers + 1;
            resumed = Objects.requireNonNull(parked.remove(other));
        }
        park(worker, resumed);
    }

    /** Parks the turn of this worker, which goes on when somebody resumes it, and gives its permit to the other. */
    private void park(Worker worker, Worker heir) {
        OpenTurn paused = worker.turns().pause(TurnLog.PARKED);
        agenda.park(worker.seat);
        heir.grant(false);
        ThreadState state = ThreadState.save();
        worker.parked = true;
        boolean interrupted = worker.awaitGrant();
        worker.parked = false;
        state.restore();
        if (interrupted) {
            // Nobody but the parked turn can have been meant.
            worker.interrupt();
        }
        agenda.restart(worker.seat);
        if (paused != null) {
            paused.resume();
        }
    }

    // --- Asked by the ticker ----------------------------------------------------------------------------------------

    boolean anyRunning() {
        return running > 0;
    }

    Patrol patrol() {
        return patrol;
    }

    String threadName(String which) {
        return traits.prefix() + "-" + id + "-" + which;
    }
}
