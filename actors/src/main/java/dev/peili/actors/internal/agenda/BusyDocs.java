package dev.peili.actors.internal.agenda;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/** The documents of a family that have work, a turn open, or a place in the run queue. Guarded by the lock of the family. */
final class BusyDocs {
    private final List<Node> nodes = new ArrayList<>(2);

    int size() {
        return nodes.size();
    }

    Node at(int index) {
        return nodes.get(index);
    }

    void forEach(Consumer<Node> action) {
        nodes.forEach(action);
    }

    void list(Node doc) {
        if (doc.listed < 0) {
            doc.listed = nodes.size();
            nodes.add(doc);
        }
    }

    void unlistIfIdle(Node doc) {
        if (doc.listed >= 0 && !doc.active && !doc.queued && !doc.holdsAnything()) {
            Node last = Objects.requireNonNull(nodes.remove(nodes.size() - 1));
            if (last != doc) {
                nodes.set(doc.listed, last);
                last.listed = doc.listed;
            }
            doc.listed = -1;
        }
    }
}
