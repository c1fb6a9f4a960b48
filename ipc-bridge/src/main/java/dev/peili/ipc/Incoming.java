package dev.peili.ipc;

import dev.peili.actors.internal.dispatch.Carrier;
import dev.peili.actors.internal.dispatch.Label;
import org.jspecify.annotations.Nullable;

/**
 * A message of the other half, in the mailbox of this one.
 *
 * @param bytes what it takes of the channel's window
 * @param label where it is handled, if not where its actor is
 */
record Incoming(
        ProtocolMessage message, int bytes, @Nullable Label label) implements Carrier {
    /** One that is handled where its actor is, and takes nothing of the channel's window. */
    Incoming(ProtocolMessage message) {
        this(message, 0, null);
    }

    @Override
    public Object carried() {
        return message;
    }

    /** In whose turn it is handled, if that is not the actor's. */
    @Nullable
    Object group() {
        return label == null ? null : label.group();
    }
}
