package dev.peili.examples.browser;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A background tab that is never done: a closed loop that plays its script in the recorded order, again and again, as fast
 * as it gets to, and keeps a few tasks queued at all times.
 *
 * <p>So the background takes whatever it is given, its queues do not grow, and an equal share is the same for every tab. Since
 * every tab does its tasks in one order, so many turns are about the same work on every dispatcher.
 */
final class BackgroundTab {
    /** How many tasks of a tab are queued or running: enough for some of its documents to run side by side. */
    static final int QUEUED = 4;

    private final List<Script.Cue> cues;
    private final List<TaskTarget> targets;
    private final Work work;
    private final AtomicBoolean over;
    private final AtomicLong turns = new AtomicLong();
    private final AtomicLong cpuMicros = new AtomicLong();
    private final CountDownLatch chains = new CountDownLatch(QUEUED);
    /** The number of the next task in the script; guarded by this object's monitor. */
    private int next;

    /**
     * @param targets where the tasks of each label go
     * @param first where in the script to begin, so that not all tabs do the same at the same time
     * @param over ends the loop when it becomes true
     */
    BackgroundTab(Script script, List<TaskTarget> targets, int first, Work work, AtomicBoolean over) {
        this.cues = script.cues();
        this.targets = targets;
        this.next = first;
        this.work = work;
        this.over = over;
    }

    /** What a tab has done so far. */
    record Done(long turns, long cpuMicros) {}

    void start() {
        for (int i = 0; i < QUEUED; i++) {
            dispatchNext();
        }
    }

    Done done() {
        return new Done(turns.get(), cpuMicros.get());
    }

    private synchronized void dispatchNext() {
        Script.Cue cue = cues.get(next);
        next = (next + 1) % cues.size();
        RecordedTask task = cue.task();
        targets.get(cue.label()).dispatch(task.name(), task.category(), () -> play(task));
    }

    private void play(RecordedTask task) {
        if (!over.get()) {
            work.burn(task.cpuMicros());
            turns.incrementAndGet();
            cpuMicros.addAndGet(task.cpuMicros());
        }
        if (over.get()) {
            chains.countDown();
        } else {
            dispatchNext();
        }
    }

    /** Waits, once it is over, until nothing is queued any more. */
    boolean awaitEnd(Duration patience) throws InterruptedException {
        return chains.await(patience.toNanos(), TimeUnit.NANOSECONDS);
    }
}
