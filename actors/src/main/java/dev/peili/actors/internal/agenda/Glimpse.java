package dev.peili.actors.internal.agenda;

/**
 * What an onlooker sees of a group at one moment. The arrays have one entry for each lane.
 *
 * @param queued tasks, and actors with messages, that wait
 * @param openLane the category of the open turn, or -1 if none is open
 * @param paused whether that turn is paused, on its thread or off it
 * @param nanos how long turns have run
 */
@SuppressWarnings("ArrayRecordComponent") // made for one reader
public record Glimpse(boolean suspended, boolean urgent, int openLane, boolean paused, int[] queued, long[] nanos) {
    /** With the lock of the family. */
    static Glimpse of(Node node, boolean suspended, boolean urgent) {
        int[] queued = new int[Node.LANES];
        long[] nanos = new long[Node.LANES];
        for (int lane = 0; lane < Node.LANES; lane++) {
            queued[lane] = node.queued(lane);
            nanos[lane] = node.nanos(lane);
        }
        boolean paused = node.active && node.paused;
        return new Glimpse(suspended, urgent, node.active ? node.openLane : -1, paused, queued, nanos);
    }
}
