package dev.peili.testkit.internal;

import java.util.ArrayList;
import java.util.List;

/**
 * What could run next and is in no group, sorted by number: which of two was scheduled first, in the same turn, does not
 * matter. That can depend on the hash codes of refs, which are random.
 */
final class ReadyList {
    /** Something that can run; a mailbox has one for life. */
    static final class Ready {
        final Author author;
        final Runnable runnable;

        Ready(Author author, Runnable runnable) {
            this.author = author;
            this.runnable = runnable;
        }
    }

    private final List<Ready> sorted = new ArrayList<>();

    int size() {
        return sorted.size();
    }

    Ready get(int index) {
        return sorted.get(index);
    }

    void add(Ready ready) {
        int number = ready.author.number();
        int low = 0;
        int high = sorted.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted.get(middle).author.number() <= number) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        sorted.add(low, ready);
    }

    Ready remove(int index) {
        return sorted.remove(index);
    }

    void clear() {
        sorted.clear();
    }
}
