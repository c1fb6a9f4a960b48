package dev.peili.actors.internal.dispatch;

import org.jspecify.annotations.Nullable;

/** A message that has another one in it: the one that its sender knows, and that recordings and traces name. */
public interface Carrier {
    /** The other message. */
    Object carried();

    /** Where this message is handled instead of where its actor is; null is nowhere else. Always the same. */
    default @Nullable Label label() {
        return null;
    }

    /** What the message carries, or the message itself. */
    static Object unwrap(Object message) {
        return message instanceof Carrier carrier ? carrier.carried() : message;
    }
}
