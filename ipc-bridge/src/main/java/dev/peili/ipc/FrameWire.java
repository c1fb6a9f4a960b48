package dev.peili.ipc;

import java.util.Objects;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/**
 * Sends frames, several in a packet where they come quickly: whoever writes the first has the endpoint told to send it, and
 * what is written until then goes with it. Its monitor is held while one frame is written, so the frames are in one order.
 */
final class FrameWire implements Wire {
    private final ActorRef<Endpoint.Command> self;
    private final ActorRef<Endpoint.Command> other;
    private final ProtocolTree tree;
    private final int packetSize;
    private final FrameWriter writer = new FrameWriter();
    private boolean isFlushing;
    private boolean hasSent;
    private boolean isClosed;

    FrameWire(ActorRef<Endpoint.Command> self, ActorRef<Endpoint.Command> other, ProtocolTree tree, int packetSize) {
        this.self = self;
        this.other = other;
        this.tree = tree;
        this.packetSize = packetSize;
    }

    @Override
    public synchronized void constructor(
            ProtocolActor<?> actor,
            long id,
            MessageType type,
            ProtocolMessage arguments,
            byte[] payload,
            @Nullable Inbox twins) {
        if (begin(payload.length)) {
            writer.constructor(
                    id,
                    Objects.requireNonNull(actor.manager()).id(),
                    tree.indexOf(actor.protocol()),
                    type.index(),
                    payload);
            end();
        }
    }

    @Override
    public synchronized void message(
            ProtocolActor<?> actor, MessageType type, ProtocolMessage message, byte[] payload) {
        if (begin(payload.length)) {
            writer.message(actor.id(), type.index(), payload);
            end();
        }
    }

    @Override
    public synchronized void delete(long actor, ActorDestroy why) {
        if (begin(0)) {
            writer.delete(actor, why);
            end();
        }
    }

    @Override
    public synchronized void messagesHandled(long actor, long messages) {
        if (begin(0)) {
            writer.actorCredit(actor, messages);
            end();
        }
    }

    @Override
    public synchronized void bytesHandled(long bytes) {
        if (begin(0)) {
            writer.credit(bytes);
            end();
        }
    }

    @Override
    public synchronized void close(CloseReason reason, String detail) {
        if (begin(0)) {
            writer.close(reason, detail);
            send();
            isClosed = true;
        }
    }

    /** Makes room for a frame; false if nothing more is sent. */
    private boolean begin(int payload) {
        if (!isClosed && writer.size() + payload > packetSize) {
            send();
        }
        return !isClosed;
    }

    private void end() {
        if (writer.size() >= packetSize) {
            send();
        } else if (!isFlushing) {
            isFlushing = true;
            self.tell(Endpoint.Flush.INSTANCE);
        }
    }

    private void send() {
        if (!writer.isEmpty()) {
            hasSent = true;
            other.tell(new Packet(writer.takePacket()));
        }
    }

    @Override
    public synchronized void flush() {
        isFlushing = false;
        send();
    }

    @Override
    public synchronized void beat() {
        if (!hasSent && begin(0)) {
            writer.heartbeat();
            send();
        }
        hasSent = false;
    }
}
