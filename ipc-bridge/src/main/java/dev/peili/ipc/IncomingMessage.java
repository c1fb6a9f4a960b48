package dev.peili.ipc;

/**
 * A message of the other side to an actor that exists: what {@link TopLevelProtocol#getSpecificMessageEventTarget} decides
 * by.
 *
 * @param protocol of the actor
 * @param actorId of the actor
 * @param message what the other side has sent
 */
public record IncomingMessage(Protocol<?> protocol, long actorId, ProtocolMessage message) {}
