package dev.peili.actors.internal.dispatch;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import dev.peili.actors.internal.agenda.Limits;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.LongPredicate;

/**
 * What the dispatcher's section of the configuration says, checked.
 *
 * @param throughput how many messages of one actor run in a row at most
 * @param permits how many turns may run at the same time
 * @param limits the bounds that the agenda keeps
 * @param tick the unit of time in which slices are bounded
 * @param spin for how long a worker looks for work before it goes to sleep
 * @param onTop whether urgent turns run on top of a background turn that is at a checkpoint
 * @param maxParked how many turns may be parked, each with a thread of its own
 * @param chaos whether every checkpoint pauses the turn that can
 * @param watchdog which turns are reported
 */
record DispatcherSettings(
        int throughput,
        int permits,
        Limits limits,
        Duration tick,
        Duration spin,
        boolean onTop,
        int maxParked,
        boolean chaos,
        WatchLimits watchdog) {

    /**
     * From when on a turn is reported.
     *
     * @param longTurn how long it may run without a checkpoint; nothing is for ever
     * @param blockingTurn how long it may block its thread; nothing is for ever
     * @param places how many places in the code are reported at most
     */
    record WatchLimits(Duration longTurn, Duration blockingTurn, int places) {}

    static DispatcherSettings of(Config config) {
        String id = config.getString("id");
        Reader reader = new Reader(config, id);
        Duration tick = reader.positive("tick");
        return new DispatcherSettings(
                reader.atLeast("throughput", 1),
                reader.permits(),
                new Limits(
                        reader.atLeast("starvation-bound", 16),
                        reader.atLeast("round", 1),
                        reader.atLeast("background-every", 1),
                        reader.atLeast("category-every", 1),
                        reader.atLeast("barrier-patience", 0),
                        reader.ticks("hand-over-after", tick)),
                tick,
                reader.duration("spin"),
                reader.onTop(),
                reader.atLeast("max-parked", 0),
                reader.read("chaos", config::getBoolean),
                new WatchLimits(
                        reader.duration("watchdog.long-turn"),
                        reader.duration("watchdog.blocking-turn"),
                        reader.atLeast("watchdog.places", 1)));
    }

    private record Reader(Config config, String id) {
        int permits() {
            String text = config.getValue("permits").unwrapped().toString();
            if (text.equals("available-processors")) {
                return Runtime.getRuntime().availableProcessors();
            }
            return atLeast("permits", 1);
        }

        boolean onTop() {
            String text = read("pause", config::getString);
            return switch (text) {
                case "on-top" -> true;
                case "hand-over" -> false;
                default -> throw bad("pause", "must be on-top or hand-over, not '" + text + "'");
            };
        }

        int atLeast(String key, int least) {
            int value = read(key, config::getInt);
            check(key, value, v -> v >= least, "must be at least " + least);
            return value;
        }

        Duration duration(String key) {
            Duration value = read(key, config::getDuration);
            check(key, value.toNanos(), v -> v >= 0, "must not be negative");
            return value;
        }

        Duration positive(String key) {
            Duration value = duration(key);
            check(key, value.toNanos(), v -> v > 0, "must be more than nothing");
            return value;
        }

        /** How many ticks that is, at least 1 unless it is nothing. */
        int ticks(String key, Duration tick) {
            Duration value = duration(key);
            long ticks = Math.max(value.isZero() ? 0 : 1, value.toNanos() / tick.toNanos());
            check(key, ticks, v -> v <= Integer.MAX_VALUE, "must be shorter");
            return (int) ticks;
        }

        private <T> T read(String key, Function<String, T> reader) {
            try {
                return reader.apply(key);
            } catch (ConfigException e) {
                throw new ConfigException.BadValue(id + "." + key, String.valueOf(e.getMessage()), e);
            }
        }

        private void check(String key, long value, LongPredicate test, String otherwise) {
            if (!test.test(value)) {
                throw bad(key, otherwise + ", not " + config.getValue(key).unwrapped());
            }
        }

        private ConfigException bad(String key, String what) {
            return new ConfigException.BadValue(id + "." + key, what);
        }
    }
}
