package dev.peili.actors.internal.dispatch;

import dev.peili.actors.internal.agenda.SlotWork;
import dev.peili.actors.internal.flight.Flight;
import dev.peili.actors.internal.flight.OpenTurn;
import dev.peili.actors.internal.flight.TurnLog;
import java.util.Objects;
import org.apache.pekko.actor.ActorCell;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.dispatch.AbstractNodeQueue;
import org.apache.pekko.dispatch.Envelope;
import org.apache.pekko.dispatch.Mailbox;
import org.apache.pekko.dispatch.MessageQueue;
import org.apache.pekko.dispatch.UnboundedMessageQueueSemantics;
import org.apache.pekko.dispatch.sysmsg.SystemMessage;
import org.apache.pekko.dispatch.sysmsg.Terminate;
import org.jspecify.annotations.Nullable;

/**
 * The unbounded queue of an actor that belongs to a group: first in, first out, many producers, one consumer.
 *
 * <p>It never hides a message from {@link #hasMessages}. Where a worker should look up, {@link #dequeue} returns null,
 * which ends Pekko's batch, and Pekko schedules the mailbox again: a pause between two messages.
 *
 * <p>A message that has a {@link Label} ends the batch as well. The mailbox, which is scheduled at most once at a time, then
 * waits in the group of the label.
 */
