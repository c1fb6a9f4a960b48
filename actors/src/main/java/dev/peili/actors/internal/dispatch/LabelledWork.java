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
 * belong to the actor's own group.
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

    /** Lets a signal go first that has come while this waits. Any thread that has given the signal. */
    void recall() {
        if (mailbox.hasSystemMessages() && pool.agenda().withdraw(this)) {
            goHome();
        }
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
            if (mailbox.shouldProcessMessage() && !mailbox.hasSystemMessages()) {
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

    /** It has to come in through the door, and a slot has none. */
    @Override
    public boolean mayWaitInSlot() {
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
