package dev.peili.ipc;

/**
 * A constructor message of the other side that has just come in: what {@link TopLevelProtocol#getMessageEventTarget} decides
 * by. The actor does not exist yet on this side.
 *
 * @param protocol of the actor
 * @param actorId of the actor
 * @param managerId of the actor that manages it
 * @param arguments what the other side has sent
 */
public record ConstructorMessage(Protocol<?> protocol, long actorId, long managerId, ProtocolMessage arguments) {}
