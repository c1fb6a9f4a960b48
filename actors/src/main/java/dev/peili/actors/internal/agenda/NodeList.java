package dev.peili.actors.internal.agenda;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Nodes in the order in which they were added, from which any can be removed. It is linked through the nodes, so it takes no
 * other memory into the cache than theirs. A node can be in one list of each kind.
 */
class NodeList {
    /** What a list is for, which says where a node keeps its neighbours. */
    enum Kind {
        /** All that waits in the run queue. */
        AGE,
        /** What waits in the list of a tier. */
        TIER,
        /** The busy documents of a family. */
        FAMILY
    }

    private final Kind kind;
    private @Nullable Node first;
    private @Nullable Node last;
    private int size;

    NodeList(Kind kind) {
        this.kind = kind;
    }

    final int size() {
        return size;
    }

    /** Null if there is none. */
    final @Nullable Node first() {
        return first;
    }

    /** Null if there is none. */
    final @Nullable Node last() {
        return last;
    }

    final boolean contains(Node node) {
        return first == node || before(node) != null;
    }

    final void forEach(Consumer<Node> action) {
        for (Node node = first; node != null; node = after(node)) {
            action.accept(node);
        }
    }

    final void copyTo(List<Node> list) {
        forEach(list::add);
    }

    final void add(Node node) {
        Node end = last;
        if (end == null) {
            first = node;
        } else {
            after(end, node);
            before(node, end);
        }
        last = node;
        size++;
    }

    final void remove(Node node) {
        Node before = before(node);
        Node after = after(node);
        if (before == null) {
            first = after;
        } else {
            after(before, after);
            before(node, null);
        }
        if (after == null) {
            last = before;
        } else {
            before(after, before);
            after(node, null);
        }
        size--;
    }

    /** The one behind it; null if it is the last. */
    final @Nullable Node after(Node node) {
        return switch (kind) {
            case AGE -> node.younger;
            case TIER -> node.behind;
            case FAMILY -> node.nextBusy;
        };
    }

    private @Nullable Node before(Node node) {
        return switch (kind) {
            case AGE -> node.older;
            case TIER -> node.ahead;
            case FAMILY -> node.previousBusy;
        };
    }

    private void after(Node node, @Nullable Node next) {
        switch (kind) {
            case AGE -> node.younger = next;
            case TIER -> node.behind = next;
            case FAMILY -> node.nextBusy = next;
        }
    }

    private void before(Node node, @Nullable Node previous) {
        switch (kind) {
            case AGE -> node.older = previous;
            case TIER -> node.ahead = previous;
            case FAMILY -> node.previousBusy = previous;
        }
    }
}
