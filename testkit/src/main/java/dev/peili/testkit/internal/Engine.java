package dev.peili.testkit.internal;

import dev.peili.actors.internal.agenda.Work;
import dev.peili.actors.internal.dispatch.TurnGuest;
import dev.peili.testkit.CannotSimulateException;
import dev.peili.testkit.internal.ReadyList.Ready;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import org.apache.pekko.actor.ActorRef;
import org.jspecify.annotations.Nullable;

/**
 * Runs an actor system one step at a time: a message of one mailbox, a task, or a timer that fires.
 *
 * <p>Whatever Pekko would give to a thread is kept here, and the {@link Decisions} say what is next. What belongs to groups
 * is kept by their agenda, the same as in production, which offers only what the promises allow. Except where noted, all
 * methods belong to the <em>driver</em>, the thread that runs the schedule.
 */
public final class Engine implements TurnGuest {
    /** So many steps the test may cause between two schedules. */
    private static final int MOST_SET_UP = 100_000;

    private static final long OTHERS_NANOS = 100_000_000;

    /** What the engine does with what is given to it. */
    private enum Mode {
        /** The actor system is being made, which waits for some of its actors; a thread runs them as they come. */
        STARTING,
        /** Between two schedules. */
        AT_REST,
        /** A schedule runs. */
        RUNNING,
        /** What a schedule has left is being stopped, in no particular order. */
        ENDING
    }

    private final SimulationSettings settings;
    private final Timers timers = new Timers();
    private final Authors authors = new Authors();
    private final Tracer tracer = new Tracer();
    private final Strays strays = new Strays();
    private final Asks asks = new Asks(timers);
    private final Decisions decisions = new Decisions(this::fail);
    private final Steps steps = new Steps(timers, authors, decisions, tracer, strays);
    private final Checkpoints checkpoints;
    private final ReadyList ready = new ReadyList();
    /** What keeps the simulation itself going, and is nobody's step. */
    private final Deque<Ready> chores = new ArrayDeque<>();

    private final List<SimulatedPool> pools = new ArrayList<>();
    private final Starter starter = new Starter();
    private final BlockWatch blockWatch = new BlockWatch(this);

    private volatile Mode mode = Mode.STARTING;
    private volatile @Nullable Thread driver;
    private @Nullable TurnGuest guestBefore;

    Engine(SimulationSettings settings) {
        this.settings = settings;
        this.checkpoints = new Checkpoints(steps, decisions, timers, settings.maxSteps(), this::couldStep, this::next);
    }

    /** What was configured. Any thread. */
    public SimulationSettings settings() {
        return settings;
    }

    // --- The life of a schedule -------------------------------------------------------------------------------------

    /** The actor system has started: nothing runs by itself any more. */
    public void started() {
        starter.finish();
        authors.settle();
        mode = Mode.AT_REST;
    }

    /** Begins a schedule, on the calling thread, at the time of 0. */
    public void begin(Strategies.Session session) {
        claim();
        guestBefore = enter();
        if (strays.begin(this::add)) {
            setUp();
            authors.settle();
        }
        timers.reset();
        tracer.reset(settings.traceLength());
        decisions.begin(session);
        asks.clear();
        steps.reset();
        checkpoints.reset();
        mode = Mode.RUNNING;
        blockWatch.look();
    }

    private synchronized void claim() {
        if (driver != null) {
            throw new IllegalStateException("thread '" + driver.getName() + "' runs a schedule of this simulator;"
                    + " another one needs a simulator of its own");
        }
        driver = Thread.currentThread();
    }

    /** Runs what the thread of the schedule has done with the actor system before. */
    private void setUp() {
        mode = Mode.ENDING;
        for (int i = 0; i < MOST_SET_UP && next(); i++) {
            // Until nothing is left.
        }
    }

