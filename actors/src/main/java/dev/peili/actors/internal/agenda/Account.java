package dev.peili.actors.internal.agenda;

import java.util.function.LongSupplier;

/**
 * What CPU time is charged to whom. The clock is read once a slice at most, and only if a tick has passed since the seat
 * read it last; what is shorter is charged for with whatever is measured next, which comes out even over many slices.
 */
final class Account {
    /** What a turn is charged with at least, so that virtual time goes on where none was measured. */
    private static final long LEAST_NANOS_PER_TURN = 100;

    private final LongSupplier nanoTime;
    private volatile int ticks;
    private volatile int poolSize;

    Account(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** By one thread. */
    void tick() {
        int before = ticks;
        ticks = before + 1;
    }

    int ticks() {
        return ticks;
    }

    /** How many entries the pool has, each of which counts as a group. */
    int poolSize() {
        return poolSize;
    }

    /** Under the lock of the pool's family. */
    void countPool(int change) {
        int before = poolSize;
        poolSize = before + change;
    }

    /** The time until now is nobody's. */
    void restart(Seat seat) {
        seat.chargedUntil = nanoTime.getAsLong();
        seat.chargedTick = ticks;
    }

    /** Charges the group of the running turn. */
    void charge(Seat seat, int turns, boolean exactly) {
        Node node = seat.top();
        long used = turns * LEAST_NANOS_PER_TURN;
        int tick = ticks;
        if (exactly || tick != seat.chargedTick) {
            long now = nanoTime.getAsLong();
            long measured = now - seat.chargedUntil;
            used = Math.max(used, measured);
            seat.chargedUntil = now;
            seat.chargedTick = tick;
            if (node.kind != Node.Kind.POOL) {
                node.ran(seat.lane(), measured);
            }
        }
        int shares = node.kind == Node.Kind.POOL ? Math.max(1, poolSize) : node.weight;
        node.virtualTime += shares == 1 ? used : Math.max(1, used / shares);
    }
}
