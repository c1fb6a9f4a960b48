package dev.peili.actors.internal.dispatch;

import dev.peili.actors.internal.agenda.Node;
import dev.peili.actors.internal.agenda.Work;
import org.apache.pekko.dispatch.Mailbox;

/** What runs on the group dispatcher without belonging to a group: another actor's mailbox, or a future's callback. */
final class LooseWork extends Work {
    private final Runnable runnable;
    private final boolean pausable;

    /** @param pausable false for Pekko's batches of callbacks, of which only one may be open on a thread */
    LooseWork(Node pool, Runnable runnable, boolean pausable) {
        super(pool, 0);
        this.runnable = runnable;
        this.pausable = pausable;
    }

    /** The path of the mailbox's actor. */
    static String nameOf(Mailbox mailbox) {
        return mailbox.actor().self().path().toString();
    }

    @Override
    public String name() {
        return runnable instanceof Mailbox mailbox ? nameOf(mailbox) : super.name();
    }

    @Override
    public Runnable runnable() {
        return runnable;
    }

    @Override
    public void run() {
        runnable.run();
    }

    @Override
    public boolean ordered() {
        return false;
    }

    @Override
    public boolean pausable() {
        return pausable;
    }
}
