package dev.peili.actors.internal.dispatch;

import com.typesafe.config.Config;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.dispatch.DispatcherPrerequisites;
import org.apache.pekko.dispatch.ExecutorServiceFactory;
import org.apache.pekko.dispatch.ExecutorServiceFactoryProvider;
import org.apache.pekko.dispatch.MessageDispatcher;
import org.apache.pekko.dispatch.MessageDispatcherConfigurator;
import org.apache.pekko.dispatch.MonitorableThreadFactory;
import scala.concurrent.duration.FiniteDuration;

/**
 * Makes the group dispatcher: an ordinary Pekko dispatcher over a pool that chooses by groups.
 *
 * <p>There is one of these for each dispatcher section of an actor system, and it has the pool. Pekko shuts an executor
 * down when its dispatcher has had no actors for a while and asks for another one later; both are a view of that pool.
 */
public final class GroupDispatcherConfigurator extends MessageDispatcherConfigurator implements GroupPool.Provider {
    private final Workers workers;
    private final GroupDispatcher dispatcher;

    /** Called by Pekko, as {@code type} of a dispatcher section. */
    public GroupDispatcherConfigurator(Config config, DispatcherPrerequisites prerequisites) {
        super(config, prerequisites);
        String id = config.getString("id");
        DispatcherSettings settings = DispatcherSettings.of(config);
        workers = new Workers(id, settings, threads(prerequisites.threadFactory()));
        dispatcher = new GroupDispatcher(
                this, id, settings.throughput(), new Executors(), nanos(config.getDuration("shutdown-timeout")));
    }

    @Override
    public MessageDispatcher dispatcher() {
        return dispatcher;
    }

    @Override
    public Workers pool() {
        return workers;
    }

    private static FiniteDuration nanos(Duration duration) {
        return FiniteDuration.create(duration.toNanos(), TimeUnit.NANOSECONDS);
    }

    private static ThreadTraits threads(ThreadFactory factory) {
        if (factory instanceof MonitorableThreadFactory pekkos) {
            ClassLoader loader = pekkos.contextClassLoader().getOrElse(() -> null);
            return new ThreadTraits(pekkos.name(), pekkos.daemonic(), loader, pekkos.exceptionHandler());
        }
        return new ThreadTraits("peili", false, null, (thread, failure) -> {});
    }

    private final class Executors implements ExecutorServiceFactoryProvider {
        @Override
        public ExecutorServiceFactory createExecutorServiceFactory(String id, ThreadFactory threadFactory) {
            return () -> new GroupExecutorService(workers);
        }
    }
}
