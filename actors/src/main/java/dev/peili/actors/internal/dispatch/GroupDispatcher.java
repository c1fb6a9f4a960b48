package dev.peili.actors.internal.dispatch;

import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.ActorCell;
import org.apache.pekko.dispatch.Dispatcher;
import org.apache.pekko.dispatch.ExecutorServiceFactoryProvider;
import org.apache.pekko.dispatch.MessageDispatcherConfigurator;
import org.apache.pekko.dispatch.sysmsg.SystemMessage;
import scala.concurrent.duration.FiniteDuration;

/** Pekko's dispatcher, but for the batches of actors that are in no group, and for what signals do not wait for. */
final class GroupDispatcher extends Dispatcher {
    GroupDispatcher(
            MessageDispatcherConfigurator configurator,
            String id,
            int throughput,
            ExecutorServiceFactoryProvider executors,
            FiniteDuration shutdownTimeout) {
        super(configurator, id, throughput, FiniteDuration.create(0, TimeUnit.NANOSECONDS), executors, shutdownTimeout);
    }

    /**
     * Asked at the beginning of each batch, on its thread. The queue of an actor in a group ends its batches by itself; that
     * of another actor is not ours, so each of its messages is a batch, or urgent work would wait for all of them.
     */
    @Override
    public int throughput() {
        return Worker.runsLooseWork() ? 1 : super.throughput();
    }

    @Override
    public void systemDispatch(ActorCell receiver, SystemMessage invocation) {
        super.systemDispatch(receiver, invocation);
        GroupMessageQueue.signalled(receiver, invocation);
    }
}
