package dev.peili.ipc;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.serialization.SerializerWithStringManifest;

/** Makes bytes of what endpoints tell each other in different processes. Public only because Pekko makes it. Thread-safe. */
public final class ChannelSerializer extends SerializerWithStringManifest {
    /** As in {@code reference.conf}. */
    private static final int IDENTIFIER = 7345401;

    private static final String PACKET = "P";
    private static final String CONNECT = "C";
    private static final String ACCEPT = "A";
    private static final String REFUSE = "R";
    /** A description of protocols has fewer lines. */
    private static final int MAX_LINES = 100_000;
    /** What a reason is cut to. */
    private static final int MAX_WHY = 1000;

    private static final List<Side> SIDES = List.of(Side.values());

    private final ActorRefResolver refs;

    /** Called by Pekko. */
    public ChannelSerializer(ExtendedActorSystem system) {
        refs = ActorRefResolver.get(Adapter.toTyped(system));
    }

    @Override
    public int identifier() {
        return IDENTIFIER;
    }

    @Override
    public String manifest(Object message) {
        if (message instanceof Packet) {
            return PACKET;
        } else if (message instanceof Handshake.Connect) {
            return CONNECT;
        } else if (message instanceof Handshake.Accept) {
            return ACCEPT;
        } else if (message instanceof Handshake.Refuse) {
            return REFUSE;
        }
        throw new IllegalArgumentException(
                "no message of a channel: " + message.getClass().getName());
    }

    @Override
    public byte[] toBinary(Object message) {
        return message instanceof Packet packet ? packet.bytes() : write((Handshake) message);
    }

    private byte[] write(Handshake message) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            if (message instanceof Handshake.Connect connect) {
                out.writeInt(connect.description().size());
                for (String line : connect.description()) {
                    out.writeUTF(line);
                }
                out.writeByte(SIDES.indexOf(connect.side()));
                write(connect.windows(), out);
                out.writeUTF(refs.toSerializationFormat(connect.endpoint()));
            } else if (message instanceof Handshake.Accept accept) {
                write(accept.windows(), out);
                out.writeUTF(refs.toSerializationFormat(accept.endpoint()));
            } else if (message instanceof Handshake.Refuse refuse) {
                String why = refuse.why();
                out.writeUTF(why.length() > MAX_WHY ? why.substring(0, MAX_WHY) : why);
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot be serialized: " + message, e);
        }
        return bytes.toByteArray();
    }

    private static void write(Handshake.Windows windows, DataOutputStream out) throws IOException {
        out.writeInt(windows.messages());
        out.writeLong(windows.bytes());
    }

    private static Handshake.Windows windows(DataInputStream in, String manifest) throws IOException {
        Handshake.Windows windows = new Handshake.Windows(in.readInt(), in.readLong());
        if (windows.messages() < 1 || windows.bytes() < 1) {
            throw unreadable(manifest, "there is no such window as " + windows);
        }
        return windows;
    }

    @Override
    public Object fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
        if (manifest.equals(PACKET)) {
            return new Packet(bytes);
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            return read(in, manifest);
        } catch (IOException e) {
            throw unreadable(manifest, bytes.length + " bytes: " + e);
        }
    }

    private Handshake read(DataInputStream in, String manifest) throws IOException {
        switch (manifest) {
            case CONNECT -> {
                List<String> lines = lines(in);
                int side = in.readByte();
                if (side < 0 || side >= SIDES.size()) {
                    throw unreadable(manifest, "there is no side " + side);
                }
                return new Handshake.Connect(lines, SIDES.get(side), windows(in, manifest), endpoint(in), null);
            }
            case ACCEPT -> {
                return new Handshake.Accept(windows(in, manifest), endpoint(in), null);
            }
            case REFUSE -> {
                return new Handshake.Refuse(in.readUTF());
            }
            default -> throw unreadable(manifest, "there is no such message");
        }
    }

    private static List<String> lines(DataInputStream in) throws IOException {
        int count = in.readInt();
        if (count < 0 || count > MAX_LINES) {
            throw unreadable(CONNECT, count + " lines");
        }
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            lines.add(in.readUTF());
        }
        return lines;
    }

    private ActorRef<Endpoint.Command> endpoint(DataInputStream in) throws IOException {
        return refs.resolveActorRef(in.readUTF());
    }

    private static NotSerializableException unreadable(String manifest, String problem) {
        return new NotSerializableException("a message of a channel (" + manifest + ") cannot be read: " + problem);
    }
}
