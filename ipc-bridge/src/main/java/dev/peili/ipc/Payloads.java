package dev.peili.ipc;

import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.Serialization$;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.serialization.Serializer;
import org.apache.pekko.serialization.Serializers;
import org.apache.pekko.serialization.jackson.JacksonSerializer;
import org.jspecify.annotations.Nullable;
import scala.util.control.NonFatal;

/**
 * Messages as bytes, by whatever serializer Pekko's configuration binds them to. Both sides know the type by its place in the
 * protocol; a serializer's manifest goes with the bytes where it is not the name of that type. Thread-safe.
 */
final class Payloads {
    /** Instead of a manifest that is the name of the type. It has no length, and other manifests their own and one. */
    private static final byte[] NAME_OF_TYPE = {};

    private final Serialization serialization;
    private final int maxPayload;
    /** Of types that Jackson has read once, with all that Pekko's serializer does before: see {@link #readAgain}. */
    private final Map<Class<?>, ObjectReader> readers = new ConcurrentHashMap<>();

    Payloads(ActorSystem<?> system, int maxFrame) {
        serialization = SerializationExtension.get(Adapter.toClassic(system));
        maxPayload = maxFrame - FrameDescriptor.CONSTRUCTOR_BODY;
    }

    /**
     * A message as bytes.
     *
     * @throws IllegalArgumentException if it cannot be serialized, or is too long
     */
    byte[] write(Protocol<?> protocol, ProtocolMessage message) {
        byte[] payload;
        try {
            byte[] bytes = serialization.serialize(message).get();
            byte[] manifest = manifest(message);
            payload = new byte[Short.BYTES + manifest.length + bytes.length];
            ByteBuffer.wrap(payload)
                    .putShort((short) (manifest == NAME_OF_TYPE ? 0 : manifest.length + 1))
                    .put(manifest)
                    .put(bytes);
        } catch (Throwable failure) {
            throw new IllegalArgumentException(
                    message.getClass().getName() + " of " + protocol + " was not sent: its serializer fails with "
                            + failure,
                    failure);
        }
        if (payload.length > maxPayload) {
            throw new IllegalArgumentException(
                    message.getClass().getName() + " of " + protocol + " was not sent: it has "
                            + payload.length + " bytes, and peili.ipc.max-frame-size leaves room for " + maxPayload
                            + "; send it in parts");
        }
        return payload;
    }

    private byte[] manifest(ProtocolMessage message) throws NotSerializableException {
        String manifest = Serializers.manifestFor(serialization.serializerFor(message.getClass()), message);
        return manifest.equals(message.getClass().getName()) ? NAME_OF_TYPE : manifest.getBytes(StandardCharsets.UTF_8);
    }

    ProtocolMessage read(MessageType type, byte[] payload) throws BadFrameException {
        Object message;
        try {
            Serializer serializer = serialization.serializerFor(type.type());
            ByteBuffer buffer = ByteBuffer.wrap(payload);
            int length = Short.toUnsignedInt(buffer.getShort());
            String manifest =
                    length == 0 ? type.type().getName() : new String(take(buffer, length - 1), StandardCharsets.UTF_8);
            byte[] bytes = take(buffer, buffer.remaining());
            ObjectReader reader = length == 0 ? readers.get(type.type()) : null;
            message = reader == null
                    ? readFirst(serializer, manifest, bytes)
                    : readAgain(reader, (JacksonSerializer) serializer, bytes);
        } catch (Throwable failure) {
            if (failure instanceof Error fatal && !NonFatal.apply(fatal)) {
                throw fatal;
            }
            throw new BadFrameException("its " + type.type().getName() + " cannot be read: " + failure, failure);
        }
        if (message == null || message.getClass() != type.type()) {
            throw new BadFrameException("its serializer makes "
                    + (message == null ? "nothing" : message.getClass().getName()) + " of a "
                    + type.type().getName());
        }
        return (ProtocolMessage) message;
    }

    /** Null where the bytes say so. */
    private @Nullable Object readFirst(Serializer serializer, String manifest, byte[] bytes) {
        Object message = serialization
                .deserialize(bytes, serializer.identifier(), manifest)
                .get();
        if (message != null
                && serializer instanceof JacksonSerializer jackson
                && manifest.equals(message.getClass().getName())
                && manifest.equals(jackson.manifest(message))) {
            readers.putIfAbsent(message.getClass(), jackson.objectMapper().readerFor(message.getClass()));
        }
        return message;
    }

    /**
     * Reads another message of a type. For each, Pekko's serializer would find the class by its name, ask whether it is
     * allowed, and whether there are migrations for it; the answers have not changed since the first.
     */
    private Object readAgain(ObjectReader reader, JacksonSerializer jackson, byte[] bytes) {
        return Serialization$.MODULE$.withTransportInformation(serialization.system(), () -> {
            try {
                return reader.readValue(jackson.decompress(bytes));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static byte[] take(ByteBuffer buffer, int length) {
        if (length > buffer.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[length];
        buffer.get(bytes);
        return bytes;
    }
}
