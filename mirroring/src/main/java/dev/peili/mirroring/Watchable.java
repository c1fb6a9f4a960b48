package dev.peili.mirroring;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Something of an actor that changes from turn to turn, and that callbacks of the same actor can watch: see {@link
 * Mirroring#watch}. Each subclass says what a change of it is. Users do not extend it.
 *
 * <p>The idea is Gecko's {@code StateWatching.h}.
 */
public abstract class Watchable {
    private static final Watcher[] NOBODY = {};

    /** Who watches; null where nobody ever did. */
    private @Nullable Watchers watchers;

    private static final class Watchers {
        Watcher[] all = NOBODY;
        /** When it changed last, in the ticks of its actor. */
        long changedAt;
        /** Whether its actor knows that it has changed. */
        boolean touched;
    }

    Watchable() {}

    /** Whose it is. */
    abstract Node node();

    /** What it is, and whose, for messages to people. Any thread. */
    abstract String description();

    /** Whether its changes in the running turn are undone if that fails. */
    abstract boolean isUndone();

    /** The turn that made it has failed, or the behavior has not made it again. */
    void gone() {}

    /** Has its watchers told at the end of the turn. */
    final void changed() {
        Watchers known = watchers;
        if (known != null && known.all.length > 0) {
            known.changedAt = node().turn().announcement().tick();
            if (!known.touched) {
                known.touched = true;
                node().turn().announcement().touched(this);
            }
        }
    }

    /** Takes the mark off that the actor knows of the change. */
    final void noted() {
        if (watchers != null) {
            watchers.touched = false;
        }
    }

    /** Who watches; not to be changed. */
    final Watcher[] watchers() {
        return watchers == null ? NOBODY : watchers.all;
    }

    final long changedAt() {
        return watchers == null ? 0 : watchers.changedAt;
    }

    final void add(Watcher watcher) {
        Watchers known = watchers == null ? new Watchers() : watchers;
        watchers = known;
        known.all = Arrays.copyOf(known.all, known.all.length + 1);
        known.all[known.all.length - 1] = watcher;
    }

    final void remove(Watcher watcher) {
        if (watchers != null) {
            watchers.all = Arrays.stream(watchers.all)
                    .filter(other -> other != watcher)
                    .toArray(Watcher[]::new);
        }
    }

    /** What it is, and whose. Any thread. */
    @Override
    public final String toString() {
        return description();
    }
}
