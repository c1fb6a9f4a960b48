package dev.peili.testkit;

import java.util.SplittableRandom;

/**
 * How a schedule is chosen. What it chooses must follow from the seed and the choices alone, or no schedule could be had
 * again. Used by one thread at a time.
 */
public interface Strategy {
    /** A schedule begins. */
    void begin(long seed);

    /** The index of what happens next: from 0 to less than {@link Choice#size()}. */
    int choose(Choice choice);

    /** Each with the same probability, independent of what was chosen before. */
    static Strategy uniform() {
        return new Strategy() {
            private SplittableRandom random = new SplittableRandom(0);

            @Override
            public void begin(long seed) {
                random = new SplittableRandom(seed);
            }

            @Override
            public int choose(Choice choice) {
                return random.nextInt(choice.size());
            }

            @Override
            public String toString() {
                return "uniform";
            }
        };
    }
}
