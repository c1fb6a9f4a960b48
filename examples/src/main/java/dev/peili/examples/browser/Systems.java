package dev.peili.examples.browser;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.slf4j.LoggerFactory;

/** Starts and stops actor systems with the settings of {@code dispatchers.conf}. */
final class Systems {
    /** How long an actor system may take for what it should do at once. */
    static final Duration PATIENCE = Duration.ofSeconds(20);

    private Systems() {}

    static int processors() {
        return Runtime.getRuntime().availableProcessors();
    }

    static <T> ActorSystem<T> start(Behavior<T> guardian) {
        // Here, by one thread: several that start with it at the same time would be told off for it on stderr.
        LoggerFactory.getILoggerFactory();
        Config dispatchers = ConfigFactory.parseResources(
                        Systems.class,
                        "dispatchers.conf",
                        ConfigParseOptions.defaults().setAllowMissing(false))
                .resolveWith(ConfigFactory.parseMap(Map.of("processors", processors())));
        return ActorSystem.create(guardian, "browser", dispatchers.withFallback(ConfigFactory.load()));
    }

    static void stop(ActorSystem<?> system) {
        system.terminate();
        system.getWhenTerminated()
                .toCompletableFuture()
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }
}
