package dev.peili.ipc;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes frames into the next packet, and numbers them. Not thread-safe. */
final class FrameWriter {
    private static final int INITIAL_SIZE = 1024;
    /** What a buffer may keep from one packet to the next. */
    private static final int MAX_KEPT = 1 << 18;

    private ByteBuffer buffer = ByteBuffer.allocate(INITIAL_SIZE);
    private long nextNumber = 1;

    FrameWriter() {
        begin();
    }

    private void begin() {
        buffer.put((byte) FrameDescriptor.VERSION).putLong(nextNumber);
    }

    /** How long the packet has become. */
    int size() {
        return buffer.position();
    }

    boolean isEmpty() {
        return size() == FrameDescriptor.PACKET_HEADER;
    }

    /** Takes the packet; the next begins. */
    byte[] takePacket() {
        byte[] packet = new byte[buffer.position()];
        buffer.flip().get(packet).clear();
        if (buffer.capacity() > MAX_KEPT) {
            buffer = ByteBuffer.allocate(INITIAL_SIZE);
        }
        begin();
        return packet;
    }

    private ByteBuffer frame(FrameType type, int body) {
        int length = FrameDescriptor.FRAME_HEADER + body;
        if (buffer.remaining() < length) {
            int enough = Math.max(2 * buffer.capacity(), buffer.position() + length);
            buffer = ByteBuffer.allocate(enough).put(buffer.flip());
        }
        nextNumber++;
        return buffer.putInt(body + 1).put((byte) type.code());
    }

    void constructor(long actor, long manager, int protocol, int type, byte[] payload) {
        frame(FrameType.CONSTRUCTOR, FrameDescriptor.CONSTRUCTOR_BODY + payload.length)
                .putLong(actor)
                .putLong(manager)
                .putShort((short) protocol)
                .putShort((short) type)
                .put(payload);
    }

    void message(long actor, int type, byte[] payload) {
        frame(FrameType.MESSAGE, FrameDescriptor.MESSAGE_BODY + payload.length)
                .putLong(actor)
                .putShort((short) type)
                .put(payload);
    }

    void delete(long actor, ActorDestroy why) {
        byte[] detail = detail(why.detail());
        frame(FrameType.DELETE, FrameDescriptor.DELETE_BODY + detail.length)
                .putLong(actor)
                .put((byte) FrameDescriptor.DESTROY_REASONS.indexOf(why.why()))
                .put(detail);
    }

    void actorCredit(long actor, long messages) {
        frame(FrameType.ACTOR_CREDIT, FrameDescriptor.ACTOR_CREDIT_BODY)
                .putLong(actor)
                .putLong(messages);
    }

    void credit(long bytes) {
        frame(FrameType.CREDIT, FrameDescriptor.CREDIT_BODY).putLong(bytes);
    }

    void heartbeat() {
        frame(FrameType.HEARTBEAT, 0);
    }

    void close(CloseReason reason, String text) {
        byte[] detail = detail(text);
        frame(FrameType.CLOSE, FrameDescriptor.CLOSE_BODY + detail.length)
                .put((byte) FrameDescriptor.CLOSE_REASONS.indexOf(reason))
                .put(detail);
    }

    private static byte[] detail(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(bytes.length, FrameDescriptor.MAX_DETAIL);
        while (length < bytes.length && isWithinCharacter(bytes[length])) {
            length--;
        }
        return Arrays.copyOf(bytes, length);
    }

    private static boolean isWithinCharacter(byte next) {
        return (next & 0xC0) == 0x80;
    }
}
