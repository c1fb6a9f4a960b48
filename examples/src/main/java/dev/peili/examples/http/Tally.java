package dev.peili.examples.http;

import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/** What the content process has handled, of the channels of one group or of all. */
final class Tally {
    private static final int DIGITS = 2;

    private final Histogram delays = new Histogram(DIGITS);
    private long channels;
    private long redirects;
    private long responses;
    private long data;
    private long ends;
    private long bytes;
    private long misrouted;
    private long outOfOrder;

    void add(Handled channel) {
        channels++;
        redirects += channel.redirects();
        responses += channel.responses();
        data += channel.data();
        ends += channel.ends();
        bytes += channel.bytes();
        misrouted += channel.misrouted();
        outOfOrder += channel.outOfOrder();
        delays.add(unpacked(channel.delays()));
    }

    private static Histogram unpacked(byte[] packed) {
        try {
            return Histogram.decodeFromCompressedByteBuffer(ByteBuffer.wrap(packed), 1);
        } catch (DataFormatException e) {
            throw new IllegalArgumentException("the delays of a channel cannot be read", e);
        }
    }

    long channels() {
        return channels;
    }

    long redirects() {
        return redirects;
    }

    long responses() {
        return responses;
    }

    long data() {
        return data;
    }

    long ends() {
        return ends;
    }

    /** Without redirects. */
    long messages() {
        return responses + data + ends;
    }

    long bytes() {
        return bytes;
    }

    long misrouted() {
        return misrouted;
    }

    long outOfOrder() {
        return outOfOrder;
    }

    /** How long a message took at most, but for one in a hundred. */
    double p99Millis() {
        return delays.getValueAtPercentile(99) / 1e3;
    }
}
