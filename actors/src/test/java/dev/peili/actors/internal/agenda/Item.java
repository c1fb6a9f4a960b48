package dev.peili.actors.internal.agenda;

/** A piece of work of a test, that knows where and when it was queued. */
final class Item extends Work {
    final Node group;
    final int order;

    Item(Node group, int lane, int order) {
        super(group, lane);
        this.group = group;
        this.order = order;
    }

    @Override
    public void run() {
        throw new AssertionError("the agenda runs nothing");
    }

    @Override
    public String toString() {
        return group.label() + "/" + lane + "#" + order;
    }
}
