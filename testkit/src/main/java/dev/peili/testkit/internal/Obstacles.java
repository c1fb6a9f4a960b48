package dev.peili.testkit.internal;

import dev.peili.actors.internal.dispatch.TurnGuest;
import dev.peili.testkit.CannotSimulateException;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import org.apache.pekko.dispatch.Envelope;
import org.apache.pekko.dispatch.Mailbox;
import scala.Function0;
import scala.concurrent.BlockContext;
import scala.concurrent.CanAwait;

/** What cannot be simulated, in words. */
final class Obstacles {
    private Obstacles() {}

    static CannotSimulateException stray(Thread thread, String did, Object subject) {
        return new CannotSimulateException(
                "thread '" + thread.getName() + "' " + did + " (" + nameOf(subject)
                        + "), but the order of a schedule must"
                        + " not depend on other threads. Run that on a dispatcher of the simulated actor system, or replace"
                        + " it in the test by an actor or a future that is completed there.",
                new IllegalStateException("here, on thread '" + thread.getName() + "'"));
    }

    static CannotSimulateException late(Thread thread, Object subject) {
        return new CannotSimulateException(
                "after an earlier schedule had ended, thread '" + thread.getName() + "' gave work to the actor system ("
                        + nameOf(subject) + "); something runs there that is not simulated",
                new IllegalStateException("found at the beginning of the next schedule"));
    }

    private static String nameOf(Object subject) {
        if (subject instanceof Mailbox mailbox) {
            return "a message for " + mailbox.actor().self().path().toStringWithoutAddress();
        } else if (subject instanceof Envelope envelope) {
            return Tracer.describe(Tracer.kindOf(envelope.message()));
        }
        return subject instanceof String name ? name : Tracer.describe(Tracer.kindOf(subject));
    }

    static CannotSimulateException blocked(Thread thread, StackTraceElement[] stack, boolean inStep) {
        IllegalStateException where = new IllegalStateException("blocked here, in state " + thread.getState());
        where.setStackTrace(stack);
        String place = Arrays.stream(stack)
                .filter(frame -> !isLibrary(frame.getClassName()))
                .findFirst()
                .map(StackTraceElement::toString)
                .orElse("the JDK");
        String wayOut = inStep
                ? "What it waits for cannot happen before this step ends. Do not block in a turn: let the answer come as"
                        + " a message; for time, use a timer."
                : "Nothing runs while the test waits. Let the simulation run on: use await, runUntil, or a probe.";
        return new CannotSimulateException(
                (inStep ? "a step" : "the test") + " blocks its thread at " + place + ". " + wayOut, where);
    }

    private static boolean isLibrary(String type) {
        return type.startsWith(Obstacles.class.getPackageName())
                || type.startsWith("java.")
                || type.startsWith("jdk.")
                || type.startsWith("scala.")
                || type.startsWith("org.apache.pekko.");
    }

    /** Runs the step so that it fails where it is about to block on a Scala future. */
    static boolean whileBlockingIsSeen(BooleanSupplier step) {
        return BlockContext.withBlockContext(Refusal.INSTANCE, () -> step.getAsBoolean());
    }

    private static final class Refusal implements BlockContext {
        static final Refusal INSTANCE = new Refusal();

        @Override
        public <T> T blockOn(Function0<T> thunk, CanAwait permission) {
            CannotSimulateException refusal =
                    blocked(Thread.currentThread(), Thread.currentThread().getStackTrace(), true);
            if (TurnGuest.current() instanceof Engine engine) {
                // For whoever catches what is thrown here, as an actor's supervision does.
                engine.obstacle(refusal);
            }
            throw refusal;
        }
    }
}
