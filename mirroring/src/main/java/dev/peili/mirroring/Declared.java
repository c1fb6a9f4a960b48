package dev.peili.mirroring;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What an actor's behavior has made, and, while the behavior starts again, what the one before it had made. Few enough
 * that a list is looked through. Thread-safe, as operators look at it, too.
 */
final class Declared<T extends Watchable> {
    private List<T> present = new ArrayList<>(0);
    private @Nullable List<T> former;

    /** The behavior starts again. */
    synchronized void begin() {
        former = present;
        present = new ArrayList<>(former.size());
    }

    /** What the behavior that starts has not made again. */
    synchronized List<T> dropped() {
        if (former == null) {
            return List.of();
        }
        List<T> dropped = new ArrayList<>(former);
        dropped.removeAll(present);
        return dropped;
    }

    /** The behavior has started; what it has not made again is forgotten, and returned. */
    synchronized List<T> settle() {
        List<T> dropped = dropped();
        former = null;
        return dropped;
    }

    /** The behavior could not start. */
    synchronized void undo() {
        if (former != null) {
            present = former;
            former = null;
        }
    }

    @Nullable
    synchronized T find(Predicate<? super T> which) {
        return find(present, which);
    }

    @Nullable
    synchronized T findFormer(Predicate<? super T> which) {
        return former == null ? null : find(former, which);
    }

    private static <T> @Nullable T find(List<T> list, Predicate<? super T> which) {
        for (T each : list) {
            if (which.test(each)) {
                return each;
            }
        }
        return null;
    }

    synchronized void add(T added) {
        present.add(added);
    }

    synchronized void remove(T removed) {
        present.remove(removed);
    }

    /** All that there are now. */
    synchronized List<T> all() {
        return List.copyOf(present);
    }
}
