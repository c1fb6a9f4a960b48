package dev.peili.testkit.internal;

import dev.peili.actors.internal.dispatch.Carrier;
import dev.peili.actors.internal.dispatch.GroupMessageQueue;
import dev.peili.actors.internal.dispatch.Label;
import dev.peili.actors.internal.dispatch.Membership;
import dev.peili.testkit.internal.ReadyList.Ready;
import java.util.Objects;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.dispatch.Envelope;
import org.apache.pekko.dispatch.Mailbox;
import org.apache.pekko.dispatch.MessageQueue;
import org.jspecify.annotations.Nullable;

/** The queue of an actor in a group, which keeps the order of each sender only. */
final class SimulatedGroupQueue extends GroupMessageQueue implements Authors.Authored {
    private static final long serialVersionUID = 1L;

    private final transient SimulatedQueue queue;

    SimulatedGroupQueue(Engine engine, Membership membership, int lane, ActorRef actor) {
        super(membership, lane, actor);
        this.queue = new SimulatedQueue(engine, engine.authors().member(actor, membership));
    }

    @Override
    public Author author() {
        return queue.author();
    }

    @Override
    public Ready ready(Mailbox mailbox) {
        return queue.ready(mailbox);
    }

    @Override
    protected void put(ActorRef receiver, Envelope handle) {
        queue.enqueue(receiver, handle);
    }

    @Override
    public @Nullable Envelope dequeue() {
        return hasLabels() ? queue.dequeue(message -> labelOf(message) == null) : queue.dequeue();
    }

    @Override
    protected @Nullable Envelope peekEnvelope() {
        return queue.peek();
    }

    @Override
    protected Object take(Label label) {
        return Objects.requireNonNull(queue.dequeue(message -> hasLabel(message, label)));
    }

    private static boolean hasLabel(Envelope message, Label label) {
        return message.message() instanceof Carrier carrier && label.equals(carrier.label());
    }

    @Override
    public int numberOfMessages() {
        return queue.numberOfMessages();
    }

    @Override
    public boolean hasMessages() {
        return queue.hasMessages();
    }

    @Override
    public void cleanUp(ActorRef owner, MessageQueue deadLetters) {
        queue.cleanUp(owner, deadLetters);
        super.cleanUp(owner, deadLetters);
    }
}
