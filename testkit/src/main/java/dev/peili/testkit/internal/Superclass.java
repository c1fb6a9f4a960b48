package dev.peili.testkit.internal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * Gives a class another superclass, in its class file (JVM Specification, chapter 4). The new one has to extend the old one.
 *
 * <p>The name of the old one is replaced in the constant pool, so that what the class makes of its superclass ({@code
 * extends}, {@code new}, {@code super(...)}) it makes of the new one; other methods are called on the old name as before,
 * because the values they are called on need not be of the new class.
 */
final class Superclass {
    private static final int UTF8 = 1;
    private static final int LONG = 5;
    private static final int DOUBLE = 6;
    private static final int CLASS = 7;
    private static final int METHOD = 10;
    private static final int NAME_AND_TYPE = 12;
    /** How many bytes follow the tag of each kind of constant; -1 where there is no such kind of this length. */
    private static final int[] SIZES = {-1, -1, -1, 4, 4, 8, 8, 2, 2, 4, 4, 4, 4, -1, -1, 3, 2, 4, 4, 2, 2};

    private final int[] tags;
    private final String[] texts;
    private final int[] first;
    private final int[] second;
    private final byte[][] bytes;

    private Superclass(int constants) {
        tags = new int[constants];
        texts = new String[constants];
        first = new int[constants];
        second = new int[constants];
        bytes = new byte[constants][];
    }

    /** The class file with the name of the new superclass, both names in the form {@code java/lang/Object}. */
    static byte[] replace(byte[] classFile, String before, String after) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(classFile));
        ByteArrayOutputStream result = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(result);
        out.writeLong(in.readLong());
        Superclass pool = new Superclass(in.readUnsignedShort());
        pool.read(in);
        pool.write(out, before, after);
        out.write(in.readAllBytes());
        return result.toByteArray();
    }

    private void read(DataInputStream in) throws IOException {
        for (int i = 1; i < tags.length; i++) {
            int tag = in.readUnsignedByte();
            tags[i] = tag;
            if (tag == UTF8) {
                texts[i] = in.readUTF();
            } else if (tag == CLASS) {
                first[i] = in.readUnsignedShort();
            } else if (tag == METHOD || tag == NAME_AND_TYPE) {
                first[i] = in.readUnsignedShort();
                second[i] = in.readUnsignedShort();
            } else if (tag >= SIZES.length || SIZES[tag] < 0) {
                throw new IOException("a constant of the unknown kind " + tag);
            } else {
                bytes[i] = in.readNBytes(SIZES[tag]);
                // These take two places.
                i += tag == LONG || tag == DOUBLE ? 1 : 0;
            }
        }
    }

    /** Writes the pool and, behind it, the old name and the class of this name. */
    private void write(DataOutputStream out, String before, String after) throws IOException {
        int oldName = tags.length;
        int oldClass = tags.length + 1;
        out.writeShort(tags.length + 2);
        for (int i = 1; i < tags.length; i++) {
            if (tags[i] == 0) {
                continue;
            }
            out.writeByte(tags[i]);
            switch (tags[i]) {
                case UTF8 -> out.writeUTF(texts[i].equals(before) ? after : texts[i]);
                case CLASS -> out.writeShort(first[i]);
                case METHOD -> {
                    boolean stays = isClass(first[i], before) && !isConstructor(second[i]);
                    out.writeShort(stays ? oldClass : first[i]);
                    out.writeShort(second[i]);
                }
                case NAME_AND_TYPE -> {
                    out.writeShort(first[i]);
                    out.writeShort(second[i]);
                }
                default -> out.write(bytes[i]);
            }
        }
        out.writeByte(UTF8);
        out.writeUTF(before);
        out.writeByte(CLASS);
        out.writeShort(oldName);
    }

    private boolean isClass(int index, String name) {
        return texts[first[index]].equals(name);
    }

    private boolean isConstructor(int nameAndType) {
        return texts[first[nameAndType]].equals("<init>");
    }
}
