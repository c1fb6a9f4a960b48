package dev.peili.ipc;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reads packets, and checks that no frame is missing. Not thread-safe. */
final class FrameReader {
    private final int maxFrame;
    private long nextNumber = 1;

    /**
     * Begins with frame 1.
     *
     * @param maxFrame how many bytes a frame may have at most, without its header
     */
    FrameReader(int maxFrame) {
        this.maxFrame = maxFrame;
    }

    /** The number of the last frame that was read. */
    long lastNumber() {
        return nextNumber - 1;
    }

    /**
     * Reads a packet.
     *
     * @throws BadFrameException which names the first frame that could not be read or handled; those before it were handled
     */
    void read(byte[] packet, FrameHandler handler) throws BadFrameException {
        ByteBuffer buffer = ByteBuffer.wrap(packet);
        checkHeader(buffer);
        while (buffer.hasRemaining()) {
            readFrame(buffer, handler);
        }
    }

    private void checkHeader(ByteBuffer packet) throws BadFrameException {
        if (packet.remaining() < FrameDescriptor.PACKET_HEADER) {
            throw new BadFrameException("frame " + nextNumber + " cannot be read: a packet of " + packet.remaining()
                    + " bytes is too short");
        }
        int version = packet.get();
        if (version != FrameDescriptor.VERSION) {
            throw new BadFrameException("frame " + nextNumber + " cannot be read: its packet has version " + version
                    + ", not " + FrameDescriptor.VERSION);
        }
        long number = packet.getLong();
        if (number > nextNumber) {
            throw new BadFrameException(
                    CloseReason.FRAME_LOST,
                    number == nextNumber + 1
                            ? "frame " + nextNumber + " was lost"
                            : "frames " + nextNumber + " to " + (number - 1) + " were lost");
        } else if (number < nextNumber) {
            throw new BadFrameException("frame " + number + " came again; the next is " + nextNumber);
        }
    }

    private void readFrame(ByteBuffer packet, FrameHandler handler) throws BadFrameException {
        long number = nextNumber;
        if (packet.remaining() < FrameDescriptor.FRAME_HEADER) {
            throw bad(number, "", packet.remaining(), "its packet ends within its header");
        }
        int length = packet.getInt() - 1;
        FrameType type = FrameType.of(packet.get());
        if (length < 0 || length > maxFrame) {
            throw bad(number, "", length, "its length has to be from 0 to " + maxFrame + " (peili.ipc.max-frame-size)");
        } else if (length > packet.remaining()) {
            throw bad(number, "", length, "its packet ends after " + packet.remaining() + " of them");
        } else if (type == null) {
            throw bad(number, "", length, "there is no such type of frames");
        }
        ByteBuffer body = packet.slice().limit(length);
        packet.position(packet.position() + length);
        nextNumber++;
        long actor = body.remaining() >= Long.BYTES ? body.getLong(0) : 0;
        try {
            handle(type, body, handler);
        } catch (BufferUnderflowException e) {
            throw bad(number, type.name(), length, "it is too short for its type");
        } catch (BadFrameException e) {
            boolean hasActor = type == FrameType.CONSTRUCTOR
                    || type == FrameType.MESSAGE
                    || type == FrameType.DELETE
                    || type == FrameType.ACTOR_CREDIT;
            throw new BadFrameException(
                    name(number, type.name(), length) + (hasActor ? " for " + handler.about(actor) : "") + ": "
                            + e.getMessage(),
                    e.getCause() == null ? e : e.getCause());
        }
    }

    private static BadFrameException bad(long number, String type, int length, String problem) {
        return new BadFrameException(name(number, type, length) + " cannot be read: " + problem);
    }

    private static String name(long number, String type, int length) {
        return "frame " + number + " (" + (type.isEmpty() ? "" : type + ", ") + length + " bytes)";
    }

    private static void handle(FrameType type, ByteBuffer body, FrameHandler handler) throws BadFrameException {
        switch (type) {
            case CONSTRUCTOR ->
                handler.constructor(
                        body.getLong(), body.getLong(), unsignedShort(body), unsignedShort(body), rest(body));
            case MESSAGE -> handler.message(body.getLong(), unsignedShort(body), rest(body));
            case DELETE ->
                handler.delete(
                        body.getLong(), new ActorDestroy(reason(FrameDescriptor.DESTROY_REASONS, body), text(body)));
            case ACTOR_CREDIT -> handler.actorCredit(body.getLong(), body.getLong());
            case CREDIT -> handler.credit(body.getLong());
            case HEARTBEAT -> {}
            case CLOSE -> handler.close(reason(FrameDescriptor.CLOSE_REASONS, body), text(body));
        }
    }

    private static int unsignedShort(ByteBuffer body) {
        return Short.toUnsignedInt(body.getShort());
    }

    private static byte[] rest(ByteBuffer body) {
        byte[] bytes = new byte[body.remaining()];
        body.get(bytes);
        return bytes;
    }

    private static String text(ByteBuffer body) {
        return new String(rest(body), StandardCharsets.UTF_8);
    }

    private static <R> R reason(List<R> reasons, ByteBuffer body) throws BadFrameException {
        int code = body.get();
        if (code < 0 || code >= reasons.size()) {
            throw new BadFrameException("there is no reason " + code);
        }
        return reasons.get(code);
    }
}
