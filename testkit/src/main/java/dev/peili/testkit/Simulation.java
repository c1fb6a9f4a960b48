package dev.peili.testkit;

import dev.peili.testkit.internal.Engine;
import dev.peili.testkit.internal.Times;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Adapter;

/**
 * One schedule of a simulated actor system. Nothing happens by itself: the test acts, then lets it run until it is idle,
 * until something holds, or for a span of virtual time, and asserts.
 *
 * <p>Virtual time passes only while nothing can run, unless {@code peili.testkit.turn-time} says otherwise; so the time-outs
 * here cost no time.
 *
 * <p>Only valid until its {@link ScheduleBody} returns, and only to be used by the thread that runs it, outside of the
 * actors: in a turn use the actor's context.
 */
public final class Simulation {
    private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");

    private final SimulatedSystem simulated;
    private final Engine engine;
    private final long seed;
    private int unnamed;
    private boolean over;

    Simulation(SimulatedSystem simulated, long seed) {
        this.simulated = simulated;
        this.engine = simulated.engine();
        this.seed = seed;
    }

    void end() {
        over = true;
    }

    /** What decides the order of the steps. */
    public long seed() {
        return seed;
    }

    /** The actor system. */
    public ActorSystem<?> system() {
        return simulated.system();
    }

    /** How many steps there have been. */
    public long steps() {
        return engine.steps();
    }

    /** A number that stands for all steps so far and their order: the same for the same seed, in each JVM of the same JDK. */
    public long traceHash() {
        return engine.tracer().hash();
    }

    /** The last steps, the oldest first; how many are kept, {@code peili.testkit.trace-length} says. */
    public List<TraceStep> lastSteps() {
        return engine.tracer().last();
    }

    // --- Acting -----------------------------------------------------------------------------------------------------

    /** Spawns an actor as a child of the user guardian. Its setup is a step of its own. */
    public <T> ActorRef<T> spawn(Behavior<T> behavior, String name) {
        return spawn(behavior, name, Props.empty());
    }

    /**
     * Spawns an actor with these props, which may come from a group.
     *
     * @throws org.apache.pekko.actor.InvalidActorNameException if there is one of this name
     */
    public <T> ActorRef<T> spawn(Behavior<T> behavior, String name, Props props) {
        checkMayBeUsed("spawn");
        SimulationGuardian.Spawn<T> spawn = new SimulationGuardian.Spawn<>(behavior, name, props);
        simulated.system().tell(spawn);
        engine.doChores();
        return spawn.result();
    }

    /** Makes a probe: an actor that keeps what it is told for the test. */
    public <M> SimulatedProbe<M> createProbe(Class<M> messages) {
        return createProbe("probe-" + ++unnamed, messages);
    }

    /** Makes a probe of this name. */
    @SuppressWarnings("UnusedVariable")
    public <M> SimulatedProbe<M> createProbe(String name, Class<M> messages) {
        return SimulatedProbe.create(this, name);
    }

    void isProbe(ActorRef<?> ref) {
        engine.isProbe(Adapter.toClassic(ref));
    }

    // --- Running ----------------------------------------------------------------------------------------------------

    /** Runs one step; false if nothing can run at the present time. */
    public boolean step() {
        checkMayBeUsed("step");
        if (engine.steps() >= engine.settings().maxSteps()) {
            throw new EndlessError(engine.steps(), "idle");
        }
        return engine.step();
    }

    /**
     * Runs until nothing can run at the present time. Time does not pass.
     *
     * @throws UnansweredError if nothing will ever run again, though an ask has no answer and did not go to a probe
     */
    public void runUntilIdle() {
        runReady();
        List<String> waiting = engine.asks().hopeless();
        if (!waiting.isEmpty()) {
            engine.awaitOthers();
            throw new UnansweredError(waiting);
        }
    }

    /** Runs until nothing can run at the present time, whoever waits for an answer. Time does not pass. */
    public void runReady() {
        boolean ran = true;
        while (ran) {
            ran = step();
        }
    }

