package dev.peili.ipc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is written is read; what cannot be read is named (promise I6). */
final class FrameReaderTest {
    private static final int MAX_FRAME = 4096;

    private final FrameWriter writer = new FrameWriter();
    private final FrameReader reader = new FrameReader(MAX_FRAME);
    private final FrameLog log = new FrameLog();

    @Test
    void anyFrames_inAnyPackets_areReadAsTheyWereWritten() throws BadFrameException {
        RandomGenerator random = new SplittableRandom(1);
        FrameLog expected = new FrameLog();
        int frames = 0;
        for (int packet = 0; packet < 2000; packet++) {
            for (int i = random.nextInt(6); i > 0; i--) {
                expected.write(writer, random);
                frames++;
            }
            reader.read(writer.takePacket(), log);
        }
        assertThat(log.frames).isEqualTo(expected.frames);
        assertThat(reader.lastNumber()).isEqualTo(frames);
    }

    @Test
    void aPacketWithoutFrames_isNothing() throws BadFrameException {
        assertThat(writer.isEmpty()).isTrue();
        reader.read(writer.takePacket(), log);
        assertThat(log.frames).isEmpty();
        assertThat(reader.lastNumber()).isZero();
    }

    @Test
    void largeFrames_growTheBuffer() throws BadFrameException {
        byte[] payload = new byte[MAX_FRAME - FrameDescriptor.MESSAGE_BODY];
        for (int i = 0; i < 300; i++) {
            writer.message(i, 0, payload);
        }
        reader.read(writer.takePacket(), log);
        writer.message(300, 0, payload);
        reader.read(writer.takePacket(), log);
        assertThat(log.frames).hasSize(301);
    }

    @Test
    void aDetail_isCutWhereACharacterEnds() throws BadFrameException {
        writer.delete(1, new ActorDestroy(DestroyReason.FAILED, "x" + "€".repeat(5000)));
        writer.close(CloseReason.BAD_FRAME, "😀".repeat(5000));
        byte[] packet = writer.takePacket();
        // Each fits into the smallest frame that peili.ipc.max-frame-size allows.
        new FrameReader(1024).read(packet, log);
        assertThat(log.frames.get(0)).startsWith("delete 1").contains("x€").doesNotContain("\uFFFD");
        assertThat(log.frames.get(1)).startsWith("close BAD_FRAME 😀").doesNotContain("\uFFFD", "?");
    }

    // --- What cannot be read ----------------------------------------------------------------------------------------

    @Test
    void aPacketThatIsTooShort_isNamed() {
        assertBad(new byte[8], "frame 1 cannot be read: a packet of 8 bytes is too short");
    }

    @Test
    void anotherVersion_isNamed() {
        assertBad(header(2, 1).array(), "frame 1 cannot be read: its packet has version 2, not 1");
    }

    @Test
    void aGap_isAFrameThatWasLost() throws BadFrameException {
        reader.read(packetOf(1), log);
        assertThatThrownBy(() -> reader.read(header(1, 3).array(), log))
                .isInstanceOfSatisfying(
                        BadFrameException.class, e -> assertThat(e.reason()).isEqualTo(CloseReason.FRAME_LOST))
                .hasMessage("frame 2 was lost");
        assertThatThrownBy(() -> reader.read(header(1, Long.MAX_VALUE).array(), log))
                .hasMessage("frames 2 to 9223372036854775806 were lost");
    }

    @Test
    void aPacketThatComesAgain_isNamed() throws BadFrameException {
        byte[] packet = packetOf(1);
        reader.read(packet, log);
        assertBad(packet, "frame 1 came again; the next is 2");
        assertBad(header(1, Long.MIN_VALUE).array(), "frame -9223372036854775808 came again; the next is 2");
    }

    @Test
    void aPacketThatEndsInAHeader_isNamed() {
        assertBad(
                ByteBuffer.allocate(13).put(header(1, 1).array()).array(),
                "frame 1 (4 bytes) cannot be read: its packet ends within its header");
    }

    @Test
    void aLengthThatCannotBe_isNamed() {
        for (int length : new int[] {0, -1, Integer.MIN_VALUE, Integer.MAX_VALUE, MAX_FRAME + 2}) {
            assertBad(
                    frame(length, 6, 0),
                    "frame 1 (" + (length - 1) + " bytes) cannot be read: its length has to be from 0 to 4096"
                            + " (peili.ipc.max-frame-size)");
        }
        assertBad(frame(11, 5, 9), "frame 1 (10 bytes) cannot be read: its packet ends after 9 of them");
    }

    @Test
    void theLongestFrame_isRead() throws BadFrameException {
        reader.read(frame(MAX_FRAME + 1, 6, MAX_FRAME), log);
        assertThat(reader.lastNumber()).isOne();
    }

