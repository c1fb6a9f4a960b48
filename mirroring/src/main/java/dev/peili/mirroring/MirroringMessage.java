package dev.peili.mirroring;

import org.apache.pekko.actor.NoSerializationVerificationNeeded;

/** What actors that are set up send each other, below what their behaviors see. It never leaves the JVM. */
sealed interface MirroringMessage extends NoSerializationVerificationNeeded permits QuietMessage, FiredEvent {
    /** Handles it, in a turn of who got it. */
    void handle(Node receiver);
}
