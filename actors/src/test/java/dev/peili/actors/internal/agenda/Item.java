package dev.peili.actors.internal.agenda;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A piece of work of a test, that knows where and when it was queued. */
final class Item extends SlotWork {
    /** The groups that it affects; of most there is one. */
    final List<Node> groups;

    final int order;
    private final boolean message;
    private final @Nullable Admission door;

    Item(Node group, int lane, int order) {
        this(group, lane, order, false);
    }

    /** @param message whether this is a message for an actor, which G2 does not count */
    Item(Node group, int lane, int order, boolean message) {
        this(group, lane, order, message, null);
    }

    /** A message for an actor that is handled in another group than the actor's, and comes in through its door. */
    Item(Node group, int lane, int order, Admission door) {
        this(group, lane, order, true, door);
    }

    /** A task that comes in through a door, if there is one. */
    static Item task(Node group, int lane, int order, @Nullable Admission door) {
        return new Item(group, lane, order, false, door);
    }

    private Item(Node group, int lane, int order, boolean message, @Nullable Admission door) {
        super(group, lane);
        this.groups = List.of(group);
        this.order = order;
        this.message = message;
        this.door = door;
    }

    Item(List<Node> groups, int lane, int order) {
        super(groups.get(0), lane);
        this.groups = groups;
        this.order = order;
        this.message = false;
        this.door = null;
    }

    boolean affects(Node group) {
        return groups.contains(group);
    }

    @Override
    public boolean ordered() {
        return !message;
    }

    @Override
    public boolean mayWaitInSlot() {
        return message && door == null;
    }

    @Override
    public @Nullable Admission admission() {
        return door;
    }

    @Override
    public void run() {
        throw new AssertionError("the agenda runs nothing");
    }

    @Override
    public String toString() {
        return groups.stream().map(Node::label).toList() + "/" + lane + (door != null ? "~~" : message ? "~" : "#")
                + order;
    }
}
