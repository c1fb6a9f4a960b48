package dev.peili.benchmarks;

import dev.peili.actors.Turn;
import java.util.concurrent.ThreadLocalRandom;

/** Work of a known size: a number of iterations, with a checkpoint after each of its chunks. */
final class Work {
    private static final int CHUNK_MICROS = 1;

    private final long chunkIterations;

    private Work(long chunkIterations) {
        this.chunkIterations = chunkIterations;
    }

    /** Finds out how many iterations take a chunk's time on an idle core of this machine. */
    static Work calibrated() {
        long iterations = 20_000_000;
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 7; i++) {
            long before = System.nanoTime();
            burn(iterations);
            best = Math.min(best, System.nanoTime() - before);
        }
        return new Work(iterations * CHUNK_MICROS * 1000 / best);
    }

    /** Does this much of an idle core's work. */
    void run(long micros) {
        for (long done = 0; done < micros; done += CHUNK_MICROS) {
            burn(chunkIterations);
            Turn.checkpoint();
        }
    }

    private static void burn(long iterations) {
        long x = 88172645463325252L;
        for (long i = 0; i < iterations; i++) {
            x ^= x << 13;
            x ^= x >>> 7;
            x ^= x << 17;
        }
        if (x == 0) {
            throw new AssertionError("xorshift never gets to 0: " + ThreadLocalRandom.current());
        }
    }
}
