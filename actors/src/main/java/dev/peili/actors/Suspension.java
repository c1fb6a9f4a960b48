package dev.peili.actors;

import dev.peili.actors.internal.agenda.Agenda;
import dev.peili.actors.internal.agenda.Node;

/** Whether a group is suspended, by its user or while it waits for a restart. Guarded by its own monitor. */
final class Suspension {
    private final Agenda agenda;
    private final Node node;
    private boolean byUser;
    private boolean byRestart;
    private boolean over;

    /** @param over whether the group is closed already */
    Suspension(Agenda agenda, Node node, boolean over) {
        this.agenda = agenda;
        this.node = node;
        this.over = over;
    }

    synchronized void byUser(boolean now) {
        if (!over) {
            boolean before = isSuspended();
            byUser = now;
            apply(before);
        }
    }

    synchronized void byRestart(boolean now) {
        if (!over) {
            boolean before = isSuspended();
            byRestart = now;
            apply(before);
        }
    }

    /** The group is closed: what is queued has to come to its end. */
    synchronized void end() {
        boolean before = isSuspended();
        over = true;
        byUser = false;
        byRestart = false;
        apply(before);
    }

    synchronized boolean isByUser() {
        return byUser;
    }

    private boolean isSuspended() {
        return byUser || byRestart;
    }

    private void apply(boolean before) {
        boolean now = isSuspended();
        if (now && !before) {
            agenda.suspend(node);
        } else if (before && !now) {
            agenda.resume(node);
        }
    }
}
