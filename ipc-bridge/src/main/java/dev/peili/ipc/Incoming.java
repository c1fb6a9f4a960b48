package dev.peili.ipc;

import org.apache.pekko.actor.NoSerializationVerificationNeeded;

/**
 * A message of the other half, in the mailbox of this one.
 *
 * @param bytes what it takes of the channel's window
 */
record Incoming(ProtocolMessage message, int bytes) implements NoSerializationVerificationNeeded {}
