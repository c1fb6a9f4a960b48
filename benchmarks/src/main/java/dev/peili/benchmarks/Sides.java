package dev.peili.benchmarks;

import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/** Peili and its peer, ready to be measured again and again. Each measurement has a value for each row. */
interface Sides extends AutoCloseable {
    double[] ours();

    double[] theirs();

    @Override
    void close();

    /** Sides of a measure that has one row. */
    static Sides of(DoubleSupplier ours, DoubleSupplier theirs, Runnable close) {
        return ofRows(() -> new double[] {ours.getAsDouble()}, () -> new double[] {theirs.getAsDouble()}, close);
    }

    /** Sides of a measure that has any number of rows. */
    static Sides ofRows(Supplier<double[]> ours, Supplier<double[]> theirs, Runnable close) {
        return new Sides() {
            @Override
            public double[] ours() {
                return ours.get();
            }

            @Override
            public double[] theirs() {
                return theirs.get();
            }

            @Override
            public void close() {
                close.run();
            }
        };
    }
}
