package dev.peili.examples.http;

/**
 * What the content process has handled of a channel.
 *
 * @param place the group that it ran in
 * @param misrouted turns in another group or category than that of the target
 * @param outOfOrder messages that came before or after their turn
 * @param delays how long each message, redirects included, took from its sender to the turn that handled it, in
 *     microseconds; a packed {@link org.HdrHistogram.Histogram}
 */
record Handled(
        Place place,
        long redirects,
        long responses,
        long data,
        long ends,
        long bytes,
        long misrouted,
        long outOfOrder,
        @SuppressWarnings("ArrayRecordComponent") byte[] delays) {}
