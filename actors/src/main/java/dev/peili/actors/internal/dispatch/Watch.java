package dev.peili.actors.internal.dispatch;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Decides when the turn of one worker has kept its thread for too long. It knows no thread and no clock: it is asked once a
 * tick, and told what can be seen of the worker from outside. Used by one thread.
 *
 * <p>A <em>stretch</em> is a time in which the worker's {@linkplain dev.peili.actors.internal.agenda.Seat#sign sign of
 * life} stays the same, so one turn or message runs and nothing else is known. A checkpoint that is not taken leaves no
 * sign. So a stretch that has lasted for a while is called to attention, which makes the next checkpoint a sign, and only
 * the time after that call is time without a checkpoint.
 *
 * <p>Time is counted in ticks that happened, and a tick counts for a tenth of the limit at most, however late it came: what
 * stops the whole program, a collection of garbage or a machine that sleeps, makes no turn long. Nor does another program
 * that has the processor: a turn that was hardly ever on one since it was called is only {@link Verdict#STALLED}. A tick at
 * which the thread waits does not count as running.
 *
 * <p>A stretch is long at most once, and blocks at most once for each time that the thread waits.
 */
final class Watch {
    /** What the sign is while there is no turn, or one that waits because it is parked. */
    static final long NO_TURN = -1;

    private static final int TICKS_AT_LEAST = 10;
    /** The part of the shorter limit after which a stretch is called: late enough to be rare. */
    private static final int CALL_AFTER = 8;
    /** A turn that was on a processor for a smaller part of the time than this is stalled. */
    private static final int ON_PROCESSOR = 4;

    /** What is to be done about the worker. */
    enum Verdict {
        /** Nothing. */
        FINE,
        /** Its turn is to be called, so that the next checkpoint gives a sign. */
        CALL,
        /** Its turn has run for too long without a checkpoint. */
        LONG,
        /** The same, but hardly ever on a processor: in a call to the operating system, or held up by other programs. */
        STALLED,
        /** Its turn has blocked the thread for too long. */
        BLOCKING
    }

    private final long longTurn;
    private final long blockingTurn;
    private final long callAfter;
    private final LongSupplier cpuTime;

    private long sign = NO_TURN;
    /** How long the stretch lasted before it was called. */
    private long uncalled;

    private boolean called;
    /** For how long it has run since, and from when on that is too long. */
    private long ran;

    private long tooLong;
    private boolean longSettled;
    private long cpuTimeWhenCalled;
    /** Whether the thread waited at the last tick, and for how long it has been found so at every tick. */
    private boolean waiting;

    private long waited;
    private boolean blockingSettled;

    /**
     * @param longTurn how long a turn may run without a checkpoint; nothing is for ever
     * @param blockingTurn how long it may block; nothing is for ever
     * @param cpuTime how long the worker's thread has been on a processor, in nanoseconds; negative if that is not known
     */
    Watch(Duration longTurn, Duration blockingTurn, LongSupplier cpuTime) {
        this.longTurn = limit(longTurn);
        this.blockingTurn = limit(blockingTurn);
        this.callAfter = Math.min(this.longTurn, this.blockingTurn) / CALL_AFTER;
        this.cpuTime = cpuTime;
    }

    private static long limit(Duration duration) {
        return duration.isZero() ? Long.MAX_VALUE : Math.max(TICKS_AT_LEAST, duration.toNanos());
    }

    /**
     * Lets a tick pass. A verdict other than {@link Verdict#CALL} is given at each tick until it is {@link #settle}d.
     *
     * @param signNow the worker's sign of life, or {@link #NO_TURN}
     * @param waitsNow whether its thread waits or is blocked
     * @param nanos since the last tick
     */
    Verdict tick(long signNow, boolean waitsNow, long nanos) {
        if (signNow == NO_TURN || signNow != sign) {
            begin(signNow, waitsNow);
            return Verdict.FINE;
        }
        if (waitsNow && waiting) {
            waited += counted(nanos, blockingTurn);
        } else {
            startWaiting(waitsNow);
        }
        if (waited >= blockingTurn) {
            return blockingSettled ? Verdict.FINE : Verdict.BLOCKING;
        }
        return called ? run(waitsNow, nanos) : callIfDue(nanos);
    }

    private void begin(long signNow, boolean waitsNow) {
        sign = signNow;
        uncalled = 0;
        called = false;
        ran = 0;
        tooLong = longTurn;
        longSettled = false;
        startWaiting(waitsNow);
    }

    private void startWaiting(boolean waitsNow) {
        waiting = waitsNow;
        waited = 0;
        blockingSettled = false;
    }

    private Verdict callIfDue(long nanos) {
        uncalled += nanos;
        if (uncalled < callAfter) {
            return Verdict.FINE;
        }
        called = true;
        cpuTimeWhenCalled = cpuTime.getAsLong();
        return Verdict.CALL;
    }

    private Verdict run(boolean waitsNow, long nanos) {
        ran += waitsNow ? 0 : counted(nanos, longTurn);
        if (longSettled || ran < tooLong) {
            return Verdict.FINE;
        }
        long onProcessor = onProcessor();
        return onProcessor < 0 || onProcessor >= ran / ON_PROCESSOR ? Verdict.LONG : Verdict.STALLED;
    }

    private static long counted(long nanos, long limit) {
        return Math.min(nanos, limit / TICKS_AT_LEAST);
    }

    /** The verdict has been acted upon. A stalled turn may yet become a long one. */
    void settle(Verdict verdict) {
        switch (verdict) {
            case LONG -> longSettled = true;
            case STALLED -> tooLong = 2 * ran;
            case BLOCKING -> blockingSettled = true;
            case FINE, CALL -> {}
        }
    }

    /** For how long the turn has run without a checkpoint, in nanoseconds. */
    long ran() {
        return ran;
    }

    /** For how long the turn has blocked, in nanoseconds. */
    long waited() {
        return waited;
    }

    /** How much of {@link #ran} its thread was on a processor, in nanoseconds; negative if that is not known. */
    long onProcessor() {
        long now = cpuTime.getAsLong();
        return now < 0 || cpuTimeWhenCalled < 0 ? -1 : now - cpuTimeWhenCalled;
    }
}
