package dev.peili.actors;

import dev.peili.actors.internal.agenda.Node;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/** Counts per category the tasks that failed or were rejected; it takes space when the first is counted. Thread-safe. */
final class TaskBooks {
    private static final int FAILURES = 0;
    private static final int REJECTIONS = Node.LANES;

    /** Of each lane, the failures and then the rejections. */
    private @Nullable AtomicLongArray counts;

    void addFailure(TaskCategory category) {
        all().incrementAndGet(FAILURES + category.lane());
    }

    void addRejection(TaskCategory category) {
        all().incrementAndGet(REJECTIONS + category.lane());
    }

    private synchronized AtomicLongArray all() {
        if (counts == null) {
            counts = new AtomicLongArray(2 * Node.LANES);
        }
        return counts;
    }

    long failures(TaskCategory category) {
        return count(FAILURES + category.lane());
    }

    long rejections(TaskCategory category) {
        return count(REJECTIONS + category.lane());
    }

    /** Those of all categories. */
    long failures() {
        long total = 0;
        for (int lane = 0; lane < Node.LANES; lane++) {
            total += count(FAILURES + lane);
        }
        return total;
    }

    private synchronized long count(int index) {
        return counts == null ? 0 : counts.get(index);
    }
}
