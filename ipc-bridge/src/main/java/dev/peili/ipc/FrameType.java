package dev.peili.ipc;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a frame is; on the wire it is the byte after the length. */
enum FrameType {
    /** Constructs an actor. */
    CONSTRUCTOR,
    /** A message to an actor that exists. */
    MESSAGE,
    /** An actor has ended. */
    DELETE,
    /** How many messages to an actor have been handled. */
    ACTOR_CREDIT,
    /** How many bytes have been handled in all. */
    CREDIT,
    /** Nothing but a sign of life, and a number. */
    HEARTBEAT,
    /** The channel is closed. */
    CLOSE;

    private static final List<FrameType> TYPES = List.of(values());

    int code() {
        return TYPES.indexOf(this) + 1;
    }

    /** Null for a code that no type has. */
    static @Nullable FrameType of(int code) {
        return code >= 1 && code <= TYPES.size() ? TYPES.get(code - 1) : null;
    }
}
