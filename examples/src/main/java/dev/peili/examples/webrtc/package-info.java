/**
 * The example of mirrors: a media conduit that mirrors what a transceiver has negotiated, and the race that it was exposed to
 * while mirrors connected themselves (Mozilla bug 1837570).
 *
 * <p>{@code Transceiver} owns the state and {@code Conduit} mirrors it; {@code Script} makes calls, one after the other, each
 * with a new conduit. {@code Trial} lets it do so in each {@code Mode} in turns, and a {@code Tally} counts what happened.
 * {@code Report} tells it, and {@code TallyFile} writes it.
 */
@NullMarked
package dev.peili.examples.webrtc;

import org.jspecify.annotations.NullMarked;
