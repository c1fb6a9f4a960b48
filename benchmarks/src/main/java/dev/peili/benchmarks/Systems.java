package dev.peili.benchmarks;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.peili.actors.Groups;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** The actor systems that measures run in: every dispatcher has as many threads as there are processors. */
final class Systems {
    /** Pekko's default dispatcher, with a throughput that suits many small messages. */
    static final Props DEFAULT = DispatcherSelector.fromConfig("peer.fork-join");

    /** The same with throughput 1, which suits long messages. */
    static final Props FAIR = DispatcherSelector.fromConfig("peer.fair");

    /** A fixed pool of threads with throughput 1. */
    static final Props THREAD_POOL = DispatcherSelector.fromConfig("peer.thread-pool");

    static final Props PINNED = DispatcherSelector.fromConfig("peer.pinned");

    /** How many threads of a dispatcher run at the same time. */
    static final int THREADS = Runtime.getRuntime().availableProcessors();

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final Config CONFIG = ConfigFactory.parseString("""
                    pekko.loglevel = WARNING
                    pekko.log-dead-letters = off
                    peer.fork-join {
                      type = Dispatcher
                      executor = fork-join-executor
                      fork-join-executor { parallelism-min = @threads@, parallelism-max = @threads@ }
                      throughput = 64
                    }
                    peer.fair = ${peer.fork-join}
                    peer.fair.throughput = 1
                    peer.thread-pool {
                      type = Dispatcher
                      executor = thread-pool-executor
                      thread-pool-executor { fixed-pool-size = @threads@ }
                      throughput = 1
                    }
                    peer.pinned { type = PinnedDispatcher, executor = thread-pool-executor }
                    """.replace("@threads@", "" + THREADS))
            .withFallback(ConfigFactory.load())
            .resolve();

    private Systems() {}

    /** A system whose guardian runs whatever it is sent, so that anybody can spawn at once. */
    static ActorSystem<Consumer<ActorContext<?>>> start(String name) {
        return start(name, ConfigFactory.empty());
    }

    /** One with settings of its own. */
    static ActorSystem<Consumer<ActorContext<?>>> start(String name, Config settings) {
        Behavior<Consumer<ActorContext<?>>> guardian = Behaviors.receive((context, action) -> {
            action.accept(context);
            return Behaviors.same();
        });
        return ActorSystem.create(guardian, name, settings.withFallback(CONFIG));
    }

    /** Keeps all threads of a dispatcher from running anything else, by as many executors there, until the latch opens. */
    static CountDownLatch hold(List<? extends Executor> executors) {
        CountDownLatch held = new CountDownLatch(executors.size());
        CountDownLatch release = new CountDownLatch(1);
        executors.forEach(executor -> executor.execute(() -> {
            held.countDown();
            await(release);
        }));
        await(held);
        return release;
    }

    static <T> ActorRef<T> spawn(
            ActorSystem<Consumer<ActorContext<?>>> system, Behavior<T> behavior, String name, Props props) {
        CompletableFuture<ActorRef<T>> reply = new CompletableFuture<>();
        system.tell(context -> reply.complete(context.spawn(behavior, name, props)));
        return get(reply);
    }

    /** Stops what was spawned, and waits until it is gone. */
    static void stopChildren(ActorSystem<Consumer<ActorContext<?>>> system) {
        tellChildrenToStop(system);
        await(() -> {
            CompletableFuture<Boolean> gone = new CompletableFuture<>();
            system.tell(context -> gone.complete(context.getChildren().isEmpty()));
            return get(gone);
        });
    }

    /** The same, without waiting. */
    static void tellChildrenToStop(ActorSystem<Consumer<ActorContext<?>>> system) {
        system.tell(context -> context.getChildren().forEach(child -> context.stop(child)));
    }

    static void await(CountDownLatch latch) {
        if (!awaitFor(latch, PATIENCE)) {
            throw new IllegalStateException("not done after a minute");
        }
    }

    /** Says whether the latch was open in time. */
    static boolean awaitFor(CountDownLatch latch, Duration atMost) {
        try {
            return latch.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits until all groups but the root group have ended. */
    static void awaitNoGroups(ActorSystem<?> system) {
        await(() -> Groups.get(system).snapshot().size() <= 1);
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new IllegalStateException("not after a minute");
            }
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }

    static void stop(ActorSystem<?> system) {
        system.terminate();
        get(system.getWhenTerminated());
    }

    static <T> T get(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
