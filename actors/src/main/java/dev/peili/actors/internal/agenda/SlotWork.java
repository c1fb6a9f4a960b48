package dev.peili.actors.internal.agenda;

/** Work that a seat may keep in its slot before it is queued in its lane: the mailbox of an actor that has messages. */
public abstract class SlotWork extends Work {
    /** The number of the seat in whose slot this is, or 0. */
    int slot;

    /**
     * @param node the group that it is queued in
     * @param lane its category there
     */
    protected SlotWork(Node node, int lane) {
        super(node, lane);
    }

    /** Whether it may. Only for what is not {@link #ordered}. */
    public boolean mayWaitInSlot() {
        return !ordered();
    }
}
