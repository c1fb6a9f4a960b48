package dev.peili.testkit.internal;

import com.typesafe.config.Config;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.dispatch.MailboxType;
import org.apache.pekko.dispatch.MessageQueue;
import org.apache.pekko.dispatch.ProducesMessageQueue;
import scala.Option;

/** Makes the mailboxes of a simulated actor system that are unbounded and in the order of arrival elsewhere. */
public final class SimulatedMailboxType implements MailboxType, ProducesMessageQueue<SimulatedQueue> {
    /** Called by Pekko, as {@code mailbox-type} of a mailbox section. */
    @SuppressWarnings("UnusedVariable")
    public SimulatedMailboxType(ActorSystem.Settings settings, Config config) {}

    @Override
    public MessageQueue create(Option<ActorRef> owner, Option<ActorSystem> system) {
        if (owner.isEmpty() || system.isEmpty()) {
            throw new IllegalArgumentException("a simulated mailbox needs an actor in an actor system");
        }
        Engine engine = ((VirtualScheduler) system.get().scheduler()).engine();
        return new SimulatedQueue(engine, engine.authors().actor(owner.get()));
    }
}
