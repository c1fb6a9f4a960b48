package dev.peili.ipc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.serialization.jackson.JacksonMigration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** I6: what Jackson reads a second time, which is a shorter way, is what it reads the first time. */
final class PayloadsTest {
    private static final int MAX_FRAME = 200_000;
    /** Long enough for Pekko to compress it. */
    private static final String LONG = "long ".repeat(10_000);

    private static final ActorTestKit KIT =
            ActorTestKit.create(ConfigFactory.parseString("""
                    pekko.serialization.jackson.jackson-cbor {
                      compression.algorithm = gzip
                      migrations {
                        "dev.peili.ipc.PayloadsTest$Note$Renamed" = "dev.peili.ipc.PayloadsTest$Renaming"
                      }
                    }
                    """).withFallback(ConfigFactory.load()));

    private final Payloads payloads = new Payloads(KIT.system(), MAX_FRAME);

    sealed interface Note extends ProtocolMessage {
        Protocol<Note> PROTOCOL = Protocol.named("PNote", Note.class);

        record Text(String text) implements Note {}

        record Who(ActorRef<String> ref) implements Note {}

        record Renamed(String now) implements Note {}
    }

    /** From a version in which the text had another name. */
    public static final class Renaming extends JacksonMigration {
        @Override
        public int currentVersion() {
            return 2;
        }

        @Override
        public JsonNode transform(int fromVersion, JsonNode json) {
            ObjectNode node = (ObjectNode) json;
            node.set("now", node.remove("before"));
            return node;
        }
    }

    @AfterAll
    static void shutdown() {
        KIT.shutdownTestKit();
    }

    private void readTwice(Note message) throws BadFrameException {
        MessageType type = Note.PROTOCOL.typeOf(message.getClass());
        byte[] payload = payloads.write(Note.PROTOCOL, message);
        for (int i = 0; i < 2; i++) {
            assertThat(payloads.read(type, payload)).isEqualTo(message);
        }
    }

    @Test
    void text_isReadAgain() throws BadFrameException {
        readTwice(new Note.Text("short"));
    }

    @Test
    void compressedText_isReadAgain() throws BadFrameException {
        byte[] payload = payloads.write(Note.PROTOCOL, new Note.Text(LONG));
        assertThat(payload.length).isLessThan(LONG.length());
        readTwice(new Note.Text(LONG));
    }

    @Test
    void actor_isFoundAgain() throws BadFrameException {
        readTwice(new Note.Who(KIT.createTestProbe(String.class).ref()));
    }

    @Test
    void messageOfAnEarlierVersion_isMigratedAgain() throws BadFrameException, IOException {
        readTwice(new Note.Renamed("text"));
        MessageType type = Note.PROTOCOL.typeOf(Note.Renamed.class);
        byte[] bytes = new CBORMapper().writeValueAsBytes(Map.of("before", "text"));
        byte[] earlier = ByteBuffer.allocate(Short.BYTES + bytes.length)
                .putShort((short) 0)
                .put(bytes)
                .array();
        for (int i = 0; i < 2; i++) {
            assertThat(payloads.read(type, earlier)).isEqualTo(new Note.Renamed("text"));
        }
    }

    @Test
    void garbage_isRefusedAgain() throws BadFrameException {
        readTwice(new Note.Text("short"));
        MessageType type = Note.PROTOCOL.typeOf(Note.Text.class);
        assertThatThrownBy(() -> payloads.read(type, new byte[] {0, 0, 1, 2}))
                .isInstanceOf(BadFrameException.class)
                .hasMessageContaining(Note.Text.class.getName() + " cannot be read");
    }

    @Test
    void nothing_isRefusedByItsName() {
        MessageType type = Note.PROTOCOL.typeOf(Note.Text.class);
        byte cborNull = (byte) 0xF6;
        assertThatThrownBy(() -> payloads.read(type, new byte[] {0, 0, cborNull}))
                .isInstanceOf(BadFrameException.class)
                .hasMessageContaining("its serializer makes nothing of a " + Note.Text.class.getName());
    }
}
