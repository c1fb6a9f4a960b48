package dev.peili.actors;

import static org.assertj.core.api.Assertions.fail;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The actor systems and gates of one test, which are shut down and opened after it, and what all tests wait with. */
final class Systems implements AfterEachCallback {
    /** A deep proof is waited for until it is done. */
    private static final long PATIENCE_SECONDS = Boolean.getBoolean("peili.deep") ? 1_800 : 10;

    private static final AtomicLong NAMES = new AtomicLong();

    private final List<Gate> gates = new CopyOnWriteArrayList<>();
    private final List<ActorTestKit> kits = new CopyOnWriteArrayList<>();
    private final List<ManualTime> clocks = new CopyOnWriteArrayList<>();

    /** A task that occupies its group, and a permit, until it is opened. */
    static final class Gate implements Runnable {
        private final CountDownLatch entered = new CountDownLatch(1);
        private final CountDownLatch opened = new CountDownLatch(1);

        @Override
        public void run() {
            entered.countDown();
            Systems.await(opened);
        }

        void awaitEntered() {
            Systems.await(entered);
        }

        boolean isEntered() {
            return entered.getCount() == 0;
        }

        void open() {
            opened.countDown();
        }
    }

    /** An actor system whose dispatcher has so many permits; settings are lines such as {@code pause = hand-over}. */
    ActorTestKit start(int permits, String... settings) {
        return start(config("permits = " + permits + "\n" + String.join("\n", settings)));
    }

    ActorTestKit start(Config config) {
        ActorTestKit kit = ActorTestKit.create(newName(), config);
        kits.add(kit);
        return kit;
    }

    /** An actor system whose scheduler's time passes only by {@link ManualTime}. */
    ActorTestKit startWithManualTime(int permits, String... settings) {
        Config config = config("permits = " + permits + "\n" + String.join("\n", settings));
        ActorTestKit kit = start(ManualTime.config().withFallback(config));
        clocks.add(ManualTime.get(kit.system()));
        return kit;
    }

    /** The groups of a system with so many permits. */
    Groups groups(int permits, String... settings) {
        return Groups.get(start(permits, settings).system());
    }

    /** The system that was started last. */
    ActorSystem<Void> latestSystem() {
        return kits.get(kits.size() - 1).system();
    }

    /** Waits until so many callbacks in no group have run on the latest system's dispatcher. */
    void runLoose(int count) {
        CountDownLatch done = new CountDownLatch(count);
        for (int i = 0; i < count; i++) {
            loose().execute(done::countDown);
        }
        await(done);
    }

    /** The latest system's dispatcher, as an executor of callbacks that are in no group. */
    Executor loose() {
        return latestSystem().dispatchers().lookup(DispatcherSelector.fromConfig("peili.dispatcher"));
    }

    static String newName() {
        return "test-" + NAMES.incrementAndGet();
    }

    /** The configuration with these lines in the dispatcher's section; without a watchdog, as tests block in gates. */
    static Config config(String settings) {
        return ConfigFactory.parseString("peili.dispatcher {\n" + settings + "\n}")
                .withFallback(
                        ConfigFactory.parseString("peili.dispatcher.watchdog { long-turn = 0, blocking-turn = 0 }"))
                .withFallback(ConfigFactory.load());
    }

    Gate gate() {
        Gate gate = new Gate();
        gates.add(gate);
        return gate;
    }

    /** A gate that a turn of the group has entered. */
    Gate occupy(SchedulerGroup group) {
        Gate gate = gate();
        group.dispatch("gate", TaskCategory.UI, gate);
        gate.awaitEntered();
        return gate;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        gates.forEach(Gate::open);
        kits.forEach(ActorTestKit::shutdownTestKit);
        // For the end of the threads, which Pekko leaves to the scheduler.
        clocks.forEach(clock -> clock.timePasses(Duration.ofSeconds(5)));
    }

    static Document background(Groups groups) {
        return groups.openTab().openDocument("https://www.example.org/");
    }

    static Document foreground(Groups groups) {
        Tab tab = groups.openTab();
        tab.setVisible(true);
        return tab.openDocument("https://www.example.org/");
    }

    static <T> ActorRef<T> spawn(SchedulerGroup group, Behavior<T> behavior, String name) {
        return get(group.spawn(behavior, name, TaskCategory.OTHER));
    }

    static void await(CountDownLatch latch) {
        try {
            if (!latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                fail("waited in vain for " + latch);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(2 * PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                fail("waited in vain for: " + what);
            }
            LockSupport.parkNanos(200_000);
        }
    }

    static <T> T get(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits until a task that is dispatched now has run, and so all before it in this group and category. */
    static void runThrough(SchedulerGroup group, TaskCategory category) {
        CountDownLatch done = new CountDownLatch(1);
        group.dispatch("run through", category, done::countDown);
        await(done);
    }

    /** Runs each of them on a thread of its own until all have ended. */
    static void inParallel(Runnable... actions) {
        List<Thread> threads = new CopyOnWriteArrayList<>();
        List<Throwable> failures = new CopyOnWriteArrayList<>();
        for (Runnable action : actions) {
            Thread thread = new Thread(action, "parallel");
            thread.setUncaughtExceptionHandler((failed, failure) -> failures.add(failure));
            threads.add(thread);
            thread.start();
        }
        await("end of " + threads.size() + " threads", () -> threads.stream().noneMatch(Thread::isAlive));
        failures.forEach(failure -> fail("in parallel", failure));
    }

    /** How many threads the dispatcher of this system has, without its ticker. */
    static long threads(ActorSystem<?> system) {
        return threads(system, name -> !name.endsWith("-ticker"));
    }

    /** How many tickers the dispatcher of this system has. */
    static long tickers(ActorSystem<?> system) {
        return threads(system, name -> name.endsWith("-ticker"));
    }

    private static long threads(ActorSystem<?> system, Predicate<String> which) {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith(system.name() + "-peili.dispatcher-"))
                .filter(which)
                .count();
    }

    static void spin(long nanos) {
        long end = System.nanoTime() + nanos;
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    /** This percentage of the time that long proofs may take. */
    static long budgetNanos(int percent) {
        return TimeUnit.SECONDS.toNanos(Integer.getInteger("peili.budget.seconds", 5)) * percent / 100;
    }

    static int rounds(int usual, int deep) {
        return Boolean.getBoolean("peili.deep") ? deep : usual;
    }

    static long seed() {
        return Long.getLong("peili.seed", ThreadLocalRandom.current().nextLong());
    }
}
