package dev.peili.actors.internal.dispatch;

import dev.peili.actors.internal.agenda.Work;
import java.util.Objects;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.dispatch.AbstractNodeQueue;
import org.apache.pekko.dispatch.Envelope;
import org.apache.pekko.dispatch.Mailbox;
import org.apache.pekko.dispatch.MessageQueue;
import org.apache.pekko.dispatch.UnboundedMessageQueueSemantics;
import org.jspecify.annotations.Nullable;

/**
 * The unbounded queue of an actor that belongs to a group: first in, first out, many producers, one consumer.
 *
 * <p>It never hides a message from {@link #hasMessages}. Where a worker should look up, {@link #dequeue} returns null,
 * which ends Pekko's batch, and Pekko schedules the mailbox again: a pause between two messages.
 */
final class GroupMessageQueue extends AbstractNodeQueue<Envelope>
        implements MessageQueue, UnboundedMessageQueueSemantics {
    private static final long serialVersionUID = 1L;

    private final transient Membership membership;
    private final transient MailboxWork work;

    GroupMessageQueue(Membership membership, int lane) {
        this.membership = membership;
        this.work = new MailboxWork(membership, lane);
    }

    /** Hands the mailbox to the lane of its group. */
    void schedule(Mailbox mailbox, Workers workers) {
        if (work.mailbox == null) {
            work.mailbox = mailbox;
        }
        workers.enqueue(work);
    }

    @Override
    public void enqueue(ActorRef receiver, Envelope handle) {
        add(handle);
    }

    @Override
    public @Nullable Envelope dequeue() {
        return hasMessages() && Worker.mayTakeMessage() ? poll() : null;
    }

    @Override
    public int numberOfMessages() {
        return count();
    }

    @Override
    public boolean hasMessages() {
        return !isEmpty();
    }

    @Override
    public void cleanUp(ActorRef owner, MessageQueue deadLetters) {
        for (Envelope envelope = poll(); envelope != null; envelope = poll()) {
            deadLetters.enqueue(owner, envelope);
        }
        membership.leave(owner);
    }

    /** The mailbox as work; it is scheduled at most once at a time, so one object is enough. */
    private static final class MailboxWork extends Work {
        private final Membership membership;
        private @Nullable Mailbox mailbox;

        MailboxWork(Membership membership, int lane) {
            super(membership.node(), lane);
            this.membership = membership;
        }

        @Override
        public void run() {
            Objects.requireNonNull(mailbox).run();
        }

        @Override
        public boolean ordered() {
            return false;
        }

        @Override
        public @Nullable Object owner() {
            return membership.group();
        }
    }
}
