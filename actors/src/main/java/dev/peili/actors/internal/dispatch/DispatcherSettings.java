package dev.peili.actors.internal.dispatch;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import dev.peili.actors.internal.agenda.Limits;
import java.time.Duration;
import java.util.function.LongPredicate;

/**
 * What the dispatcher's section of the configuration says, checked.
 *
 * @param permits how many turns may run at the same time
 * @param limits the bounds that the agenda keeps
 * @param tick the unit of time in which slices are bounded
 * @param spin for how long a worker looks for work before it goes to sleep
 * @param onTop whether urgent turns run on top of a background turn that is at a checkpoint
 * @param maxParked how many turns may be parked, each with a thread of its own
 */
record DispatcherSettings(int permits, Limits limits, Duration tick, Duration spin, boolean onTop, int maxParked) {

    static DispatcherSettings of(Config config) {
        String id = config.getString("id");
        Reader reader = new Reader(config, id);
        Duration tick = reader.duration("tick");
        Duration slice = reader.duration("hand-over-after");
        return new DispatcherSettings(
                reader.permits(),
                new Limits(
                        reader.atLeast("starvation-bound", 16),
                        reader.atLeast("round", 1),
                        reader.atLeast("background-every", 1),
                        reader.atLeast("category-every", 1),
                        reader.atLeast("barrier-patience", 0),
                        Math.toIntExact(Math.max(slice.isZero() ? 0 : 1, slice.toNanos() / tick.toNanos()))),
                reader.positive("tick", tick),
                reader.duration("spin"),
                reader.onTop(),
                reader.atLeast("max-parked", 0));
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
            String text = config.getString("pause");
            return switch (text) {
                case "on-top" -> true;
                case "hand-over" -> false;
                default -> throw bad("pause", "must be on-top or hand-over, not '" + text + "'");
            };
        }

        int atLeast(String key, int least) {
            int value = config.getInt(key);
            check(key, value, v -> v >= least, "must be at least " + least);
            return value;
        }

        Duration duration(String key) {
            Duration value = config.getDuration(key);
            check(key, value.toNanos(), v -> v >= 0, "must not be negative");
            return value;
        }

        Duration positive(String key, Duration value) {
            check(key, value.toNanos(), v -> v > 0, "must be more than nothing");
            return value;
        }

        private void check(String key, long value, LongPredicate test, String otherwise) {
            if (!test.test(value)) {
                throw bad(key, otherwise + ", not " + config.getValue(key).unwrapped());
            }
        }

        private ConfigException bad(String key, String what) {
            return new ConfigException.BadValue(config.origin(), id + "." + key, what);
        }
    }
}
