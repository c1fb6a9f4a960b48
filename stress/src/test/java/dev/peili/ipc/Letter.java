package dev.peili.ipc;

import org.apache.pekko.serialization.JSerializer;

/** The messages of the stress tests, whose serialization takes no time. */
sealed interface Letter extends ProtocolMessage {
    /** How long a page may be. */
    int LONGEST = 1000;

    Protocol<Letter> SHEET = Protocol.named("PSheet", Letter.class);
    Protocol<Letter> LETTER = Protocol.named("PLetter", Letter.class, SHEET);

    /** A message of so many bytes. */
    record Page(int bytes) implements Letter {}

    /** Constructs a sheet. */
    record Open() implements Letter, Constructor {}

    /** Writes as many zeros as it is told to. */
    final class Zeros extends JSerializer {
        @Override
        public int identifier() {
            return 7_345_400;
        }

        @Override
        public boolean includeManifest() {
            return false;
        }

        @Override
        public byte[] toBinary(Object message) {
            return new byte[message instanceof Page page ? page.bytes() : 0];
        }

        @Override
        public Object fromBinaryJava(byte[] bytes, Class<?> type) {
            throw new UnsupportedOperationException();
        }
    }
}
