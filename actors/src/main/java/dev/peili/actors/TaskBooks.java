package dev.peili.actors;

import dev.peili.actors.internal.agenda.Node;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/** Counts per category what is rare; it takes space when the first is counted. Thread-safe. */
final class TaskBooks {
    private @Nullable AtomicLongArray counts;

    void add(TaskCategory category) {
        all().incrementAndGet(category.lane());
    }

    private synchronized AtomicLongArray all() {
        if (counts == null) {
            counts = new AtomicLongArray(Node.LANES);
        }
        return counts;
    }

    synchronized long of(TaskCategory category) {
        return counts == null ? 0 : counts.get(category.lane());
    }

    synchronized long total() {
        long total = 0;
        for (int lane = 0; counts != null && lane < Node.LANES; lane++) {
            total += counts.get(lane);
        }
        return total;
    }
}