    /** From now on what is left runs without being decided on or recorded, and time stands still. */
    public void ending() {
        mode = Mode.ENDING;
        decisions.end();
        timers.clear();
        checkpoints.reset();
        pools.forEach(SimulatedPool::endGroups);
    }

    /** The schedule is over. */
    public void end() {
        timers.clear();
        ready.clear();
        chores.clear();
        authors.settle();
        pools.forEach(SimulatedPool::renew);
        mode = Mode.AT_REST;
        TurnGuest.leave(guestBefore);
        guestBefore = null;
        driver = null;
        if (steps.wasInterrupted()) {
            // Meant for the test, and taken by a step.
            Thread.currentThread().interrupt();
        }
    }

    /** The actor system has terminated. Any thread. */
    public void close() {
        blockWatch.end();
    }

    void add(SimulatedPool pool) {
        pools.add(pool);
    }

    /** Whether a schedule runs on the calling thread. Any thread. */
    public boolean isDriver() {
        return Thread.currentThread() == driver;
    }

    /** Whether the calling thread is within a step. Any thread. */
    public boolean isInStep() {
        return isDriver() && steps.depth() > 0;
    }

    // --- What may run -----------------------------------------------------------------------------------------------

    /** Keeps it until it is chosen. Any thread, but see {@link #obstacle}. */
    void execute(Runnable runnable) {
        if (mode == Mode.STARTING) {
            starter.execute(runnable);
        } else if (isFromHere("gave work to a dispatcher", runnable)) {
            add(runnable);
        } else {
            strays.add(runnable);
        }
    }

    private void add(Runnable runnable) {
        Ready entry = authors.readyOf(runnable);
        if (Authors.isChore(entry.author)) {
            chores.add(entry);
        } else {
            ready.add(entry);
        }
    }

    /**
     * Whether the calling thread is the one whose order the schedule decides; if not, takes note of that. Any thread.
     *
     * @param subject what the thread brought
     */
    boolean isFromHere(String did, Object subject) {
        if (mode == Mode.STARTING || isDriver()) {
            return true;
        }
        if (driver != null) {
            strays.note(did, subject);
        }
        return false;
    }

    /** What keeps the schedule from being simulated; null if nothing does. Any thread. */
    public @Nullable CannotSimulateException obstacle() {
        return strays.obstacle();
    }

    void obstacle(CannotSimulateException found) {
        strays.obstacle(found);
    }

    /** Gives other threads some real time to come up, before something is said that would not be true if they did. */
    public void awaitOthers() {
        strays.await(OTHERS_NANOS);
        checkObstacle();
    }

    // --- Steps ------------------------------------------------------------------------------------------------------

    /** Runs one step, on top of none; false if nothing can run at the present time. */
    public boolean step() {
        boolean done = Obstacles.whileBlockingIsSeen(this::next);
        checkObstacle();
        return done;
    }

    private boolean next() {
        checkObstacle();
        for (; ; ) {
            doChores();
            int loose = ready.size();
            int due = timers.dueNow();
            int all = loose + readyGroups() + due;
            if (all == 0) {
                return false;
            }
            int index = decisions.nextStep(all, i -> nameOf(i, loose, all - due));
            if (index < loose) {
                steps.run(ready.remove(index));
                return true;
            } else if (index >= all - due) {
                steps.run(timers.due(index - (all - due)));
                return true;
            } else if (runInGroup(index - loose)) {
                return true;
            }
        }
    }

    private String nameOf(int index, int loose, int endOfGroups) {
        if (index < loose) {
            return ready.get(index).author.name();
        }
        return index < endOfGroups
                ? "a group"
                : "timer of " + timers.due(index - endOfGroups).author.name();
    }

    /** Makes the schedule fail after the running step. */
    public void fail(Throwable cause) {
        steps.fail(cause);
    }

    /** With what the schedule was made to fail; null if it was not. */
    public @Nullable Throwable failure() {
        return steps.failure();
    }

