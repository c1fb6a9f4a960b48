package dev.peili.examples.browser;

import dev.peili.actors.Turn;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Work of a given CPU time: a number of iterations that stand for it on this machine.
 *
 * <p>Iterations are counted and no clock is read, so a task is the same work on every dispatcher, also where its thread has
 * to share a processor. After every 25 microseconds of it there is a {@linkplain Turn#checkpoint checkpoint}, which does
 * nothing outside of Peili.
 */
final class Work {
    static final long CHECKPOINT_MICROS = 25;
    /** The part of its best speed that a processor is taken to keep up; what it is short of that ends up in the delays. */
    static final double SUSTAINED = 0.8;

    private static final int CHUNK = 10_000;
    private static final long SETTLE_NANOS = 200_000_000;
    private static final long SAMPLE_NANOS = 5_000_000;
    private static final int SAMPLES = 60;

    private final double iterationsPerMicro;

    Work(double iterationsPerMicro) {
        this.iterationsPerMicro = iterationsPerMicro;
    }

    /**
     * Measures how fast this machine is: the best of many samples, with a thread on every processor, less a fifth.
     *
     * <p>So a processor at its best does the work of a recorded microsecond in {@link #SUSTAINED} microseconds: a fifth
     * less is played than was recorded. Recorded tasks follow one another without a gap, often for half a second, and no
     * processor is sure to keep its best speed for that long. With work that takes only a few percent longer than it was
     * recorded to, each task would wait for all before it, and its delay would tell more about this measurement than about
     * the dispatcher. The fifth is the room for that, and it is the same for every dispatcher.
     */
    static Work calibrate() {
        sample(SETTLE_NANOS);
        List<CompletableFuture<Double>> threads = Stream.generate(() -> CompletableFuture.supplyAsync(
                        Work::best, samples -> new Thread(samples, "calibration").start()))
                .limit(Systems.processors())
                .toList();
        double best =
                threads.stream().mapToDouble(CompletableFuture::join).max().orElseThrow();
        return new Work(best * SUSTAINED);
    }

    private static double best() {
        return IntStream.range(0, SAMPLES)
                .mapToDouble(i -> sample(SAMPLE_NANOS))
                .max()
                .orElseThrow();
    }

    private static double sample(long nanos) {
        long start = System.nanoTime();
        long state = 1;
        long chunks = 0;
        long elapsed;
        do {
            state = iterate(state, CHUNK);
            chunks++;
            elapsed = System.nanoTime() - start;
        } while (elapsed < nanos);
        see(state);
        return chunks * (double) CHUNK * 1_000 / elapsed;
    }

    double iterationsPerMicro() {
        return iterationsPerMicro;
    }

    /** Does the work of so much CPU time. */
    void burn(long micros) {
        long left = Math.round(micros * iterationsPerMicro);
        int chunk = (int) Math.max(1, Math.round(CHECKPOINT_MICROS * iterationsPerMicro));
        long state = 1;
        while (left > chunk) {
            state = iterate(state, chunk);
            left -= chunk;
            Turn.checkpoint();
        }
        see(iterate(state, (int) left));
    }

    /** Xorshift (Marsaglia 2003): each step needs the one before, and from 1 it never comes to 0. */
    private static long iterate(long state, int times) {
        long x = state;
        for (int i = 0; i < times; i++) {
            x ^= x << 13;
            x ^= x >>> 7;
            x ^= x << 17;
        }
        return x;
    }

    /** Uses the outcome for something, or the compiler might leave the iterations out. */
    private static void see(long state) {
        if (state == 0) {
            throw new IllegalStateException("xorshift came to 0");
        }
    }
}
