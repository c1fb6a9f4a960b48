package dev.peili.benchmarks;

import java.lang.management.ManagementFactory;

/** The heap that is in use. */
final class Heap {
    private static final int COLLECTIONS = 4;

    private Heap() {}

    /** How many bytes are reachable, about. */
    static long used() {
        long used = Long.MAX_VALUE;
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
            used = Math.min(
                    used,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return used;
    }
}