    /** Fails if the schedule has done what cannot be simulated, or was made to fail. */
    public void checkObstacle() {
        CannotSimulateException found = strays.obstacle();
        Throwable cause = steps.failure();
        if (found != null && mode == Mode.RUNNING) {
            throw found;
        } else if (cause != null && mode == Mode.RUNNING) {
            throw new AssertionError("the schedule was made to fail in a step", cause);
        }
        strays.drainTo(this::add);
    }

    /** Runs what keeps the simulation itself going, as nobody's step. */
    public void doChores() {
        for (Ready chore = chores.poll(); chore != null; chore = chores.poll()) {
            steps.runChore(chore);
        }
    }

    private int readyGroups() {
        int groups = 0;
        for (int i = 0; i < pools.size(); i++) {
            groups += pools.get(i).readyGroups();
        }
        return groups;
    }

    private boolean runInGroup(int index) {
        int rest = index;
        for (int i = 0; i < pools.size(); i++) {
            SimulatedPool pool = pools.get(i);
            int groups = pool.readyGroups();
            if (rest < groups) {
                return pool.step(steps);
            }
            rest -= groups;
        }
        return false;
    }

    /** Lets time pass to the next timer, but not beyond the limit; false if there is none until then. */
    public boolean passTimeToNextTimer(long limitNanos) {
        return timers.passToNext(limitNanos);
    }

    /** Lets time pass until then. */
    public void passTimeTo(long nanos) {
        timers.passTo(nanos);
    }

    // --- Asked by what Pekko made -----------------------------------------------------------------------------------

    Timers timers() {
        return timers;
    }

    Authors authors() {
        return authors;
    }

    Decisions decisions() {
        return decisions;
    }

    /** Who sends what the calling thread sends. Any thread. */
    Author author() {
        return isDriver() ? steps.author() : Authors.OUTSIDE;
    }

    /** Whether the running step handles signals, and so no message. */
    boolean handlesSignals() {
        return isDriver() && steps.handlesSignals();
    }

    /** The running step is about to handle this message. */
    void handles(Object message, Author sender) {
        if (isDriver()) {
            steps.handles(message, sender);
        }
    }

    int chooseSender(int size, IntFunction<String> names) {
        return isDriver() ? decisions.sender(size, names) : 0;
    }

    Timers.Timer startTimer(Runnable runnable, long delay, long period, boolean isAsk) {
        isFromHere("started a timer", runnable);
        return timers.start(author(), isAsk ? steps.newAsk() : null, runnable, delay, period);
    }

    /** The actor is a probe: what it is told is for the test. */
    public void isProbe(ActorRef actor) {
        Author probe = authors.find(actor);
        if (probe != null) {
            probe.isProbe(true);
        }
    }

    // --- Checkpoints ------------------------------------------------------------------------------------------------

    @Override
    public void checkpoint() {
        checkpoints.checkpoint();
    }

    @Override
    public boolean shouldYield() {
        return checkpoints.shouldYield();
    }

    private boolean couldStep() {
        return ready.size() > 0 || timers.dueNow() > 0 || readyGroups() > 0;
    }

    @Override
    public @Nullable Work currentWork() {
        return steps.work();
    }

    // --- For reports ------------------------------------------------------------------------------------------------

    /** The time since the schedule began, in nanoseconds. */
    public long now() {
        return timers.now();
    }

    /** How many steps have begun. Any thread. */
    public long steps() {
        return steps.count();
    }

    /** What has been recorded of this schedule. */
    public Tracer tracer() {
        return tracer;
    }

    /** Who waits for an answer. */
    public Asks asks() {
        return asks;
    }

    /** Random numbers for whoever runs in this schedule. */
    public RandomGenerator random() {
        return decisions.random();
    }

    @Nullable
    Thread runningDriver() {
        return mode == Mode.RUNNING || mode == Mode.ENDING ? driver : null;
    }
}
