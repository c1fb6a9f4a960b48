package dev.peili.actors.internal.dispatch;

import dev.peili.actors.internal.agenda.Work;
import dev.peili.actors.internal.dispatch.SlowTurn.Kind;
import dev.peili.actors.internal.dispatch.Watch.Verdict;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Goes round the workers at each tick, and has those looked at whose turn has kept its thread for too long. What that is,
 * each worker's {@link Watch} decides.
 *
 * <p>A round only reads and sets flags. The stack is taken and reported elsewhere, by an executor: to take it, all threads
 * may have to stop for a moment, and whoever writes the report may be slow. So there is one look at a time, and a pause
 * between two of them; a turn that is still at it then is looked at then. If it has gone on when its stack has been taken,
 * the stack is not its own, and there is no report.
 *
 * <p>That a thread of its own looks at those that should be at work, by the state of the thread and its stack, is what
 * Vert.x's {@code BlockedThreadChecker} does.
 */
final class Patrol {
    private static final long BETWEEN_LOOKS = TimeUnit.MILLISECONDS.toNanos(10);

    private final DispatcherSettings.WatchLimits settings;
    private final Places places;
    /** Null while nobody wants to be told. */
    private volatile @Nullable Desk desk;
    /** Replaced under the pool's monitor. */
    private volatile List<Post> posts = List.of();

    private volatile boolean looking;
    /** For the thread that ticks. */
    private long lastTick = System.nanoTime();

    private long lastLook = lastTick;

    /** Where the looks are taken, and who is told. */
    private record Desk(Executor executor, TurnReports reports, ThreadMXBean threads) {}

    private record Post(Worker worker, Watch watch) {}

    /** What a round saw. */
    private record Suspicion(Worker worker, long sign, Verdict verdict, long nanos, long onProcessor) {
        Kind kind() {
            return verdict == Verdict.BLOCKING ? Kind.BLOCKING : Kind.LONG;
        }
    }

    Patrol(DispatcherSettings.WatchLimits settings) {
        this.settings = settings;
        this.places = new Places(settings.places());
    }

    /** Begins with the rounds. Any thread. */
    void begin(Executor executor, TurnReports reports) {
        boolean wanted =
                !settings.longTurn().isZero() || !settings.blockingTurn().isZero();
        // A runtime image may have been made without the module.
        if (wanted && ModuleLayer.boot().findModule("java.management").isPresent()) {
            // Elsewhere, because it loads a library.
            executor.execute(() -> desk = new Desk(executor, reports, ManagementFactory.getThreadMXBean()));
        }
    }

    /** To be called, under the pool's monitor, when there is another worker. */
    void add(Worker worker) {
        List<Post> more = new ArrayList<>(posts);
        more.add(new Post(worker, new Watch(settings.longTurn(), settings.blockingTurn(), () -> cpuTime(worker))));
        posts = List.copyOf(more);
    }

    /** To be called, under the pool's monitor, when a worker ends. */
    void remove(Worker worker) {
        posts = posts.stream().filter(post -> post.worker() != worker).toList();
    }

    private long cpuTime(Worker worker) {
        Desk known = desk;
        return known == null || !known.threads().isThreadCpuTimeSupported()
                ? -1
                : known.threads().getThreadCpuTime(worker.getId());
    }

    // --- The round --------------------------------------------------------------------------------------------------

    /** Goes round once. Called by one thread. */
    void tick(long now) {
        Desk known = desk;
        if (known != null) {
            List<Post> all = posts;
            for (int i = 0; i < all.size(); i++) {
                visit(all.get(i), now, known);
            }
        }
        lastTick = now;
    }

    private void visit(Post post, long now, Desk known) {
        Worker worker = post.worker();
        Watch watch = post.watch();
        long sign = signOf(worker);
        Verdict verdict = watch.tick(sign, waits(worker), now - lastTick);
        if (verdict == Verdict.CALL) {
            worker.seat.callForSign();
        } else if (verdict != Verdict.FINE && !looking && now - lastLook > BETWEEN_LOOKS) {
            lastLook = now;
            send(
                    verdict == Verdict.BLOCKING
                            ? new Suspicion(worker, sign, verdict, watch.waited(), -1)
                            : new Suspicion(worker, sign, verdict, watch.ran(), watch.onProcessor()),
                    known);
            watch.settle(verdict);
        }
    }

    private static long signOf(Worker worker) {
        return worker.parked || worker.seat.turn() == null ? Watch.NO_TURN : worker.seat.sign();
    }

    private static boolean waits(Worker worker) {
        return switch (worker.getState()) {
            case BLOCKED, WAITING, TIMED_WAITING -> true;
            case NEW, RUNNABLE, TERMINATED -> false;
        };
    }

    private void send(Suspicion suspicion, Desk known) {
        looking = true;
        try {
            known.executor().execute(() -> {
                try {
                    look(suspicion, known.reports());
                } finally {
                    looking = false;
                }
            });
        } catch (RejectedExecutionException e) {
            // The actor system has ended: nobody is there to be told.
            desk = null;
        }
    }

    // --- The look ---------------------------------------------------------------------------------------------------

    private void look(Suspicion suspicion, TurnReports reports) {
        Worker worker = suspicion.worker();
        Work turn = worker.seat.turn();
        if (turn == null || !reports.wanted()) {
            return;
        }
        StackTraceElement[] thread = worker.getStackTrace();
        List<StackTraceElement> stack = TurnStack.of(thread);
        if (!stack.isEmpty() && holds(suspicion, thread[0])) {
            SlowTurn found = found(suspicion, turn, stack);
            if (places.add(found.kind(), found.place())) {
                tell(found, reports);
            }
        }
    }

    /** Whether the suspicion still holds, now that the thread's stack, of which this is the top, has been taken. */
    private static boolean holds(Suspicion suspicion, StackTraceElement top) {
        Worker worker = suspicion.worker();
        boolean asSuspected = switch (suspicion.verdict()) {
            case BLOCKING -> waits(worker);
            case STALLED -> !waits(worker) && top.isNativeMethod();
            case FINE, CALL, LONG -> true;
        };
        return asSuspected && signOf(worker) == suspicion.sign();
    }

    private static SlowTurn found(Suspicion suspicion, Work turn, List<StackTraceElement> stack) {
        long onProcessor = suspicion.onProcessor();
        return new SlowTurn(
                suspicion.kind(),
                turn.name(),
                turn.lane(),
                turn.owner(),
                turn.pausable(),
                Duration.ofNanos(suspicion.nanos()),
                onProcessor < 0 ? null : Duration.ofNanos(onProcessor),
                suspicion.worker().getName(),
                stack);
    }

    private void tell(SlowTurn found, TurnReports reports) {
        try {
            reports.slow(found);
            if (places.full()) {
                desk = null;
                reports.noMore(settings.places());
            }
        } catch (RuntimeException e) {
            // What writes the log is broken; it is no place to say so.
        }
    }
}
