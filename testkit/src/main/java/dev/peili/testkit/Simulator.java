package dev.peili.testkit;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.peili.testkit.internal.Engine;
import dev.peili.testkit.internal.ScalaStages;
import dev.peili.testkit.internal.Strategies;
import dev.peili.testkit.internal.Tracer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorSystem;
import org.jspecify.annotations.Nullable;

/**
 * An actor system that runs on the thread of the test, in virtual time, in the order that a seed says; it is used for one
 * schedule after the other.
 *
 * <pre>{@code
 * try (Simulator simulator = Simulator.create()) {
 *     simulator.search(1, 10_000, simulation -> {
 *         ActorRef<Cache.Command> cache = simulation.spawn(Cache.create(), "cache");
 *         SimulatedProbe<Value> probe = simulation.createProbe(Value.class);
 *         cache.tell(new Cache.Get("a", probe.ref()));
 *         probe.expectMessage(new Value("a", 0));
 *     }).orThrow();
 * }
 * }</pre>
 *
 * <p>All dispatchers are simulated, also those of groups, which keep their promises; mailboxes, groups, timers and futures
 * then go on one step at a time. What a step may be, {@link Choice} says.
 *
 * <p>Each schedule begins like the first: at a virtual time of 0, without user actors, groups, timers or queued work. Actors
 * of extensions stay, and keep what they know; an extension that the first schedule starts is part of that one only.
 *
 * <p>Not thread-safe: used by one thread at a time, which has to be the same during one schedule.
 */
public final class Simulator implements AutoCloseable {
    private static final String ONLY_FIRST =
            "\nATTENTION: it failed only when it was run for the first time, in which extensions are started.";

    private final Config config;
    private final Strategy strategy;
    /** Null where the next schedule needs another one. */
    private @Nullable SimulatedSystem current;

    private boolean closed;

    static {
        ScalaStages.areInstalled();
    }

    private Simulator(Config config, Strategy strategy) {
        this.config = config;
        this.strategy = strategy;
        this.current = new SimulatedSystem(config);
    }

    /** One with the configuration of the class path, {@code application.conf}. Takes some milliseconds. */
    public static Simulator create() {
        return create(ConfigFactory.empty());
    }

    /**
     * One with a configuration of its own; what it does not say, that of the class path does.
     *
     * @throws com.typesafe.config.ConfigException if a setting is wrong, or asks for what cannot be simulated: a cluster or
     *     remoting
     */
    public static Simulator create(Config config) {
        return create(config, Strategy.uniform());
    }

    /** One that chooses its schedules in this way. */
    public static Simulator create(Config config, Strategy strategy) {
        return new Simulator(config.withFallback(ConfigFactory.load()).resolve(), strategy);
    }

    /**
     * The actor system: for extensions, and for what wants to be given one. All schedules have the same; but the one after a
     * schedule that terminated it has another.
     */
    public ActorSystem<?> system() {
        return present().system();
    }

    private SimulatedSystem present() {
        if (closed) {
            throw new IllegalStateException("the simulator has been closed");
        }
        SimulatedSystem present = current;
        if (present == null) {
            present = new SimulatedSystem(config);
            current = present;
        }
        return present;
    }

    // --- Schedules --------------------------------------------------------------------------------------------------

    /**
     * Runs one schedule: that of the seed.
     *
     * @throws ScheduleFailedError if the body fails
     * @throws CannotSimulateException if it does what cannot be repeated
     */
    public void run(long seed, ScheduleBody body) {
        Attempt attempt = attempt(seed, body, false);
        if (attempt.failure() != null) {
            throw failed(attempt, "");
        }
    }

    /** See {@link #search(long, int, Duration, ScheduleBody)}; for as long as it takes. */
    public SearchResult search(long firstSeed, int schedules, ScheduleBody body) {
        return search(firstSeed, schedules, Duration.ofDays(365), body);
    }

