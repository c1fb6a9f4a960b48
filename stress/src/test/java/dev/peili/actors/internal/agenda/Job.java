package dev.peili.actors.internal.agenda;

import org.jspecify.annotations.Nullable;

/** A piece of work of a stress test, told from the others of its scene by a number. */
final class Job extends SlotWork {
    private static final int LANE = 2;

    final int number;
    private final boolean message;
    private final @Nullable Admission door;

    private Job(Node node, int lane, int number, boolean message, @Nullable Admission door) {
        super(node, lane);
        this.number = number;
        this.message = message;
        this.door = door;
    }

    static Job task(Node node, int number) {
        return new Job(node, LANE, number, false, null);
    }

    /** A task of a category that is not that of the others. */
    static Job otherTask(Node node, int number) {
        return new Job(node, LANE + 1, number, false, null);
    }

    /** A task that comes in through this door. */
    static Job task(Node node, int number, Admission door) {
        return new Job(node, LANE, number, false, door);
    }

    /** An actor's mailbox, which may wait in a slot. */
    static Job message(Node node, int number) {
        return new Job(node, LANE, number, true, null);
    }

    @Override
    public boolean ordered() {
        return !message;
    }

    @Override
    public @Nullable Admission admission() {
        return door;
    }

    @Override
    public void run() {
        throw new AssertionError("the agenda runs nothing");
    }
}
