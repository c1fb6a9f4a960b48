package dev.peili.ipc;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Keeps what a reader hands over, and writes frames that it should hand over so. */
final class FrameLog implements FrameHandler {
    /** What was read, a line for each frame; heartbeats are not told. */
    final List<String> frames = new ArrayList<>();
    /** How long all payloads and texts were. */
    long bytes;

    boolean isClosed;

    @Override
    public void constructor(long actor, long manager, int protocol, int type, byte[] payload) {
        bytes += payload.length;
        frames.add("constructor " + actor + " " + manager + " " + protocol + " " + type + " " + hash(payload));
    }

    @Override
    public void message(long actor, int type, byte[] payload) {
        bytes += payload.length;
        frames.add("message " + actor + " " + type + " " + hash(payload));
    }

    @Override
    public void delete(long actor, ActorDestroy why) {
        bytes += why.detail().length();
        frames.add("delete " + actor + " " + why);
    }

    @Override
    public void actorCredit(long actor, long messages) {
        frames.add("actorCredit " + actor + " " + messages);
    }

    @Override
    public void credit(long total) {
        frames.add("credit " + total);
    }

    @Override
    public void close(CloseReason reason, String detail) {
        isClosed = true;
        bytes += detail.length();
        frames.add("close " + reason + " " + detail);
    }

    private static String hash(byte[] payload) {
        return payload.length + "/" + Arrays.hashCode(payload);
    }

    /** Writes any frame, and notes it here as if it had been read. */
    void write(FrameWriter writer, RandomGenerator random) {
        long actor = number(random);
        switch (any(random, FrameType.values())) {
            case CONSTRUCTOR -> {
                byte[] payload = payload(random);
                long manager = number(random);
                int protocol = random.nextInt(1 << 16);
                int type = random.nextInt(1 << 16);
                writer.constructor(actor, manager, protocol, type, payload);
                constructor(actor, manager, protocol, type, payload);
            }
            case MESSAGE -> {
                byte[] payload = payload(random);
                int type = random.nextInt(1 << 16);
                writer.message(actor, type, payload);
                message(actor, type, payload);
            }
            case DELETE -> {
                ActorDestroy why = new ActorDestroy(any(random, DestroyReason.values()), text(random));
                writer.delete(actor, why);
                delete(actor, why);
            }
            case ACTOR_CREDIT -> {
                long messages = number(random);
                writer.actorCredit(actor, messages);
                actorCredit(actor, messages);
            }
            case CREDIT -> {
                long total = number(random);
                writer.credit(total);
                credit(total);
            }
            case HEARTBEAT -> writer.heartbeat();
            case CLOSE -> {
                CloseReason reason = any(random, CloseReason.values());
                String detail = text(random);
                writer.close(reason, detail);
                close(reason, detail);
            }
        }
    }

    private static <T> T any(RandomGenerator random, T[] all) {
        return all[random.nextInt(all.length)];
    }

    private static long number(RandomGenerator random) {
        return switch (random.nextInt(8)) {
            case 0 -> Long.MAX_VALUE;
            case 1 -> Long.MIN_VALUE;
            case 2 -> random.nextLong();
            default -> random.nextInt(-5, 6);
        };
    }

    private static byte[] payload(RandomGenerator random) {
        byte[] payload = new byte[random.nextInt(random.nextInt(8) == 0 ? 2000 : 20)];
        random.nextBytes(payload);
        return payload;
    }

    private static String text(RandomGenerator random) {
        byte[] text = new byte[random.nextInt(30)];
        Arrays.fill(text, (byte) ('a' + random.nextInt(26)));
        return new String(text, StandardCharsets.US_ASCII) + "ä€";
    }
}
