package dev.peili.ipc;

import org.apache.pekko.actor.NoSerializationVerificationNeeded;
import org.apache.pekko.actor.typed.Signal;

/**
 * Tells a protocol actor that there is room again, after a message of it was refused with a {@link ChannelFullException}:
 * once, as a signal, when at least half of what was in flight has been handled (promise I7).
 */
public enum ChannelWritable implements Signal, NoSerializationVerificationNeeded {
    /** The only one. */
    INSTANCE
}
