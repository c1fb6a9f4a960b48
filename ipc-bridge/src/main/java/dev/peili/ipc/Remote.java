package dev.peili.ipc;

/** What crosses from one endpoint to another; {@link ChannelSerializer} makes bytes of it, where it has to be. */
sealed interface Remote permits Handshake, Packet {}
