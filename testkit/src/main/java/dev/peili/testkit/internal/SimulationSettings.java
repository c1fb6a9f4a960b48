package dev.peili.testkit.internal;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.time.Duration;
import java.util.function.Function;

/**
 * What the section {@code peili.testkit} says, checked.
 *
 * @param turnTime how long a step takes at most
 * @param inOrderOfArrival whether messages of different senders keep their order, too
 * @param maxSteps how many steps a schedule may have
 * @param traceLength how many of the last steps are kept
 * @param expectTimeout how long a probe waits for a message
 * @param expectNoMessageTime how long a probe waits for none
 */
public record SimulationSettings(
        Duration turnTime,
        boolean inOrderOfArrival,
        long maxSteps,
        int traceLength,
        Duration expectTimeout,
        Duration expectNoMessageTime) {
    private static final String SECTION = "peili.testkit.";
    private static final String PEKKOS_SECTION = "pekko.actor.testkit.typed.";

    static SimulationSettings of(Config config) {
        return new SimulationSettings(
                notNegative(SECTION + "turn-time", config::getDuration),
                isArrival(config.getString(SECTION + "delivery")),
                atLeastOne(SECTION + "max-steps", config::getLong),
                (int) atLeastOne(SECTION + "trace-length", key -> (long) config.getInt(key)),
                notNegative(PEKKOS_SECTION + "single-expect-default", config::getDuration),
                notNegative(PEKKOS_SECTION + "expect-no-message-default", config::getDuration));
    }

    private static boolean isArrival(String delivery) {
        return switch (delivery) {
            case "per-pair" -> false;
            case "arrival" -> true;
            default ->
                throw new ConfigException.BadValue(
                        SECTION + "delivery", "must be per-pair or arrival, not '" + delivery + "'");
        };
    }

    private static Duration notNegative(String key, Function<String, Duration> reader) {
        Duration value = reader.apply(key);
        if (value.isNegative()) {
            throw new ConfigException.BadValue(key, "must not be negative");
        }
        return value;
    }

    private static long atLeastOne(String key, Function<String, Long> reader) {
        long value = reader.apply(key);
        if (value < 1) {
            throw new ConfigException.BadValue(key, "must be at least 1, not " + value);
        }
        return value;
    }
}
