package dev.peili.actors.internal.dispatch;

import dev.peili.actors.internal.agenda.Admission;
import dev.peili.actors.internal.agenda.Entry;
import dev.peili.actors.internal.agenda.Work;
import dev.peili.actors.internal.flight.Flight;
import dev.peili.actors.internal.flight.OpenTurn;
import org.apache.pekko.dispatch.Envelope;
import org.apache.pekko.dispatch.Mailbox;

/**
 * One turn of an actor's mailbox in another group: that of the {@link Label} which the next message has.
 *
 * <p>It comes in through the door of that group, as a task does, so the group does not end before it. It does what Pekko's
 * mailbox does with one message, and does not let the mailbox run, because that would handle signals as well, and those
 * belong to the actor's own group. It never waits in a slot, which has no door.
 */
public final class LabelledWork extends Work {
    private final GroupMessageQueue queue;
    private final Mailbox mailbox;
    private final GroupPool pool;
    private final Label label;

    LabelledWork(GroupMessageQueue queue, Mailbox mailbox, GroupPool pool, Label label) {
        super(label.node(), label.lane());
        this.queue = queue;
        this.mailbox = mailbox;
        this.pool = pool;
        this.label = label;
    }

    /** Queues this; false if the group accepts nothing more. */
    boolean enqueue() {
        return pool.enqueue(this) == Entry.ADMITTED;
    }

    /**
     * Lets signals go first that have come while this waits, if the group of the label is suspended. If it is not, they wait for
     * the message, or an actor that gets them all the time would never come to its turn. Whoever gives a signal calls this,
     * or queues this, or suspends the group; the last of them finds what the others did.
     */
    void recallIfSuspended() {
        if (mailbox.hasSystemMessages() && pool.agenda().isSuspended(label.node())) {
            recall();
        }
    }

    /** Lets signals go first that have come while this waits. Any thread. */
    void recall() {
        if (pool.agenda().withdraw(this)) {
            goHome();
        }
    }

    @Override
    public void suspended() {
        recallIfSuspended();
    }

    /** Has the mailbox run where its actor is, after this was taken out of its lane. */
    public void goHome() {
        queue.waitsNoLonger();
        queue.schedule(mailbox, pool);
    }

    @Override
    public void run() {
        queue.waitsNoLonger();
        try {
            // A signal that has come meanwhile is handled next, as if it had come a moment later.
            if (mailbox.shouldProcessMessage()) {
                handle(queue.take(label));
            }
        } finally {
            mailbox.setAsIdle();
            mailbox.dispatcher().registerForExecution(mailbox, false, false);
        }
    }

    private void handle(Object queued) {
        Envelope envelope = GroupMessageQueue.envelopeOf(queued);
        Worker worker = Flight.followsTurns() ? Worker.current() : null;
        if (worker == null) {
            mailbox.actor().invoke(envelope);
            return;
        }
        OpenTurn turn = worker.turns()
                .open(
                        GroupMessageQueue.nameOf(envelope),
                        lane(),
                        label.group(),
                        name(),
                        GroupMessageQueue.stampOf(queued));
        try {
            mailbox.actor().invoke(envelope);
        } finally {
            turn.close();
        }
    }

    @Override
    public String name() {
        return LooseWork.nameOf(mailbox);
    }

    @Override
    public Runnable runnable() {
        return mailbox;
    }

    @Override
    public boolean ordered() {
        return false;
    }

    @Override
    public Object owner() {
        return label.group();
    }

    @Override
    public Admission admission() {
        return label.door();
    }
}
