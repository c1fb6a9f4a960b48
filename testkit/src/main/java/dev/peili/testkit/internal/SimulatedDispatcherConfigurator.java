package dev.peili.testkit.internal;

import com.typesafe.config.Config;
import org.apache.pekko.dispatch.DispatcherPrerequisites;
import org.apache.pekko.dispatch.MessageDispatcher;
import org.apache.pekko.dispatch.MessageDispatcherConfigurator;

/** Makes the dispatchers of a simulated actor system, of whatever type they are elsewhere. */
public final class SimulatedDispatcherConfigurator extends MessageDispatcherConfigurator {
    private final MessageDispatcher dispatcher;

    /** Called by Pekko, as {@code type} of a dispatcher section. */
    public SimulatedDispatcherConfigurator(Config config, DispatcherPrerequisites prerequisites) {
        super(config, prerequisites);
        Engine engine = ((VirtualScheduler) prerequisites.scheduler()).engine();
        dispatcher =
                new SimulatedDispatcher(this, config.getString("id"), new SimulatedDispatcher.EngineExecutor(engine));
    }

    @Override
    public MessageDispatcher dispatcher() {
        return dispatcher;
    }
}
