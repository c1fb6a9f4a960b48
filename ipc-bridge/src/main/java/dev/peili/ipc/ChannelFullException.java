package dev.peili.ipc;

import java.util.concurrent.RejectedExecutionException;

/**
 * Too much is in flight: the other side has not handled what was sent before, and this message was not sent (promise I7).
 * The actor whose message it was gets a {@link ChannelWritable} signal when it is worth trying again. It is a {@link
 * RejectedExecutionException}, as for a full lane of a group; {@link ProtocolActor#sendConstructor} throws the plain one where the
 * group has been closed, so this one has to be caught first.
 */
public final class ChannelFullException extends RejectedExecutionException {
    private static final long serialVersionUID = 1L;

    ChannelFullException(String message) {
        super(message);
    }
}
