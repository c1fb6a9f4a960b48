package dev.peili.ipc;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/**
 * What one side of a channel has in flight, in bytes, and what it has handled of the other side's. Any thread.
 *
 * <p>A frame counts from when it is sent until the receiver reports that it was handled, or dropped. The receiver reports sums
 * that only rise, now and then, so a report that is late does no harm.
 */
final class Flow {
    /** What each frame counts besides its payload. */
    static final int FRAME = 64;

    private final long limit;
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong confirmed = new AtomicLong();
    /** Guarded by this. */
    private final Set<ProtocolActor<?>> refused = new LinkedHashSet<>(0);

    private volatile boolean hasRefused;

    private final AtomicLong handled = new AtomicLong();
    private final AtomicLong reported = new AtomicLong();
    private final LongConsumer report;
    /** How much is handled before the other side has to be told: some of what that lets be in flight. */
    private volatile long bytesPerReport = 1;

    /**
     * Nothing is in flight.
     *
     * @param report tells the other side how much was handled in all
     */
    Flow(long limit, LongConsumer report) {
        this.limit = limit;
        this.report = report;
    }

    // --- Sending ----------------------------------------------------------------------------------------------------

    boolean hasRoom() {
        return inFlight() < limit;
    }

    long inFlight() {
        return sent.get() - confirmed.get();
    }

    /** Takes room, whether there is any or not. */
    void take(int bytes) {
        sent.addAndGet(bytes);
    }

    /** Takes room, if there is any before. */
    boolean tryTake(int bytes) {
        long before = sent.get();
        while (before - confirmed.get() < limit) {
            if (sent.compareAndSet(before, before + bytes)) {
                return true;
            }
            before = sent.get();
        }
        return false;
    }

    /** What was taken was not sent after all. */
    void giveBack(int bytes) {
        sent.addAndGet(-bytes);
    }

    /** This actor wants to be told when there is room. */
    synchronized void await(ProtocolActor<?> actor) {
        refused.add(actor);
        hasRefused = true;
    }

    /** The other side has handled so much in all; false if so much was never sent. */
    boolean confirm(long total) {
        if (total > sent.get()) {
            return false;
        }
        confirmed.accumulateAndGet(total, Math::max);
        return true;
    }

    /** Those that wait, if they should be told now; each is returned once. */
    List<ProtocolActor<?>> takeRefused() {
        return hasRefused && inFlight() <= limit / 2 ? take() : List.of();
    }

    private synchronized List<ProtocolActor<?>> take() {
        List<ProtocolActor<?>> told = List.copyOf(refused);
        refused.clear();
        hasRefused = false;
        return told;
    }

    // --- Receiving --------------------------------------------------------------------------------------------------

    /** The other side waits for a report when so much is in flight. */
    void reportWithin(long othersLimit) {
        bytesPerReport = Math.max(1, othersLimit / 4);
    }

    /** This side has handled, or dropped, so much more. */
    void handled(int bytes) {
        if (bytes == 0) {
            return;
        }
        long total = handled.addAndGet(bytes);
        long last = reported.get();
        while (total - last >= bytesPerReport) {
            if (reported.compareAndSet(last, total)) {
                report.accept(total);
                return;
            }
            last = reported.get();
        }
    }
}
