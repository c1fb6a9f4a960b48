package dev.peili.examples.browser;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;

/**
 * The tab in the foreground: an open loop that dispatches each task at its recorded time, whether or not earlier ones have
 * run.
 *
 * <p>A task's delay counts from its planned time, so whatever holds up the thread that dispatches counts too ("coordinated
 * omission" is not hidden). A task that has not started in the end counts with the time that it has waited by then.
 */
final class ForegroundTab {
    private static final long NOT_STARTED = -1;

    private final List<Planned> plan;
    private final List<TaskTarget> targets;
    private final Work work;
    private final AtomicBoolean over;
    private final AtomicLongArray delays;
    private final CountDownLatch left;

    /**
     * @param plan what to dispatch, in the order of time
     * @param targets where the tasks of each label go
     * @param over tasks that start when it is true do nothing
     */
    ForegroundTab(List<Planned> plan, List<TaskTarget> targets, Work work, AtomicBoolean over) {
        this.plan = plan;
        this.targets = targets;
        this.work = work;
        this.over = over;
        this.left = new CountDownLatch(plan.size());
        this.delays = new AtomicLongArray(plan.size());
        for (int i = 0; i < plan.size(); i++) {
            delays.set(i, NOT_STARTED);
        }
    }

    /**
     * One task to be dispatched.
     *
     * @param micros when, in microseconds from the start
     */
    record Planned(long micros, Script.Cue cue) {}

    /** Plays a script for as long, from its start, and over again as often as it ends before that. */
    static List<Planned> plan(Script script, Duration length) {
        long end = TimeUnit.NANOSECONDS.toMicros(length.toNanos());
        long span = Math.max(1, script.recording().spanMicros());
        List<Planned> plan = new ArrayList<>();
        for (long pass = 0; pass < end; pass += span) {
            for (Script.Cue cue : script.cues()) {
                long micros = pass + cue.task().startMicros();
                if (micros < end) {
                    plan.add(new Planned(micros, cue));
                }
            }
        }
        return plan;
    }

    /** Dispatches everything at its time and returns after the last. */
    void play(long startNanos) {
        for (int i = 0; i < plan.size(); i++) {
            Planned planned = plan.get(i);
            RecordedTask task = planned.cue().task();
            long due = startNanos + TimeUnit.MICROSECONDS.toNanos(planned.micros());
            int number = i;
            sleepUntil(due);
            targets.get(planned.cue().label())
                    .dispatch(task.name(), task.category(), () -> perform(number, due, task.cpuMicros()));
        }
    }

    private void perform(int number, long due, long micros) {
        if (!over.get()) {
            delays.set(number, System.nanoTime() - due);
            work.burn(micros);
            left.countDown();
        }
    }

    static void sleepUntil(long nanoTime) {
        for (long left = nanoTime - System.nanoTime(); left > 0; left = nanoTime - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    long planned() {
        return plan.size();
    }

    /** How many have run to their end. */
    long run() {
        return plan.size() - left.getCount();
    }

    /** Waits until all have run, but no longer than this, and says how many have. */
    long runWithin(Duration patience) throws InterruptedException {
        boolean all = left.await(patience.toNanos(), TimeUnit.NANOSECONDS);
        return all ? plan.size() : run();
    }

    /** The delay of every task, in nanoseconds, where those that have not started have waited until now. */
    long[] delays(long startNanos, long now) {
        long[] all = new long[plan.size()];
        for (int i = 0; i < all.length; i++) {
            long delay = delays.get(i);
            all[i] = delay == NOT_STARTED
                    ? now
                            - startNanos
                            - TimeUnit.MICROSECONDS.toNanos(plan.get(i).micros())
                    : delay;
        }
        return all;
    }
}
