package dev.peili.actors.internal.agenda;

/** A piece of work of a test, that knows where and when it was queued. */
final class Item extends Work {
    final Node group;
    final int order;
    private final boolean message;

    Item(Node group, int lane, int order) {
        this(group, lane, order, false);
    }

    /** @param message whether this is a message for an actor, which G2 does not count */
    Item(Node group, int lane, int order, boolean message) {
        super(group, lane);
        this.group = group;
        this.order = order;
        this.message = message;
    }

    @Override
    public boolean ordered() {
        return !message;
    }

    @Override
    public void run() {
        throw new AssertionError("the agenda runs nothing");
    }

    @Override
    public String toString() {
        return group.label() + "/" + lane + (message ? "~" : "#") + order;
    }
}
