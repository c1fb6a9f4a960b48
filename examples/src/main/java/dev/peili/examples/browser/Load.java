package dev.peili.examples.browser;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What every dispatcher is given to do.
 *
 * @param scripts what the tabs play; the first one is played in the foreground, too
 * @param backgroundTabs how many tabs play them in turn, in the background
 * @param length for how long
 */
record Load(List<Script> scripts, int backgroundTabs, Duration length) {
    private static final Duration DEFAULT_LENGTH = Duration.ofSeconds(5);
    /** How many times what the processors can do the background needs at recorded speed, by default. */
    private static final int DEFAULT_OVERLOAD = 3;

    private static final int LEAST_TABS_PER_PROCESSOR = 4;
    private static final int MOST_TABS = 500;

    Load {
        scripts = List.copyOf(scripts);
    }

    Load(List<Script> scripts, OptionalInt backgroundTabs, Optional<Duration> length) {
        this(scripts, backgroundTabs.orElseGet(() -> enoughTabs(scripts)), length.orElse(DEFAULT_LENGTH));
    }

    private static int enoughTabs(List<Script> scripts) {
        double share = scripts.stream().mapToDouble(Script::cpuShare).average().orElseThrow();
        long enough = (long) Math.ceil(DEFAULT_OVERLOAD * Systems.processors() / Math.max(share, 1e-6));
        long least = (long) LEAST_TABS_PER_PROCESSOR * Systems.processors();
        return (int) Math.min(Math.max(enough, least), MOST_TABS);
    }

    /** What a tab plays in the background, by its number. */
    Script backgroundScript(int tab) {
        return scripts.get(tab % scripts.size());
    }

    /** How many processors the background would need at recorded speed. */
    double backgroundProcessors() {
        double sum = 0;
        for (int tab = 0; tab < backgroundTabs; tab++) {
            sum += backgroundScript(tab).cpuShare();
        }
        return sum;
    }
}
