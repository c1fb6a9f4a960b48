package dev.peili.ipc;

/** Marks messages that only the child side sends. What is marked in neither way, both sides send. */
public interface ToParent extends ProtocolMessage {}
