package dev.peili.testkit.internal;

import dev.peili.actors.internal.dispatch.GroupMessageQueue;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.ActorCell;
import org.apache.pekko.dispatch.Dispatcher;
import org.apache.pekko.dispatch.ExecutorServiceFactory;
import org.apache.pekko.dispatch.ExecutorServiceFactoryProvider;
import org.apache.pekko.dispatch.MessageDispatcherConfigurator;
import org.apache.pekko.dispatch.sysmsg.SystemMessage;
import scala.concurrent.duration.FiniteDuration;

/** Pekko's dispatcher without threads: one message at a time, and no callback runs with another. */
final class SimulatedDispatcher extends Dispatcher {
    private static final FiniteDuration NO_TIME = FiniteDuration.create(0, TimeUnit.NANOSECONDS);

    private final ExecutorService executor;

    SimulatedDispatcher(MessageDispatcherConfigurator configurator, String id, ExecutorService executor) {
        super(configurator, id, 1, NO_TIME, new Factory(executor), FiniteDuration.create(1, TimeUnit.SECONDS));
        this.executor = executor;
    }

    @Override
    public void execute(Runnable runnable) {
        executor.execute(runnable);
    }

    @Override
    public void systemDispatch(ActorCell receiver, SystemMessage invocation) {
        super.systemDispatch(receiver, invocation);
        GroupMessageQueue.signalled(receiver, invocation);
    }

    private record Factory(ExecutorService executor) implements ExecutorServiceFactoryProvider {
        @Override
        public ExecutorServiceFactory createExecutorServiceFactory(String id, ThreadFactory threads) {
            return () -> executor;
        }
    }

    /** Gives everything to the engine. Never shut down: it has nothing to let go of. */
    static final class EngineExecutor extends AbstractExecutorService {
        private final Engine engine;

        EngineExecutor(Engine engine) {
            this.engine = engine;
        }

        @Override
        public void execute(Runnable command) {
            engine.execute(command);
        }

        @Override
        public void shutdown() {}

        @Override
        public List<Runnable> shutdownNow() {
            return List.of();
        }

        @Override
        public boolean isShutdown() {
            return false;
        }

        @Override
        public boolean isTerminated() {
            return false;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return false;
        }
    }
}
