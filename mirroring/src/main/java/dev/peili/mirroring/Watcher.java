package dev.peili.mirroring;

import java.util.Comparator;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A callback of an actor that runs at the end of each turn in which something that it watches has changed: once a turn,
 * after all changes, however many there were. {@link Mirroring#watch} makes it. It is used in turns of its actor only.
 */
public final class Watcher {
    static final Comparator<Watcher> IN_ORDER = Comparator.comparingLong(watcher -> watcher.number);

    private final Node node;
    private final long number;
    private final Set<Watchable> watched;
    private final Runnable callback;
    private boolean cancelled;
    /** Whether it is about to run. */
    private boolean due;
    /** When it ran last. */
    private long ranAt;

    Watcher(Node node, long number, Set<Watchable> watched, Runnable callback) {
        this.node = node;
        this.number = number;
        this.watched = watched;
        this.callback = callback;
        watched.forEach(watchable -> watchable.add(this));
    }

    /**
     * Has the callback run at the end of this turn, changed or not: for what was there before the callback was.
     *
     * @return this
     */
    public Watcher notifyCurrent() {
        node.checkTurn(this, "used");
        if (!cancelled) {
            node.turn().announcement().ask(this);
        }
        return this;
    }

    /**
     * Ends it. The callback does not run any more, not even for what changed earlier in this turn, and is released.
     * Without effect if it has ended already.
     */
    public void cancel() {
        node.checkTurn(this, "used");
        end();
    }

    void end() {
        cancelled = true;
        watched.forEach(watchable -> watchable.remove(this));
        node.forget(this);
    }

    /** Whether there is something that it was not told of. */
    boolean isBehind(Watchable watchable) {
        return !cancelled && ranAt < watchable.changedAt();
    }

    /** Marks it as due; false if it was, or has ended. */
    boolean makeDue() {
        boolean now = !due && !cancelled;
        due |= now;
        return now;
    }

    void run(long tick) {
        due = false;
        if (!cancelled) {
            ranAt = tick;
            callback.run();
        }
    }

    void notDue() {
        due = false;
    }

    @Override
    public String toString() {
        return watched.stream().map(Watchable::description).collect(Collectors.joining(", ", "watcher of ", ""));
    }
}
