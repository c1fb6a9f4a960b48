package dev.peili.examples.browser;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is compared: a dispatcher, or two, and whether there is a background. */
enum Contender {
    /** Peili, with everything on its one dispatcher. */
    PEILI("peili"),

    /** Peili with the foreground alone: nobody can be faster than this floor. */
    PEILI_ALONE("peili-alone"),

    /** Pekko's default dispatcher, a fork-join pool. */
    PEKKO_DEFAULT("pekko-default"),

    /** A fixed thread pool with a throughput of 1. */
    PEKKO_THREAD_POOL("pekko-thread-pool"),

    /** The usual advice: the foreground on a dispatcher of its own, the background on a fair one. */
    PEKKO_BULKHEAD("pekko-bulkhead");

    private final String label;

    Contender(String label) {
        this.label = label;
    }

    static Optional<Contender> named(String name) {
        return Arrays.stream(values())
                .filter(contender -> contender.label.equals(name))
                .findFirst();
    }

    static String names() {
        return Arrays.stream(values()).map(Contender::toString).collect(Collectors.joining(", "));
    }

    boolean hasBackground() {
        return this != PEILI_ALONE;
    }

    boolean isPeili() {
        return this == PEILI || this == PEILI_ALONE;
    }

    /** Starts an actor system for one run. */
    Stage newStage() {
        return switch (this) {
            case PEILI, PEILI_ALONE -> new PeiliStage();
            case PEKKO_DEFAULT -> new PekkoStage("pekko.actor.default-dispatcher", "pekko.actor.default-dispatcher");
            case PEKKO_THREAD_POOL -> new PekkoStage("fair-pool", "fair-pool");
            case PEKKO_BULKHEAD -> new PekkoStage("own-thread", "fair-pool");
        };
    }

    /** The name in tables, in JSON and on the command line. */
    @Override
    public String toString() {
        return label;
    }
}
