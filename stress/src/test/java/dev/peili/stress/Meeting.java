package dev.peili.stress;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where the actors of one state wait for each other, so that they begin at nearly the same time, however long each of them
 * takes; without it the one that takes longest is soon alone. Then each waits for another random moment, so that the
 * places where they meet differ.
 */
public final class Meeting {
    private static final int SPINS = 200;

    private final AtomicInteger missing;
    private final int longestDelay;

    /** A meeting of this many actors, whose delays are as long as some of the agenda's operations. */
    public Meeting(int actors) {
        this(actors, 24);
    }

    /** @param longestDelay in spins of the processor, each some 10 to 50 ns */
    public Meeting(int actors, int longestDelay) {
        this.missing = new AtomicInteger(actors);
        this.longestDelay = longestDelay;
    }

    /** Waits for the others. To be called once by each actor. */
    @SuppressWarnings("ThreadPriorityCheck") // only saves time where there are fewer processors than actors
    public void await() {
        missing.decrementAndGet();
        for (int tries = 0; missing.get() > 0; tries++) {
            if (tries < SPINS) {
                Thread.onSpinWait();
            } else {
                Thread.yield();
            }
        }
        for (int spins = ThreadLocalRandom.current().nextInt(longestDelay); spins > 0; spins--) {
            Thread.onSpinWait();
        }
    }
}