public class GroupMessageQueue extends AbstractNodeQueue<Object>
        implements MessageQueue, UnboundedMessageQueueSemantics {
    private static final long serialVersionUID = 1L;

    private final transient Membership membership;
    private final transient MailboxWork work;
    /** What the mailbox waits as in the group of a label; null if it does not, and so that no group is kept that is over. */
    private transient volatile @Nullable LabelledWork labelled;

    /** An envelope and when it was queued, while turns are recorded; else the envelope is queued as it is. */
    private record Stamped(Envelope envelope, long queuedAt) {}

    /** Made by the {@link GroupPool}. */
    protected GroupMessageQueue(Membership membership, int lane, ActorRef actor) {
        this.membership = membership;
        this.work = new MailboxWork(membership, lane, actor);
    }

    /** Hands the mailbox to the lane of its group, or to that of its next message's label. */
    final void schedule(Mailbox mailbox, GroupPool pool) {
        if (work.mailbox == null) {
            work.mailbox = mailbox;
            membership.arrive(mailbox.actor().self());
        }
        if (!work.hasLabels || !scheduleElsewhere(mailbox, pool)) {
            pool.enqueue(work);
        }
    }

    private boolean scheduleElsewhere(Mailbox mailbox, GroupPool pool) {
        Label label = mailbox.hasSystemMessages() ? null : nextLabel();
        if (label == null) {
            return false;
        }
        LabelledWork elsewhere = new LabelledWork(this, mailbox, pool, label);
        labelled = elsewhere;
        boolean admitted = elsewhere.enqueue();
        if (admitted) {
            // For a signal whose sender came too early to find it queued.
            elsewhere.recallIfSuspended();
        } else {
            waitsNoLonger();
        }
        return admitted;
    }

    /** By whoever has the mailbox: it does not wait in the group of a label any more. */
    final void waitsNoLonger() {
        labelled = null;
    }

    /**
     * To be called by a dispatcher that has given a signal to the actor. A stop does not wait for a message with a label, nor
     * does any signal while the group of the label is suspended. Any thread.
     */
    public static void signalled(ActorCell actor, SystemMessage signal) {
        if (actor.mailbox().messageQueue() instanceof GroupMessageQueue queue) {
            LabelledWork elsewhere = queue.labelled;
            if (elsewhere != null && signal instanceof Terminate) {
                elsewhere.recall();
            } else if (elsewhere != null) {
                elsewhere.recallIfSuspended();
            }
        }
    }

    @Override
    public final void enqueue(ActorRef receiver, Envelope handle) {
        if (!Outboxes.hold(receiver, handle)) {
            if (Label.of(handle.message()) != null) {
                work.hasLabels = true;
            }
            put(receiver, handle);
        }
    }

    /** Queues a message. Any thread. */
    protected void put(ActorRef receiver, Envelope handle) {
        add(Flight.recordsTurns() ? new Stamped(handle, Flight.stamp()) : handle);
    }

    @Override
    public @Nullable Envelope dequeue() {
        boolean recorded = work.log != null;
        if (recorded) {
            work.closeTurn();
        }
        boolean isHere = hasMessages() && (!work.hasLabels || nextLabel() == null);
        Object next = isHere && Worker.mayTakeMessage() ? poll() : null;
        if (next == null) {
            return null;
        }
        Envelope envelope = envelopeOf(next);
        if (recorded) {
            work.openTurn(nameOf(envelope), stampOf(next));
        }
        return envelope;
    }

    // --- Labels -----------------------------------------------------------------------------------------------------

    /** Whether any message here has or had a label. */
    protected final boolean hasLabels() {
        return work.hasLabels;
    }

    /** Where the message is handled instead of where its actor is; null if it is handled there. */
    protected final @Nullable Label labelOf(Envelope envelope) {
        Label label = Label.of(envelope.message());
        return label != null && label.isOpen() && !isHere(label) ? label : null;
    }

    private boolean isHere(Label label) {
        return label.lane() == work.lane() && label.group() == membership.group();
    }

    private @Nullable Label nextLabel() {
        Envelope next = peekEnvelope();
        return next == null ? null : labelOf(next);
    }

    /** The message that goes next; null if there is none. Only while the mailbox is scheduled, by whoever has it. */
    protected @Nullable Envelope peekEnvelope() {
        Object next = peek();
        return next == null ? null : envelopeOf(next);
    }

    /** Takes the message that goes next, in a turn of the label that it has. */
    protected Object take(Label label) {
        return Objects.requireNonNull(poll());
    }

    // --- What is queued ---------------------------------------------------------------------------------------------

    static String nameOf(Envelope envelope) {
        return Carrier.unwrap(envelope.message()).getClass().getName();
    }

    static Envelope envelopeOf(Object queued) {
        return queued instanceof Stamped stamped ? stamped.envelope() : (Envelope) queued;
    }

    static long stampOf(Object queued) {
        return queued instanceof Stamped stamped ? stamped.queuedAt() : Flight.UNKNOWN;
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
        for (Object queued = poll(); queued != null; queued = poll()) {
            deadLetters.enqueue(owner, envelopeOf(queued));
        }
        membership.leave(owner);
    }

    /** The mailbox as work; it is scheduled at most once at a time, so one object is enough. */
    private static final class MailboxWork extends SlotWork {
        private static final String SYSTEM_MESSAGES = "system messages";

        private final Membership membership;
        private final ActorRef actor;
        private @Nullable Mailbox mailbox;
        /** Whether a message with a label was ever queued; set by its sender, and seen by whoever sees the message. */
        private boolean hasLabels;
        /** The actor's path, once somebody wants to know. */
        private @Nullable String path;
        /** Where the turns of the running batch are recorded; null if they are not. */
        private @Nullable TurnLog log;
        /** The turn that the running batch is in. */
        private @Nullable OpenTurn turn;

        MailboxWork(Membership membership, int lane, ActorRef actor) {
            super(membership.node(), lane);
            this.membership = membership;
            this.actor = actor;
        }

        @Override
        public String name() {
            Mailbox known = mailbox;
            return known == null ? super.name() : LooseWork.nameOf(known);
        }

        @Override
        public @Nullable Runnable runnable() {
            return mailbox;
        }

        @Override
        public void run() {
            Mailbox batch = Objects.requireNonNull(mailbox);
            Worker worker = Flight.followsTurns() && membership.group() != null ? Worker.current() : null;
            if (worker == null) {
                batch.run();
            } else {
                record(batch, worker.turns());
            }
        }

        private void record(Mailbox batch, TurnLog turns) {
            log = turns;
            if (batch.hasSystemMessages()) {
                openTurn(SYSTEM_MESSAGES, Flight.UNKNOWN);
            }
            try {
                batch.run();
            } finally {
                closeTurn();
                log = null;
            }
        }

        private void openTurn(String name, long queuedAt) {
            if (path == null) {
                path = actor.path().toString();
            }
            turn = Objects.requireNonNull(log)
                    .open(name, lane(), Objects.requireNonNull(membership.group()), path, queuedAt);
        }

        private void closeTurn() {
            OpenTurn open = turn;
            if (open != null) {
                turn = null;
                open.close();
            }
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
