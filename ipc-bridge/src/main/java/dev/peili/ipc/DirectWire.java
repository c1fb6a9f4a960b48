package dev.peili.ipc;

import java.util.Objects;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/** Tells the other endpoint, in the same process, what there is to tell; nothing is serialized. */
final class DirectWire implements Wire {
    private final ActorRef<Endpoint.Command> other;
    private final ChannelCore core;
    private volatile boolean isClosed;

    DirectWire(ChannelCore core) {
        this.other = core.endpoint();
        this.core = core;
    }

    @Override
    public void constructor(
            ProtocolActor<?> actor,
            long id,
            MessageType type,
            ProtocolMessage arguments,
            byte[] payload,
            @Nullable Inbox twins) {
        tell(new Endpoint.DirectConstruct(actor, id, type, arguments, Objects.requireNonNull(twins)));
    }

    @Override
    public void message(ProtocolActor<?> actor, MessageType type, ProtocolMessage message, byte[] payload) {
        tell(new Endpoint.DirectMessage(actor.id(), message));
    }

    @Override
    public void delete(long actor, ActorDestroy why) {
        tell(new Endpoint.DirectDelete(actor, why));
    }

    private void tell(Endpoint.Command what) {
        if (!isClosed) {
            other.tell(what);
        }
    }

    @Override
    public void messagesHandled(long actor, long messages) {
        ProtocolActor<?> sender = core.actor(actor);
        if (sender != null) {
            core.confirm(sender, messages);
        }
    }

    @Override
    public void bytesHandled(long bytes) {
        core.confirm(bytes);
    }

    @Override
    public void close(CloseReason reason, String detail) {
        tell(new Endpoint.DirectClose(reason, detail));
        isClosed = true;
    }

    @Override
    public void flush() {}

    @Override
    public void beat() {}
}