    @Test
    void anUnknownType_isNamed() {
        for (int type : new int[] {0, 8, -1, -128, 127}) {
            assertBad(frame(1, type, 0), "frame 1 (0 bytes) cannot be read: there is no such type of frames");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFrameThatIsTooShortForItsType_isNamed(FrameType type) {
        int least = switch (type) {
            case CONSTRUCTOR -> FrameDescriptor.CONSTRUCTOR_BODY;
            case MESSAGE -> FrameDescriptor.MESSAGE_BODY;
            case DELETE -> FrameDescriptor.DELETE_BODY;
            case ACTOR_CREDIT -> FrameDescriptor.ACTOR_CREDIT_BODY;
            case CREDIT -> FrameDescriptor.CREDIT_BODY;
            case CLOSE -> FrameDescriptor.CLOSE_BODY;
            case HEARTBEAT -> 0;
        };
        for (int length = 0; length < least; length++) {
            assertBadAlone(
                    frame(length + 1, type.code(), length),
                    "frame 1 (" + type + ", " + length + " bytes) cannot be read: it is too short for its type");
        }
    }

    @Test
    void aReasonThatIsNone_isNamed() {
        assertBadAlone(
                frame(2, FrameType.CLOSE.code(), 1, (byte) 99), "frame 1 (CLOSE, 1 bytes): there is no reason 99");
        assertBadAlone(
                frame(2, FrameType.CLOSE.code(), 1, (byte) -1), "frame 1 (CLOSE, 1 bytes): there is no reason -1");
        byte[] delete = new byte[FrameDescriptor.DELETE_BODY];
        delete[7] = 3;
        delete[8] = 50;
        assertBadAlone(
                frame(10, FrameType.DELETE.code(), 9, delete),
                "frame 1 (DELETE, 9 bytes) for actor 3: there is no reason 50");
    }

    @Test
    void framesBeforeABadOne_areHandled() {
        writer.credit(5);
        writer.heartbeat();
        writer.credit(6);
        byte[] packet = writer.takePacket();
        packet[packet.length - FrameDescriptor.CREDIT_BODY - 1] = 77;
        assertBad(packet, "frame 3 (8 bytes) cannot be read: there is no such type of frames");
        assertThat(log.frames).isEqualTo(List.of("credit 5"));
    }

    @Test
    void whatAHandlerRefuses_isNamedWithItsActor() {
        writer.heartbeat();
        writer.message(-7, 3, "abc".getBytes(StandardCharsets.UTF_8));
        FrameHandler picky = new FrameLogThatRefuses();
        assertThatThrownBy(() -> reader.read(writer.takePacket(), picky))
                .isInstanceOf(BadFrameException.class)
                .hasMessage("frame 2 (MESSAGE, 13 bytes) for PThing -7: it is not wanted");
    }

    // --- Parts ------------------------------------------------------------------------------------------------------

    private void assertBad(byte[] packet, String message) {
        assertBad(reader, packet, message);
    }

    private void assertBadAlone(byte[] packet, String message) {
        assertBad(new FrameReader(MAX_FRAME), packet, message);
    }

    private void assertBad(FrameReader by, byte[] packet, String message) {
        assertThatThrownBy(() -> by.read(packet, log))
                .isInstanceOfSatisfying(
                        BadFrameException.class, e -> assertThat(e.reason()).isEqualTo(CloseReason.BAD_FRAME))
                .hasMessage(message);
    }

    private byte[] packetOf(long credit) {
        writer.credit(credit);
        return writer.takePacket();
    }

    private static ByteBuffer header(int version, long number) {
        return ByteBuffer.allocate(FrameDescriptor.PACKET_HEADER)
                .put((byte) version)
                .putLong(number);
    }

    /** One that says this length and type; its body may have another length. */
    private static byte[] frame(int length, int type, int body, byte... bytes) {
        return ByteBuffer.allocate(FrameDescriptor.PACKET_HEADER + FrameDescriptor.FRAME_HEADER + body)
                .put(header(FrameDescriptor.VERSION, 1).array())
                .putInt(length)
                .put((byte) type)
                .put(bytes)
                .array();
    }

    private static final class FrameLogThatRefuses implements FrameHandler {
        @Override
        public void constructor(long actor, long manager, int protocol, int type, byte[] payload) {}

        @Override
        public void message(long actor, int type, byte[] payload) throws BadFrameException {
            throw new BadFrameException("it is not wanted");
        }

        @Override
        public void delete(long actor, ActorDestroy why) {}

        @Override
        public void actorCredit(long actor, long messages) {}

        @Override
        public void credit(long bytes) {}

        @Override
        public void close(CloseReason reason, String detail) {}

        @Override
        public String about(long actor) {
            return "PThing " + actor;
        }
    }
}
