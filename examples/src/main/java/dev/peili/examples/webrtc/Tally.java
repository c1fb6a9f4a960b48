package dev.peili.examples.webrtc;

import dev.peili.mirroring.MirroringSnapshot;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** What happened in a number of rounds of one mode. One thread at a time. */
final class Tally {
    private final Histogram nanos = new Histogram(3);
    private int rounds;
    private int races;
    private long setUps;
    private long requests;
    private long arrivals;
    private long firstValues;
    private long updatesSent;
    private long updatesConflated;

    /**
     * Counts a round.
     *
     * @param connectNanos from the begin of the owner's turn until all mirrors were readable
     * @param link what the library has counted
     */
    void add(Conduit.Report report, long connectNanos, MirroringSnapshot.Link link) {
        rounds++;
        if (report.race()) {
            races++;
        }
        setUps += report.setUps();
        arrivals += report.arrivals();
        firstValues += Conduit.MIRRORS;
        requests += link.counts().requests();
        updatesSent += link.counts().updatesSent();
        updatesConflated += link.counts().updatesConflated();
        nanos.recordValue(Math.max(0, connectNanos));
    }

    /** Counts all rounds of the other one. */
    void add(Tally other) {
        rounds += other.rounds;
        races += other.races;
        setUps += other.setUps;
        requests += other.requests;
        arrivals += other.arrivals;
        firstValues += other.firstValues;
        updatesSent += other.updatesSent;
        updatesConflated += other.updatesConflated;
        nanos.add(other.nanos);
    }

    int rounds() {
        return rounds;
    }

    /** In how many rounds the conduit saw a state that was too old. */
    int races() {
        return races;
    }

    /**
     * How many messages it took until a mirror was readable: those that told its actor to connect it, its requests, and the
     * one that brought the value. One that serves several mirrors counts for each of them.
     */
    double messagesPerConnect() {
        return (double) (setUps * Conduit.MIRRORS + requests + firstValues) / firstValues;
    }

    /** How many messages it took until a conduit could read all its mirrors. */
    double messagesPerConduit() {
        return (double) (setUps + requests + arrivals) / rounds;
    }

    double connectMicros(double percentile) {
        return nanos.getValueAtPercentile(percentile) / (double) TimeUnit.MICROSECONDS.toNanos(1);
    }

    long updatesSent() {
        return updatesSent;
    }

    long updatesConflated() {
        return updatesConflated;
    }
}
