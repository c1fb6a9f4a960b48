package dev.peili.actors.internal.agenda;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A binary heap of nodes that knows where each of them is, so that any can be removed.
 *
 * <p>A node can be in two heaps, one by order and one by age, and keeps a position for each.
 */
final class NodeHeap {
    /** How much more CPU time a node may have used and still go first for the sake of its core's cache. */
    private static final long NEAR_NANOS = 100_000;

    private final Comparator<Node> order;
    private final boolean byAge;
    private @Nullable Node[] nodes = new @Nullable Node[16];
    private int size;

    NodeHeap(Comparator<Node> order, boolean byAge) {
        this.order = order;
        this.byAge = byAge;
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    Node first() {
        return at(0);
    }

    /** The first node, or one of the next two if it was last on this seat and has used hardly more than the first. */
    Node firstNear(Seat seat) {
        Node first = at(0);
        if (first.lastSeat != seat.number && first.parked == null && first.kind != Node.Kind.ROOT) {
            for (int i = 1; i < Math.min(3, size); i++) {
                Node next = at(i);
                if (next.lastSeat == seat.number && next.virtualTime - first.virtualTime < NEAR_NANOS) {
                    return next;
                }
            }
        }
        return first;
    }

    void copyTo(List<Node> list) {
        for (int i = 0; i < size; i++) {
            list.add(at(i));
        }
    }

    void add(Node node) {
        if (size == nodes.length) {
            nodes = Arrays.copyOf(nodes, 2 * size);
        }
        up(size++, node);
    }

    boolean contains(Node node) {
        int position = byAge ? node.agePosition : node.orderPosition;
        return position >= 0 && position < size && nodes[position] == node;
    }

    void remove(Node node) {
        int hole = byAge ? node.agePosition : node.orderPosition;
        Node last = at(--size);
        nodes[size] = null;
        if (last != node) {
            up(hole, last);
            if (at(hole) == last) {
                down(hole, last);
            }
        }
        place(node, -1);
    }

    private void up(int start, Node node) {
        int hole = start;
        while (hole > 0) {
            int above = (hole - 1) >>> 1;
            Node parent = at(above);
            if (order.compare(node, parent) >= 0) {
                break;
            }
            put(hole, parent);
            hole = above;
        }
        put(hole, node);
    }

    private void down(int start, Node node) {
        int hole = start;
        for (int below = 2 * hole + 1; below < size; below = 2 * hole + 1) {
            if (below + 1 < size && order.compare(at(below + 1), at(below)) < 0) {
                below++;
            }
            if (order.compare(node, at(below)) <= 0) {
                break;
            }
            put(hole, at(below));
            hole = below;
        }
        put(hole, node);
    }

    private void put(int position, Node node) {
        nodes[position] = node;
        place(node, position);
    }

    private void place(Node node, int position) {
        if (byAge) {
            node.agePosition = position;
        } else {
            node.orderPosition = position;
        }
    }

    private Node at(int position) {
        return Objects.requireNonNull(nodes[position]);
    }
}
