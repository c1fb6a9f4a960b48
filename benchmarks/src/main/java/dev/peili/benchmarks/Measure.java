package dev.peili.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntConsumer;

/**
 * Rows that are measured together, on both sides in turn.
 *
 * @param warmUps how many pairs do not count at least
 */
record Measure(List<Row> rows, int warmUps, Function<Effort, Sides> opening) {
    private static final int WARM_UPS = 3;
    /** Pairs do not count before this has passed, in which the JVM compiles what is measured. */
    private static final Duration WARM_UP = Duration.ofSeconds(5);

    static Measure of(Row row, Function<Effort, Sides> opening) {
        return new Measure(List.of(row), WARM_UPS, opening);
    }

    static Measure of(List<Row> rows, Function<Effort, Sides> opening) {
        return new Measure(rows, WARM_UPS, opening);
    }

    /** The same, for sides that run long enough to be warm after the first pair. */
    Measure withOneWarmUp() {
        return new Measure(rows, 1, opening);
    }

    /** @param progress is told how many pairs are done */
    List<Outcome> run(Effort effort, IntConsumer progress) {
        List<double[]> ours = new ArrayList<>();
        List<double[]> theirs = new ArrayList<>();
        try (Sides sides = opening.apply(effort)) {
            long warmFrom = System.nanoTime() + effort.time(WARM_UP).toNanos();
            for (int pair = -warmUps; pair < 0 || System.nanoTime() - warmFrom < 0; pair++) {
                sides.ours();
                sides.theirs();
            }
            for (int pair = 0; pair < effort.pairs(); pair++) {
                // Who comes second may find the machine warmer, or slower, so they take turns.
                boolean oursFirst = (pair & 1) == 0;
                double[] our = oursFirst ? sides.ours() : new double[0];
                double[] their = sides.theirs();
                ours.add(oursFirst ? our : sides.ours());
                theirs.add(their);
                progress.accept(pair + 1);
            }
        }
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            outcomes.add(new Outcome(rows.get(i), column(ours, i), column(theirs, i)));
        }
        return outcomes;
    }

    private static List<Double> column(List<double[]> values, int index) {
        return values.stream().map(all -> all[index]).toList();
    }
}
