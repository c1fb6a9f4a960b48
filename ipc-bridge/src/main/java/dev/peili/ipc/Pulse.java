package dev.peili.ipc;

import java.time.Duration;

/** For how long an endpoint has not heard of the other, in ticks of its timer. In turns of the endpoint. */
final class Pulse {
    private Duration perTick;
    private Duration limit;
    private int ticks;

    Pulse(Duration perTick, Duration limit) {
        this.perTick = perTick;
        this.limit = limit;
    }

    /** Begins anew, with other times. */
    void begin(Duration newPerTick, Duration newLimit) {
        perTick = newPerTick;
        limit = newLimit;
        ticks = 0;
    }

    void heard() {
        ticks = 0;
    }

    /** Time has passed; whether it has been too long. */
    boolean tick() {
        ticks++;
        return perTick.multipliedBy(ticks).compareTo(limit) >= 0;
    }
}
