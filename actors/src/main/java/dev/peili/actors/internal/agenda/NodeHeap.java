package dev.peili.actors.internal.agenda;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A binary heap of nodes by the CPU time that they have used. Each knows where it is, so that any can be removed. */
final class NodeHeap {
    private @Nullable Node[] nodes = new @Nullable Node[16];
    private int size;

    /** Negative if the first goes before the second. */
    static int compare(Node a, Node b) {
        int order = Long.compare(a.virtualTime, b.virtualTime);
        return order != 0 ? order : Long.compare(a.ticket, b.ticket);
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
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
        int position = node.position;
        return position >= 0 && position < size && nodes[position] == node;
    }

    void remove(Node node) {
        int hole = node.position;
        Node last = at(--size);
        nodes[size] = null;
        if (last != node) {
            up(hole, last);
            if (at(hole) == last) {
                down(hole, last);
            }
        }
        node.position = -1;
    }

    private void up(int start, Node node) {
        int hole = start;
        while (hole > 0) {
            int above = (hole - 1) >>> 1;
            Node parent = at(above);
            if (compare(node, parent) >= 0) {
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
            if (below + 1 < size && compare(at(below + 1), at(below)) < 0) {
                below++;
            }
            if (compare(node, at(below)) <= 0) {
                break;
            }
            put(hole, at(below));
            hole = below;
        }
        put(hole, node);
    }

    private void put(int position, Node node) {
        nodes[position] = node;
        node.position = position;
    }

    /** The first is at 0, and none is before the one at half its place. */
    Node at(int position) {
        return Objects.requireNonNull(nodes[position]);
    }
}
