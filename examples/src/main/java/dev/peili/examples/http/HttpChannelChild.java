package dev.peili.examples.http;

import dev.peili.actors.EventTarget;
import dev.peili.ipc.ChannelFullException;
import dev.peili.ipc.ChannelWritable;
import dev.peili.ipc.ProtocolActor;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.HdrHistogram.Histogram;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/** A request in the content process: checks in each of its turns that it is in the right group, and in the right order. */
final class HttpChannelChild extends AbstractBehavior<HttpChannel> {
    private static final int DIGITS = 2;

    private final ProtocolActor<HttpChannel> self;
    private final EventTarget target;
    private final Histogram delays = new Histogram(DIGITS);
    private int next;
    private long redirects;
    private long responses;
    private long data;
    private long ends;
    private long bytes;
    private long misrouted;
    private long outOfOrder;

    /** @param target where it has to run */
    static Behavior<HttpChannel> create(ProtocolActor<HttpChannel> self, EventTarget target) {
        return Behaviors.setup(context -> new HttpChannelChild(context, self, target));
    }

    private HttpChannelChild(ActorContext<HttpChannel> context, ProtocolActor<HttpChannel> self, EventTarget target) {
        super(context);
        this.self = self;
        this.target = target;
        checkTarget();
    }

    private void checkTarget() {
        if (!EventTarget.current().equals(Optional.of(target))) {
            misrouted++;
        }
    }

    @Override
    public Receive<HttpChannel> createReceive() {
        return newReceiveBuilder()
                .onMessage(HttpChannel.Redirect.class, this::onRedirect)
                .onMessage(HttpChannel.StartRequest.class, this::onStartRequest)
                .onMessage(HttpChannel.Data.class, this::onData)
                .onMessage(HttpChannel.StopRequest.class, this::onStopRequest)
                .onMessage(HttpChannel.EndOfLog.class, end -> onEndOfLog())
                .onSignal(ChannelWritable.class, signal -> tellDone())
                .build();
    }

    private void arrived(HttpChannel.FromNetwork message) {
        // Somebody may have set the clock back.
        delays.recordValue(Math.max(0, Clock.micros() - message.sentAt()));
        checkTarget();
        if (message.number() != next++) {
            outOfOrder++;
        }
    }

    private Behavior<HttpChannel> onRedirect(HttpChannel.Redirect redirect) {
        arrived(redirect);
        redirects++;
        return this;
    }

    private Behavior<HttpChannel> onStartRequest(HttpChannel.StartRequest start) {
        arrived(start);
        responses++;
        return this;
    }

    private Behavior<HttpChannel> onData(HttpChannel.Data part) {
        arrived(part);
        data++;
        bytes += part.length();
        return this;
    }

    private Behavior<HttpChannel> onStopRequest(HttpChannel.StopRequest stop) {
        arrived(stop);
        ends++;
        return tellDone();
    }

    private Behavior<HttpChannel> onEndOfLog() {
        checkTarget();
        return tellDone();
    }

    private Behavior<HttpChannel> tellDone() {
        Place place = Place.of(EventTarget.current().orElseThrow().group());
        try {
            self.send(new HttpChannel.Done(new Handled(
                    place, redirects, responses, data, ends, bytes, misrouted, outOfOrder, packed(delays))));
        } catch (ChannelFullException full) {
            // The signal ChannelWritable will say when to try again.
        }
        return this;
    }

    private static byte[] packed(Histogram histogram) {
        ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        int length = histogram.encodeIntoCompressedByteBuffer(buffer);
        return Arrays.copyOf(buffer.array(), length);
    }
}
