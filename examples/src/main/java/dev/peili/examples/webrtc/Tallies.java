package dev.peili.examples.webrtc;

/** What happened in each mode. */
record Tallies(Tally mirrorInitialized, Tally canonicalInitialized) {
    static Tallies empty() {
        return new Tallies(new Tally(), new Tally());
    }

    Tally of(Mode mode) {
        return switch (mode) {
            case MIRROR_INITIALIZED -> mirrorInitialized;
            case CANONICAL_INITIALIZED -> canonicalInitialized;
        };
    }
}
