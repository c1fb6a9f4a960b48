package dev.peili.ipc;

/**
 * Marks the messages with which an actor of a protocol is constructed on the other side; their components are the
 * arguments. It is never sent to an actor that exists.
 */
public interface Constructor extends ProtocolMessage {}
