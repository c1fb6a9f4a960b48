package dev.peili.testkit.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.apache.pekko.actor.Cancellable;
import org.jspecify.annotations.Nullable;

/** The timers of the simulation, and its time. Synchronized for the start of the system. */
final class Timers {
    private static final Comparator<Timer> BY_DEADLINE =
            Comparator.<Timer>comparingLong(timer -> timer.deadline).thenComparingInt(timer -> timer.number);
    private static final Comparator<Timer> BY_NUMBER = Comparator.comparingInt(timer -> timer.number);

    /** A timer that was started. */
    final class Timer implements Cancellable {
        final Author author;
        /** Who waits for an answer only until then, and what made it ask; null for a timer of another kind. */
        final @Nullable Ask ask;

        private final int number;
        private final Runnable runnable;
        private final long period;
        private long deadline;
        private boolean over;

        private Timer(Author author, int number, @Nullable Ask ask, Runnable runnable, long deadline, long period) {
            this.author = author;
            this.number = number;
            this.ask = ask;
            this.runnable = runnable;
            this.deadline = deadline;
            this.period = period;
        }

        long deadline() {
            return deadline;
        }

        @Override
        public boolean cancel() {
            boolean before = over;
            if (!before) {
                over = true;
                forget(this);
            }
            return !before;
        }

        @Override
        public boolean isCancelled() {
            return over;
        }
    }

    private final PriorityQueue<Timer> later = new PriorityQueue<>(BY_DEADLINE);
    /** Those whose time has come, by number. */
    private final List<Timer> due = new ArrayList<>();

    private long now;
    private int made;

    synchronized long now() {
        return now;
    }

    synchronized Timer start(Author author, @Nullable Ask ask, Runnable runnable, long delay, long period) {
        long deadline = now + Math.max(0, delay);
        Timer timer = new Timer(author, made++, ask, runnable, deadline < now ? Long.MAX_VALUE : deadline, period);
        later.add(timer);
        takeDue();
        return timer;
    }

    private synchronized void forget(Timer timer) {
        if (!later.remove(timer)) {
            due.remove(timer);
        }
    }

    /** How many could fire now. */
    synchronized int dueNow() {
        return due.size();
    }

    synchronized Timer due(int index) {
        return due.get(index);
    }

    /** Fires one of those that are due. */
    void fire(Timer timer) {
        if (begin(timer)) {
            timer.runnable.run();
        }
    }

    private synchronized boolean begin(Timer timer) {
        if (timer.over || !due.remove(timer)) {
            return false;
        }
        if (timer.period > 0) {
            timer.deadline += timer.period;
            later.add(timer);
            takeDue();
        } else {
            timer.over = true;
        }
        return true;
    }

    /** Lets all asks time out at once. */
    void giveUpAsks() {
        all().stream().filter(timer -> timer.ask != null && timer.cancel()).forEach(timer -> timer.runnable.run());
    }

    /** Lets time pass until the next timer is due, but not beyond the limit; false if there is none until then. */
    synchronized boolean passToNext(long limit) {
        Timer next = later.peek();
        if (next == null || next.deadline > limit) {
            return false;
        }
        passTo(next.deadline);
        return true;
    }

    /** Lets time pass until then. */
    synchronized void passTo(long then) {
        now = Math.max(now, then);
        takeDue();
    }

    private void takeDue() {
        boolean more = false;
        for (Timer next = later.peek(); next != null && next.deadline <= now; next = later.peek()) {
            due.add(later.remove());
            more = true;
        }
        if (more && due.size() > 1) {
            due.sort(BY_NUMBER);
        }
    }

    /** All that are running, in the order in which they were started. */
    synchronized List<Timer> all() {
        List<Timer> all = new ArrayList<>(due);
        all.addAll(later);
        all.sort(BY_NUMBER);
        return all;
    }

    /** Forgets all of them. */
    synchronized void clear() {
        later.clear();
        due.clear();
    }

    /** Forgets all of them, and begins at nought. */
    synchronized void reset() {
        clear();
        now = 0;
        made = 0;
    }
}
