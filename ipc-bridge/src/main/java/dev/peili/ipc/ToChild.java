package dev.peili.ipc;

/** Marks messages that only the parent side sends. What is marked in neither way, both sides send. */
public interface ToChild extends ProtocolMessage {}