    /** Runs for a span of virtual time: all that can run until its end, and then. */
    public void runFor(Duration span) {
        long end = after(span);
        runUntil(() -> false, end);
        engine.passTimeTo(end);
    }

    /**
     * Runs until the condition holds, for however long that takes in virtual time. It is asked after each step.
     *
     * @throws AssertionError if nothing will ever run again
     */
    public void runUntil(BooleanSupplier condition) {
        if (!runUntil(condition, Long.MAX_VALUE)) {
            throw failure("nothing can run any more, and the condition does not hold");
        }
    }

    /**
     * Runs until the condition holds, for at most this span of virtual time. It is asked after each step.
     *
     * @throws AssertionError if it does not hold then
     */
    public void runUntil(BooleanSupplier condition, Duration atMost) {
        if (!runUntil(condition, after(atMost))) {
            throw failure("the condition does not hold after " + Times.text(atMost));
        }
    }

    boolean runUntil(BooleanSupplier condition, long end) {
        checkMayBeUsed("run");
        while (!condition.getAsBoolean()) {
            if (engine.now() > end || !(step() || engine.passTimeToNextTimer(end))) {
                return false;
            }
        }
        return true;
    }

    /** The virtual time, in nanoseconds, when this span is over. */
    long after(Duration span) {
        long end;
        try {
            end = Math.addExact(engine.now(), span.toNanos());
        } catch (ArithmeticException e) {
            end = Long.MAX_VALUE;
        }
        return end;
    }

    void passTimeTo(long nanos) {
        engine.passTimeTo(nanos);
    }

    /** Runs until the stage is completed, and returns its value. */
    public <T> T await(CompletionStage<T> stage) throws ExecutionException, InterruptedException {
        Future<T> future = stage.toCompletableFuture();
        runUntil(future::isDone);
        return future.get();
    }

    /** What to throw where something did not come: only if it is not about to come from another thread. */
    AssertionError failure(String what) {
        engine.awaitOthers();
        List<String> waiting = engine.asks().waiting();
        return new AssertionError(
                waiting.isEmpty() ? what : what + "; these wait for an answer: " + String.join("; ", waiting));
    }

    Duration expectTimeout() {
        return engine.settings().expectTimeout();
    }

    Duration expectNoMessageTime() {
        return engine.settings().expectNoMessageTime();
    }

    private void checkMayBeUsed(String what) {
        if (over) {
            throw new IllegalStateException("the schedule of this simulation has ended");
        } else if (!engine.isDriver()) {
            throw new IllegalStateException("only the thread that runs the schedule may " + what + ", not '"
                    + Thread.currentThread().getName() + "'");
        } else if (engine.isInStep()) {
            throw new IllegalStateException(
                    "a turn cannot " + what + " through the simulation; use the context of its actor");
        }
    }

    /**
     * Makes the schedule fail with this after the running step. For what actors and tasks assert: what they throw is a
     * failure of their own, which their supervision deals with.
     */
    public void fail(Throwable failure) {
        engine.fail(failure);
    }

    // --- What the seed decides --------------------------------------------------------------------------------------

    /** The virtual time since the schedule began. */
    public Duration now() {
        return Duration.ofNanos(engine.now());
    }

    /** The virtual time as a clock, to be given to whoever needs one: it begins with the year 2000, UTC. */
    public Clock clock() {
        return new VirtualClock(engine, ZoneOffset.UTC);
    }

    /** Random numbers that the seed decides, to be given to whoever needs some. Only for what runs in this schedule. */
    public RandomGenerator random() {
        return engine.random();
    }

    private static final class VirtualClock extends Clock {
        private final Engine engine;
        private final ZoneId zone;

        VirtualClock(Engine engine, ZoneId zone) {
            this.engine = engine;
            this.zone = zone;
        }

        @Override
        public ZoneId getZone() {
            return zone;
        }

        @Override
        public Clock withZone(ZoneId other) {
            return new VirtualClock(engine, other);
        }

        @Override
        public Instant instant() {
            return EPOCH.plusNanos(engine.now());
        }
    }
}