    /**
     * Runs schedules until one fails: that of the first seed, of the next larger one, and so on. Before all others, and
     * uncounted, the first is run twice, and the one that failed is run once more: if they differ, the body depends on
     * something that the seed does not decide.
     *
     * @param schedules how many there are at most, at least 1
     * @param budget how much real time they may take; one that has begun is run to its end, and so is the search if its thread
     *     is interrupted
     * @throws CannotSimulateException if the body does what cannot be repeated
     */
    public SearchResult search(long firstSeed, int schedules, Duration budget, ScheduleBody body) {
        if (schedules < 1) {
            throw new IllegalArgumentException("a search needs at least 1 schedule, not " + schedules);
        }
        // It starts what is started only once, and shows what other threads do.
        Attempt beginning = attempt(firstSeed, body, true);
        Attempt rehearsal = attempt(firstSeed, body, false);
        long begin = System.nanoTime();
        long steps = 0;
        int run = 0;
        boolean goesOn = true;
        while (goesOn) {
            Attempt attempt = attempt(firstSeed + run, body, false);
            if (run == 0) {
                checkRepeats(rehearsal, attempt);
            }
            run++;
            steps += attempt.print().steps();
            if (attempt.failure() != null) {
                Duration time = since(begin);
                String note = noteOn(attempt, attempt(attempt.seed(), body, false));
                return new SearchResult(run, steps, time, Optional.of(failed(attempt, note)));
            } else if (beginning.failure() != null) {
                return new SearchResult(run, steps, since(begin), Optional.of(failed(beginning, ONLY_FIRST)));
            }
            goesOn = run < schedules
                    && System.nanoTime() - begin < budget.toNanos()
                    && !Thread.currentThread().isInterrupted();
        }
        return new SearchResult(run, steps, since(begin), Optional.empty());
    }

    private static void checkRepeats(Attempt rehearsal, Attempt attempt) {
        if (!rehearsal.isSameAs(attempt)) {
            throw new CannotSimulateException(
                    "seed " + attempt.seed() + " does not give the same steps each time: they differ "
                            + rehearsal.print().difference(attempt.print())
                            + ". What the test does must follow from the seed: no wall clock, no random numbers of its own,"
                            + " no random routing, no order of a hash set, nothing that a schedule leaves behind for the"
                            + " next.",
                    new IllegalStateException("found by running the first schedule twice"));
        }
    }

    private static Duration since(long begin) {
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    private static String noteOn(Attempt attempt, Attempt again) {
        return attempt.isSameAs(again)
                ? ""
                : "\nATTENTION: when it was run again it went otherwise, "
                        + attempt.print().difference(again.print())
                        + ": the test depends on something that the seed does not decide.";
    }

    /** One run of a schedule. */
    private record Attempt(
            long seed,
            Tracer.Print print,
            List<TraceStep> last,
            @Nullable Throwable failure) {
        boolean isSameAs(Attempt other) {
            return print.isSameAs(other.print) && (failure == null) == (other.failure == null);
        }
    }

    private static ScheduleFailedError failed(Attempt attempt, String note) {
        return new ScheduleFailedError(
                attempt.seed(),
                attempt.print().steps(),
                attempt.print().hash(),
                attempt.last(),
                note,
                Objects.requireNonNull(attempt.failure()));
    }

    /** @param patient whether others are given some real time to come up at the end */
    private Attempt attempt(long seed, ScheduleBody body, boolean patient) {
        SimulatedSystem system = present();
        Engine engine = system.engine();
        engine.begin(Strategies.Session.begin(
                strategy, seed, engine.settings().turnTime().toNanos()));
        Simulation simulation = new Simulation(system, seed);
        Attempt attempt;
        try {
            Throwable failure = failureOf(body, simulation, engine);
            if (patient && failure == null) {
                engine.awaitOthers();
            }
            attempt = new Attempt(
                    seed,
                    engine.tracer().print(),
                    failure == null ? List.of() : engine.tracer().last(),
                    failure);
        } catch (OutOfMemoryError e) {
            e.addSuppressed(new AssertionError("with seed " + seed));
            throw e;
        } finally {
            simulation.end();
            if (!system.cleanUp()) {
                current = null;
            }
        }
        CannotSimulateException obstacle = engine.obstacle();
        if (obstacle != null) {
            // Found while the rest was being stopped.
            throw obstacle;
        }
        return attempt;
    }

    private static @Nullable Throwable failureOf(ScheduleBody body, Simulation simulation, Engine engine) {
        Throwable failure = null;
        try {
            body.run(simulation);
        } catch (OutOfMemoryError e) {
            throw e;
        } catch (Throwable e) {
            failure = e;
        }
        Throwable first = engine.failure();
        if (engine.obstacle() == null && first != null) {
            return first;
        }
        engine.checkObstacle();
        return failure;
    }

    // --- The end ----------------------------------------------------------------------------------------------------

    /**
     * Ends the actor system.
     *
     * @throws IllegalStateException if a schedule is running
     */
    @Override
    public void close() {
        SimulatedSystem last = current;
        if (!closed && last != null) {
            last.terminate();
        }
        closed = true;
        current = null;
    }
}
