package dev.peili.examples.http;

import dev.peili.actors.EventTarget;
import dev.peili.ipc.ChannelFullException;
import dev.peili.ipc.ProtocolActor;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Makes the channels of one manager in the content process, in order, as soon as there is room for their constructors. In
 * turns of the manager.
 */
final class ChannelOpener {
    private final ProtocolActor<?> manager;
    private final Deque<Opening> waiting = new ArrayDeque<>();

    /** A channel that is to be made. */
    private record Opening(HttpChannel.AsyncOpen arguments, EventTarget target, boolean inherits) {}

    ChannelOpener(ProtocolActor<?> manager) {
        this.manager = manager;
    }

    /** Makes a channel whose messages run in this target. */
    void open(int channel, String url, EventTarget target) {
        add(new Opening(new HttpChannel.AsyncOpen(channel, url), target, false));
    }

    /** Makes a channel that has no target, and so that of its manager. */
    void open(int channel, String url) {
        add(new Opening(new HttpChannel.AsyncOpen(channel, url), manager.eventTarget(), true));
    }

    private void add(Opening opening) {
        waiting.add(opening);
        openWaiting();
    }

    /** There may be room again. */
    void openWaiting() {
        try {
            while (!waiting.isEmpty()) {
                open(waiting.element());
                waiting.remove();
            }
        } catch (ChannelFullException full) {
            // The signal ChannelWritable will say when to try again.
        }
    }

    private void open(Opening opening) {
        ProtocolActor<HttpChannel> channel =
                manager.make(HttpChannel.PROTOCOL, self -> HttpChannelChild.create(self, opening.target()));
        if (!opening.inherits()) {
            manager.setEventTargetForActor(channel, opening.target());
        }
        manager.sendConstructor(channel, opening.arguments());
    }
}
