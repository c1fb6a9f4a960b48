package dev.peili.testkit.internal;

import com.typesafe.config.Config;
import java.util.concurrent.ThreadFactory;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.Scheduler;
import org.apache.pekko.event.LoggingAdapter;
import scala.concurrent.ExecutionContext;
import scala.concurrent.duration.FiniteDuration;

/**
 * Pekko's scheduler in virtual time. A timer that fires runs at once, as one step, and not on the executor that it names: all
 * of them are the same thread.
 *
 * <p>It is the first that Pekko makes of what belongs to a simulation, so it has the engine.
 */
public final class VirtualScheduler implements Scheduler {
    private static final String ASK = "org.apache.pekko.pattern.PromiseActorRef";
    private static final String DISPATCHER = "org.apache.pekko.dispatch.MessageDispatcher";

    /** How far away that may be. */
    private static final int CALLERS = 8;

    private static final StackWalker STACK = StackWalker.getInstance();

    private final Engine engine;

    /** Called by Pekko, as {@code pekko.scheduler.implementation}. */
    @SuppressWarnings("UnusedVariable")
    public VirtualScheduler(Config config, LoggingAdapter log, ThreadFactory threads) {
        engine = new Engine(SimulationSettings.of(config));
    }

    /** What runs the actor system. */
    public Engine engine() {
        return engine;
    }

    @Override
    @Deprecated
    public Cancellable schedule(
            FiniteDuration initialDelay, FiniteDuration interval, Runnable runnable, ExecutionContext executor) {
        return engine.startTimer(runnable, initialDelay.toNanos(), Math.max(1, interval.toNanos()), false);
    }

    @Override
    public Cancellable scheduleOnce(FiniteDuration delay, Runnable runnable, ExecutionContext executor) {
        if (runnable.getClass().getName().startsWith(DISPATCHER)) {
            // A dispatcher without actors would shut its executor down; here it has no threads to spare.
            return Cancellable.alreadyCancelled();
        }
        return engine.startTimer(runnable, delay.toNanos(), 0, isCalledByAsk());
    }

    /** The runnable does not tell what it is for: Scala's compiler copies code from method to method. */
    private static boolean isCalledByAsk() {
        return STACK.walk(frames ->
                frames.limit(CALLERS).anyMatch(frame -> frame.getClassName().startsWith(ASK)));
    }

    @Override
    public double maxFrequency() {
        return 1e9;
    }
}
