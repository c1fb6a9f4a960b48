package dev.peili.testkit.internal;

import dev.peili.testkit.Strategy;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** What a seed stands for. */
public final class Strategies {
    static final RandomGenerator NO_RANDOM = () -> 0;

    private Strategies() {}

    /**
     * The decisions of one schedule.
     *
     * @param strategy says what is next
     * @param random what everything else that is random is taken from
     * @param turnTime how long a step takes at most, in nanoseconds
     */
    public record Session(Strategy strategy, RandomGenerator random, long turnTime) {
        /** What comes first goes first. */
        public static final Session NONE = new Session(Strategy.uniform(), NO_RANDOM, 0);

        /** Begins the decisions of this seed. */
        public static Session begin(Strategy strategy, long seed, long turnTime) {
            SplittableRandom random = new SplittableRandom(seed);
            strategy.begin(random.split().nextLong());
            return new Session(strategy, random, turnTime);
        }
    }
}
