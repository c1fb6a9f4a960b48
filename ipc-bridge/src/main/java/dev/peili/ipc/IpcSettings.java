package dev.peili.ipc;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.time.Duration;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * The section {@code peili.ipc} of the configuration, checked; {@code reference.conf} says what each is.
 */
record IpcSettings(
        Duration blockingAfter,
        boolean serializeInProcess,
        int actorWindow,
        long channelWindow,
        int maxFrame,
        int packetSize,
        Duration connectTimeout,
        Duration retryAfter,
        Duration heartbeatInterval,
        Duration heartbeatTimeout) {
    static final String DISPATCHER = "peili.ipc.io-dispatcher";

    private static final int MIN_WINDOW = 4;
    private static final int KIB = 1024;
    private static final String SECTION = "peili.ipc.";
    private static final String ARTERY_LIMIT = "pekko.remote.artery.advanced.maximum-frame-size";
    /** What Artery puts around a packet, and more. */
    private static final int ARTERY_OVERHEAD = 2 * KIB;

    /**
     * Those of an actor system.
     *
     * @throws ConfigException if a value is wrong; its message begins with the key
     */
    static IpcSettings of(ActorSystem<?> system) {
        Config config = system.settings().config();
        checkShorter(config, "connect.retry-after", "connect.timeout");
        checkShorter(config, "heartbeat.interval", "heartbeat.timeout");
        return new IpcSettings(
                time(config, "blocking-after"),
                config.getBoolean(SECTION + "serialize-in-process"),
                (int) number(config, "actor-window", config.getLong(SECTION + "actor-window"), MIN_WINDOW, 1 << 30),
                size(config, "channel-window", 64 * KIB),
                (int) size(config, "max-frame-size", KIB),
                (int) size(config, "packet-size", KIB),
                time(config, "connect.timeout"),
                time(config, "connect.retry-after"),
                time(config, "heartbeat.interval"),
                time(config, "heartbeat.timeout"));
    }

    private static void checkShorter(Config config, String key, String than) {
        if (time(config, key).compareTo(time(config, than)) >= 0) {
            throw new ConfigException.BadValue(
                    config.origin(),
                    SECTION + key,
                    "must be less than " + SECTION + than + ", which is " + time(config, than) + ": "
                            + time(config, key));
        }
    }

    private static Duration time(Config config, String key) {
        Duration time = config.getDuration(SECTION + key);
        if (time.isNegative() || time.isZero()) {
            throw new ConfigException.BadValue(config.origin(), SECTION + key, "must be more than 0: " + time);
        }
        return time;
    }

    private static long size(Config config, String key, long least) {
        return number(config, key, config.getBytes(SECTION + key), least, 1 << 30);
    }

    private static long number(Config config, String key, long value, long least, long most) {
        if (value < least || value > most) {
            throw new ConfigException.BadValue(
                    config.origin(), SECTION + key, "must be from " + least + " to " + most + ": " + value);
        }
        return value;
    }

    /** Why such frames cannot go between two processes; empty if they can. */
    String problemWithArtery(Config config) {
        if (!config.hasPath(ARTERY_LIMIT)) {
            return "";
        }
        long limit = config.getBytes(ARTERY_LIMIT);
        boolean isFrame = maxFrame >= packetSize;
        // A frame that does not fill a packet is followed by another, which may be the end of an actor, with its
        // detail.
        return Math.max(maxFrame, packetSize) + ARTERY_OVERHEAD <= limit
                ? ""
                : SECTION + (isFrame ? "max-frame-size (" + maxFrame : "packet-size (" + packetSize)
                        + ") has to be at least " + ARTERY_OVERHEAD + " below " + ARTERY_LIMIT + " (" + limit + ")";
    }
}
