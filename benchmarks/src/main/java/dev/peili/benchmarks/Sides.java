package dev.peili.benchmarks;

import java.util.function.DoubleSupplier;

/** Peili and its peer, ready to be measured again and again. Each measurement has a value for each row. */
interface Sides extends AutoCloseable {
    double[] ours();

    double[] theirs();

    @Override
    void close();

    /** Sides of a measure that has one row. */
    static Sides of(DoubleSupplier ours, DoubleSupplier theirs, Runnable close) {
        return new Sides() {
            @Override
            public double[] ours() {
                return new double[] {ours.getAsDouble()};
            }

            @Override
            public double[] theirs() {
                return new double[] {theirs.getAsDouble()};
            }

            @Override
            public void close() {
                close.run();
            }
        };
    }
}
