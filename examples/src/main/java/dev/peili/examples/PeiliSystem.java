package dev.peili.examples;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.peili.actors.Groups;
import dev.peili.actors.SchedulerGroup;
import dev.peili.actors.Tab;
import dev.peili.actors.TaskCategory;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.slf4j.LoggerFactory;

/** An actor system with Peili's settings, for actors that are each in a tab of their own. */
public final class PeiliSystem implements AutoCloseable {
    /** How long an actor system may take for what it should do at once, in seconds. */
    private static final long PATIENCE = 20;

    private static final String SITE = "https://www.example.org/";

    private final ActorSystem<Void> system;

    private PeiliSystem(ActorSystem<Void> system) {
        this.system = system;
    }

    /** Starts it; it runs at least two turns at a time. */
    public static PeiliSystem start(String name) {
        return start(name, ConfigFactory.empty());
    }

    /**
     * The same with settings besides.
     *
     * @param more goes before all others
     */
    public static PeiliSystem start(String name, Config more) {
        // Here, by one thread: several that start with it at the same time would be told off for it on stderr.
        LoggerFactory.getILoggerFactory();
        int permits = Math.max(2, Runtime.getRuntime().availableProcessors());
        Config settings = ConfigFactory.parseMap(Map.of(
                "peili.dispatcher.permits",
                permits,
                // On a busy machine a turn can be long through no fault of its own, or wait for a class that is loaded.
                "peili.dispatcher.watchdog.long-turn",
                0,
                "peili.dispatcher.watchdog.blocking-turn",
                0,
                "peili.ipc.blocking-after",
                "10s",
                "pekko.loglevel",
                "WARNING",
                "pekko.stdout-loglevel",
                "WARNING",
                "pekko.log-dead-letters",
                "off"));
        return new PeiliSystem(ActorSystem.create(
                Behaviors.empty(), name, more.withFallback(settings).withFallback(ConfigFactory.load())));
    }

    /** For what only it can be asked. */
    public ActorSystem<?> system() {
        return system;
    }

    /** Opens a tab that no other can reach, so that what runs in it is parallel to all else. */
    public Tab openTab() {
        return Groups.get(system).openTab();
    }

    /** The group of a document of this tab; always the same one. */
    public static SchedulerGroup documentOf(Tab tab) {
        return tab.openDocument(SITE).docGroup();
    }

    /** Starts an actor in a document of this tab. */
    public static <T> ActorRef<T> spawn(Behavior<T> behavior, String name, Tab tab) {
        return await(documentOf(tab).spawn(behavior, name, TaskCategory.OTHER));
    }

    /** Waits for what an actor system should do at once. */
    public static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(PATIENCE, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        system.terminate();
        await(system.getWhenTerminated());
    }
}
