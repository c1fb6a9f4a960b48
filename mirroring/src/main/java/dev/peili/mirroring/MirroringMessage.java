package dev.peili.mirroring;

import org.apache.pekko.actor.NoSerializationVerificationNeeded;

/**
 * What actors that are set up send each other, below what their behaviors see. It never leaves the JVM. A class, not an
 * interface, because each message of each such actor is asked whether it is one, and that is quicker to say.
 */
abstract sealed class MirroringMessage implements NoSerializationVerificationNeeded permits QuietMessage, FiredEvent {
    /** Handles it, in a turn of who got it. */
    abstract void handle(Node receiver);
}
