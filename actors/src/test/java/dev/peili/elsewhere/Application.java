package dev.peili.elsewhere;

import dev.peili.actors.Turn;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** What an application should not do in a turn, and some of what it may; in a package that is none of Peili's. */
public final class Application {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private Application() {}

    /** Runs without a checkpoint until the condition holds. */
    public static void compute(BooleanSupplier until) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!until.getAsBoolean() && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    /** Does the same at another place in the code. */
    public static void calculate(BooleanSupplier until) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!until.getAsBoolean() && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    /** Runs with a checkpoint now and then until the condition holds. */
    public static void computeWithCheckpoints(BooleanSupplier until) {
        while (!until.getAsBoolean()) {
            Turn.checkpoint();
        }
    }

    /** Runs until the condition holds, and would stop earlier if others waited. */
    public static void computeUnlessOthersWait(BooleanSupplier until) {
        while (!until.getAsBoolean() && !Turn.shouldYield()) {
            Thread.onSpinWait();
        }
    }

    /** Waits for a monitor. */
    public static void enter(Object monitor, AtomicInteger entered) {
        synchronized (monitor) {
            entered.incrementAndGet();
        }
    }

    /** Waits for a latch. */
    public static void await(CountDownLatch latch) {
        try {
            if (!latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("waited in vain");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits for a byte from the network. */
    public static int read(InputStream stream) {
        try {
            return stream.read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An actor that waits for another one's answer to each of its messages. */
    public static Behavior<String> askAndWait(ActorRef<ActorRef<String>> other) {
        return Behaviors.receive((context, message) -> {
            AskPattern.<ActorRef<String>, String>ask(
                            other,
                            replyTo -> replyTo,
                            PATIENCE,
                            context.getSystem().scheduler())
                    .toCompletableFuture()
                    .join();
            return Behaviors.same();
        });
    }
}
