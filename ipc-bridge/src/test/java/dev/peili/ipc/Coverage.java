package dev.peili.ipc;

import java.util.Map;
import java.util.TreeMap;

/** How often something happened in all schedules, so that a proof cannot come to mean nothing without being noticed. */
final class Coverage {
    private final Map<String, Long> counts = new TreeMap<>();

    void count(String what) {
        counts.merge(what, 1L, Long::sum);
    }

    long of(String what) {
        return counts.getOrDefault(what, 0L);
    }

    @Override
    public String toString() {
        return counts.toString();
    }
}
