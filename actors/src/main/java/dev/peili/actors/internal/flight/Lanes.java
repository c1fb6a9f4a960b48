package dev.peili.actors.internal.flight;

/** The names of the categories, by the numbers of their lanes. */
final class Lanes {
    private static final String[] NAMES = {
        "UI", "REFRESH_DRIVER", "NETWORK", "TIMER", "WORKER", "OTHER", "GARBAGE_COLLECTION", "IDLE_CALLBACK"
    };

    private Lanes() {}

    static String name(int lane) {
        return NAMES[lane];
    }
}
