package dev.peili.mirroring;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tells the watchers of an actor at the end of its turns what has changed: in rounds, because a watcher may change
 * something in its turn. A watcher runs again only if something changed after it had begun to run.
 */
final class Announcement {
    private final Node node;
    private final int maxRounds;
    /** What changed and was not announced. */
    private List<Watchable> touched = new ArrayList<>(0);

    private List<Watchable> spare = new ArrayList<>(0);
    /** Who asked to be told in any case. */
    private final List<Watcher> asked = new ArrayList<>(0);
    /** Those of them who are told in this turn. */
    private final List<Watcher> askedNow = new ArrayList<>(0);
    /** Who is told in this round. */
    private final List<Watcher> due = new ArrayList<>(0);
    /** What changed in this turn and remains so if the turn fails. */
    private final List<Watchable> lasting = new ArrayList<>(0);

    /** Who runs; if the turn fails, whose fault that is. */
    private @Nullable Watcher culprit;

    private long ticks;
    private boolean running;
    /** Whether nobody can be said to have failed, as all of them together do not come to rest. */
    private boolean isEndless;

    Announcement(Node node, int maxRounds) {
        this.node = node;
        this.maxRounds = maxRounds;
    }

    /** Whether watchers run now, so that each change is a new one. */
    boolean isRunning() {
        return running;
    }

    long tick() {
        return ++ticks;
    }

    void touched(Watchable watchable) {
        touched.add(watchable);
        if (!watchable.isUndone()) {
            lasting.add(watchable);
        }
    }

    void ask(Watcher watcher) {
        asked.add(watcher);
    }

    /** Whether there is nothing to tell. */
    boolean isEmpty() {
        return touched.isEmpty() && asked.isEmpty();
    }

    /** Runs the watchers until nothing changes any more. */
    void run() {
        running = true;
        for (int round = 1; !isEmpty(); round++) {
            if (round > maxRounds) {
                isEndless = true;
                throw new IllegalStateException("watchers of " + node.path() + " still changed something after "
                        + maxRounds + " rounds in one turn: "
                        + touched.stream().map(Watchable::description).collect(Collectors.joining(", "))
                        + "; what a watcher sets must come to rest (peili.mirroring.max-watch-rounds)");
            }
            collect();
            for (Watcher watcher : due) {
                culprit = watcher;
                watcher.run(tick());
            }
            due.clear();
        }
        running = false;
        culprit = null;
        lasting.clear();
        askedNow.clear();
    }

    private void collect() {
        List<Watchable> news = touched;
        touched = spare;
        spare = news;
        for (Watchable watchable : news) {
            watchable.noted();
            for (Watcher watcher : watchable.watchers()) {
                if (watcher.isBehind(watchable) && watcher.makeDue()) {
                    due.add(watcher);
                }
            }
        }
        news.clear();
        for (Watcher watcher : asked) {
            if (watcher.makeDue()) {
                due.add(watcher);
            }
        }
        if (!asked.isEmpty()) {
            askedNow.addAll(asked);
            asked.clear();
        }
        if (due.size() > 1) {
            due.sort(Watcher.IN_ORDER);
        }
    }

    /**
     * The turn has failed: what it had to tell is forgotten. But who watches what remains true is told in the next turn,
     * again if need be, because what watchers made of it is undone; only not the one who failed over it, or it would fail for
     * ever.
     */
    void fail() {
        running = false;
        Set<Watcher> owed = new LinkedHashSet<>(0);
        if (!isEndless) {
            owed.addAll(askedNow);
            owed.remove(culprit);
            for (Watchable watchable : lasting) {
                for (Watcher watcher : watchable.watchers()) {
                    if (watcher != culprit || watcher.isBehind(watchable)) {
                        owed.add(watcher);
                    }
                }
            }
        }
        due.forEach(Watcher::notDue);
        touched.forEach(Watchable::noted);
        clear();
        asked.addAll(owed);
    }

    /** A new incarnation begins, without any watcher. */
    void forget() {
        clear();
        asked.clear();
    }

    private void clear() {
        due.clear();
        touched.clear();
        lasting.clear();
        askedNow.clear();
        culprit = null;
        isEndless = false;
    }
}
