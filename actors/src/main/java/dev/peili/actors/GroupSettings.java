package dev.peili.actors;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.time.Duration;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.jspecify.annotations.Nullable;

/**
 * What the section {@code peili.groups} of the configuration says of groups to which nobody says anything else.
 *
 * @param laneCapacity how many tasks may wait in a lane; 0 is any number
 * @param actors null for Pekko's default
 */
record GroupSettings(
        int laneCapacity, TaskSupervision tasks, @Nullable SupervisorStrategy actors) {
    private static final String SECTION = "peili.groups";

    static GroupSettings of(Config root) {
        Config config = root.getConfig(SECTION);
        return new GroupSettings(capacity(config), tasks(config), actors(config));
    }

    private static int capacity(Config config) {
        String key = "lane-capacity";
        if (config.getValue(key).unwrapped().toString().equals("unbounded")) {
            return 0;
        }
        int capacity = config.getInt(key);
        if (capacity < 1) {
            throw bad(key, "must be at least 1, or unbounded, not " + capacity);
        }
        return capacity;
    }

    private static TaskSupervision tasks(Config config) {
        String key = "supervision.tasks";
        return switch (config.getString(key)) {
            case "resume" -> TaskSupervision.resume();
            case "restart" -> restart(config);
            case "stop" -> TaskSupervision.stop();
            default -> throw unknown(config, key);
        };
    }

    private static @Nullable SupervisorStrategy actors(Config config) {
        String key = "supervision.actors";
        return switch (config.getString(key)) {
            case "stop" -> null;
            case "resume" -> SupervisorStrategy.resume();
            case "restart" -> {
                TaskSupervision.Restart restart = restart(config);
                yield SupervisorStrategy.restartWithBackoff(
                                restart.minBackoff(), restart.maxBackoff(), restart.randomFactor())
                        .withMaxRestarts(restart.maxRestarts())
                        .withResetBackoffAfter(restart.resetAfter());
            }
            default -> throw unknown(config, key);
        };
    }

    private static TaskSupervision.Restart restart(Config config) {
        Config restart = config.getConfig("supervision.restart");
        Duration least = restart.getDuration("min-backoff");
        Duration most = restart.getDuration("max-backoff");
        try {
            return TaskSupervision.restartWithBackoff(least, most, restart.getDouble("random-factor"))
                    .withMaxRestarts(restart.getInt("max-restarts"))
                    .withResetAfter(restart.getDuration("reset-after"));
        } catch (IllegalArgumentException e) {
            throw bad("supervision.restart", String.valueOf(e.getMessage()));
        }
    }

    private static ConfigException unknown(Config config, String key) {
        return bad(key, "must be resume, restart or stop, not '" + config.getString(key) + "'");
    }

    private static ConfigException bad(String key, String what) {
        return new ConfigException.BadValue(SECTION + "." + key, what);
    }
}
