package dev.peili.actors.internal.agenda;

/** The documents of a family that have work, a turn open, or a place in the run queue. Guarded by the lock of the family. */
final class BusyDocs extends NodeList {
    BusyDocs() {
        super(Kind.FAMILY);
    }

    void list(Node doc) {
        if (!contains(doc)) {
            add(doc);
        }
    }

    void unlistIfIdle(Node doc) {
        if (!doc.active && !doc.queued && !doc.holdsAnything() && contains(doc)) {
            remove(doc);
        }
    }
}
