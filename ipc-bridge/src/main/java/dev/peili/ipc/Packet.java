package dev.peili.ipc;

/** Frames, as {@link FrameDescriptor} lays them out. Nobody changes the bytes. */
@SuppressWarnings("ArrayRecordComponent")
record Packet(byte[] bytes) implements Remote, Endpoint.Command {}
