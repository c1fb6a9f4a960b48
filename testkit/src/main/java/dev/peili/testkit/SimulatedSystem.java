package dev.peili.testkit;

import com.typesafe.config.Config;
import dev.peili.testkit.internal.Engine;
import dev.peili.testkit.internal.SimulationConfig;
import dev.peili.testkit.internal.Strategies;
import dev.peili.testkit.internal.VirtualScheduler;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.InternalActorRef;
import org.apache.pekko.actor.LocalActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.jdk.javaapi.CollectionConverters;

/** An actor system of a {@link Simulator}, and how it is cleaned up between schedules. */
final class SimulatedSystem {
    private static final Logger LOG = LoggerFactory.getLogger(Simulator.class);
    private static final long MOST_STEPS_TO_END = 100_000;
    private static final String GROUPS = "peili";
    private static final String PLAIN_PROBE = "testProbe-";

    private final ActorSystem<SimulationGuardian.Command> system;
    private final ExtendedActorSystem classic;
    private final CoordinatedShutdown shutdown;
    private final Engine engine;

    SimulatedSystem(Config config) {
        // The loader of the tests, which may not be that of this library.
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        this.system = ActorSystem.create(
                SimulationGuardian.create(),
                "simulation",
                BootstrapSetup.create(SimulationConfig.of(config))
                        .withClassloader(loader == null ? Simulator.class.getClassLoader() : loader));
        this.classic = (ExtendedActorSystem) Adapter.toClassic(system);
        this.shutdown = CoordinatedShutdown.get(classic);
        this.engine = ((VirtualScheduler) classic.scheduler()).engine();
        engine.started();
    }

    ActorSystem<SimulationGuardian.Command> system() {
        return system;
    }

    Engine engine() {
        return engine;
    }

    /** Stops what a schedule has left; false if another system is needed for the next one. */
    boolean cleanUp() {
        engine.ending();
        boolean terminates = isTerminating();
        if (!terminates) {
            system.tell(new SimulationGuardian.StopAll());
            stopOwn((LocalActorRef) classic.systemGuardian());
        }
        boolean clean = runToEnd() && !terminates;
        engine.end();
        if (!clean) {
            engine.close();
        }
        return clean;
    }

    private boolean isTerminating() {
        return system.getWhenTerminated().toCompletableFuture().isDone()
                || shutdown.getShutdownReason().isPresent();
    }

    private static void stopOwn(LocalActorRef guardian) {
        guardian.getSingleChild(GROUPS).stop();
        for (ActorRef child : CollectionConverters.asJava(guardian.children())) {
            if (child.path().name().startsWith(PLAIN_PROBE)) {
                ((InternalActorRef) child).stop();
            }
        }
    }

    private boolean runToEnd() {
        for (long steps = 0; engine.step(); steps++) {
            if (steps > MOST_STEPS_TO_END) {
                LOG.warn("Something that a schedule left queues itself again and again, so the next schedule gets"
                        + " another actor system, and this one is forgotten.");
                return false;
            }
        }
        return true;
    }

    /** Ends it. */
    void terminate() {
        engine.begin(Strategies.Session.NONE);
        engine.ending();
        system.terminate();
        boolean goesOn = true;
        while (goesOn) {
            goesOn = !system.getWhenTerminated().toCompletableFuture().isDone()
                    && (engine.step() || engine.passTimeToNextTimer(Long.MAX_VALUE));
        }
        engine.end();
        engine.close();
    }
}
