package dev.peili.testkit.internal;

import com.typesafe.config.Config;
import dev.peili.actors.internal.dispatch.GroupExecutorService;
import dev.peili.actors.internal.dispatch.GroupPool;
import org.apache.pekko.dispatch.DispatcherPrerequisites;
import org.apache.pekko.dispatch.MessageDispatcher;
import org.apache.pekko.dispatch.MessageDispatcherConfigurator;

/** Makes the group dispatcher of a simulated actor system. */
public final class SimulatedGroupDispatcherConfigurator extends MessageDispatcherConfigurator
        implements GroupPool.Provider {
    private final SimulatedPool pool;
    private final MessageDispatcher dispatcher;

    /** Called by Pekko, as {@code type} of a dispatcher section. */
    public SimulatedGroupDispatcherConfigurator(Config config, DispatcherPrerequisites prerequisites) {
        super(config, prerequisites);
        Engine engine = ((VirtualScheduler) prerequisites.scheduler()).engine();
        pool = new SimulatedPool(engine, GroupPool.limits(config));
        engine.add(pool);
        dispatcher = new SimulatedDispatcher(this, config.getString("id"), new GroupExecutorService(pool));
    }

    @Override
    public MessageDispatcher dispatcher() {
        return dispatcher;
    }

    @Override
    public GroupPool pool() {
        return pool;
    }
}
