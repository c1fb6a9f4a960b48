package dev.peili.ipc;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** How a stream of packets is spoiled. */
enum PacketMutation {
    NONE,
    FLIP,
    BYTE,
    TRUNCATE,
    EXTEND,
    NUMBER,
    SPLICE,
    GARBAGE,
    DUPLICATE,
    DROP,
    SWAP;

    private static final int[] NUMBERS = {0, 1, -1, 127, 128, 255, Short.MAX_VALUE, Integer.MAX_VALUE, Integer.MIN_VALUE
    };

    /** Spoils these packets; returns the place of the first that is not as it was. */
    int apply(List<byte[]> packets, RandomGenerator random) {
        int at = random.nextInt(packets.size());
        byte[] packet = packets.get(at);
        switch (this) {
            case NONE -> at = packets.size();
            case FLIP -> {
                for (int i = 1 + random.nextInt(3); i > 0; i--) {
                    packet[random.nextInt(packet.length)] ^= (byte) (1 << random.nextInt(8));
                }
            }
            case BYTE -> packet[random.nextInt(packet.length)] = (byte) random.nextInt();
            case TRUNCATE -> packets.set(at, Arrays.copyOf(packet, random.nextInt(packet.length)));
            case EXTEND -> packets.set(at, extended(packet, random));
            case NUMBER -> number(packet, random);
            case SPLICE -> packets.set(at, spliced(packet, packets.get(random.nextInt(packets.size())), random));
            case GARBAGE -> {
                byte[] garbage = new byte[random.nextInt(100)];
                random.nextBytes(garbage);
                packets.set(at, garbage);
            }
            case DUPLICATE -> packets.add(++at, packet.clone());
            case DROP -> packets.remove(at);
            case SWAP -> {
                int other = random.nextInt(packets.size());
                packets.set(at, packets.get(other));
                packets.set(other, packet);
                at = at == other ? packets.size() : Math.min(at, other);
            }
        }
        return at;
    }

    /** Whether the numbers of the frames show it for sure. */
    boolean isNoticed(int spoiled, int count) {
        return switch (this) {
            case DUPLICATE -> true;
            case DROP -> spoiled < count - 1;
            case SWAP -> spoiled < count;
            default -> false;
        };
    }

    private static byte[] extended(byte[] packet, RandomGenerator random) {
        byte[] longer = Arrays.copyOf(packet, packet.length + 1 + random.nextInt(20));
        if (random.nextBoolean()) {
            for (int i = packet.length; i < longer.length; i++) {
                longer[i] = (byte) random.nextInt();
            }
        }
        return longer;
    }

    private static void number(byte[] packet, RandomGenerator random) {
        int value = NUMBERS[random.nextInt(NUMBERS.length)];
        if (packet.length >= Integer.BYTES) {
            ByteBuffer.wrap(packet).putInt(random.nextInt(packet.length - Integer.BYTES + 1), value);
        }
    }

    private static byte[] spliced(byte[] one, byte[] other, RandomGenerator random) {
        int cut = random.nextInt(one.length + 1);
        int from = random.nextInt(other.length + 1);
        byte[] both = Arrays.copyOf(one, cut + other.length - from);
        System.arraycopy(other, from, both, cut, other.length - from);
        return both;
    }
}
