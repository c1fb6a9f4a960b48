package dev.peili.ipc;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.peili.stress.Meeting;
import dev.peili.stress.Told;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** Promise I7 on the way: no report is lost in a {@link FrameWire}, or is behind the end of the channel. */
final class FrameWireStress {
    private FrameWireStress() {}

    /** A way, and what has come out of it. */
    private abstract static class Place {
        final Meeting meeting = new Meeting(2);
        private final Told<Endpoint.Command> endpoint = new Told<>();
        private final Told<Endpoint.Command> other = new Told<>();
        final FrameWire wire = new FrameWire(endpoint, other, new ProtocolTree(Letter.LETTER), 1000);

        /** How often the endpoint was told to send what has been collected. */
        int flushes() {
            return endpoint.count(Endpoint.Flush.class);
        }

        /** What the other side reads; -1 if it cannot. */
        int read() {
            FrameReader reader = new FrameReader(1000);
            Credits credits = new Credits();
            try {
                for (Packet packet : other.all(Packet.class)) {
                    reader.read(packet.bytes(), credits);
                }
            } catch (BadFrameException e) {
                return -1;
            }
            return credits.sum;
        }
    }

    /** Adds up the credits. The end of the channel counts ten times what came before. */
    private static final class Credits implements FrameHandler {
        private int sum;

        @Override
        public void credit(long bytes) {
            sum += (int) bytes;
        }

        @Override
        public void actorCredit(long actor, long messages) {
            sum += (int) messages;
        }

        @Override
        public void close(CloseReason reason, String detail) {
            sum = sum * 10 + 10;
        }

        @Override
        public void constructor(long actor, long manager, int protocol, int type, byte[] payload) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void message(long actor, int type, byte[] payload) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void delete(long actor, ActorDestroy why) {
            throw new UnsupportedOperationException();
        }
    }

    /** Two threads report at the same time. */
    @JCStressTest
    @Outcome(id = "1, 3", expect = ACCEPTABLE, desc = "Both are in the packet that the first has asked for.")
    @Outcome(id = ".*, -1", expect = FORBIDDEN, desc = "Their frames are mixed up.")
    @Outcome(expect = FORBIDDEN, desc = "One of them was lost, or the endpoint told not once.")
    @State
    public static class TwoWriters extends Place {
        @Actor
        public void first() {
            meeting.await();
            wire.messagesHandled(1, 1);
        }

        @Actor
        public void second() {
            meeting.await();
            wire.bytesHandled(2);
        }

        @Arbiter
        public void afterwards(II_Result r) {
            r.r1 = flushes();
            wire.flush();
            r.r2 = read();
        }
    }

    /** A thread reports while the endpoint sends what has been collected. */
    @JCStressTest
    @Outcome(id = "1, 3", expect = ACCEPTABLE, desc = "The report went with the packet.")
    @Outcome(id = "2, 1", expect = ACCEPTABLE, desc = "The report came later, and the endpoint is told once more.")
    @Outcome(id = "1, 1", expect = FORBIDDEN, desc = "The report is in the next packet, which nobody will send.")
    @Outcome(expect = FORBIDDEN, desc = "Lost, or mixed up with the packet.")
    @State
    public static class WriteAgainstFlush extends Place {
        public WriteAgainstFlush() {
            wire.messagesHandled(1, 1);
        }

        @Actor
        public void writer() {
            meeting.await();
            wire.bytesHandled(2);
        }

        @Actor
        public void endpoint() {
            meeting.await();
            wire.flush();
        }

        @Arbiter
        public void afterwards(II_Result r) {
            r.r1 = flushes();
            r.r2 = read();
        }
    }

    /** A thread reports while the channel is closed. */
    @JCStressTest
    @Outcome(id = "30", expect = ACCEPTABLE, desc = "The report came first.")
    @Outcome(id = "10", expect = ACCEPTABLE, desc = "The channel was closed first, and nothing follows.")
    @Outcome(id = "12", expect = FORBIDDEN, desc = "The report was overtaken by the end of the channel.")
    @Outcome(expect = FORBIDDEN, desc = "The end was lost, or mixed up with the report.")
    @State
    public static class WriteAgainstClose extends Place {
        @Actor
        public void writer() {
            meeting.await();
            wire.bytesHandled(2);
        }

        @Actor
        public void closer() {
            meeting.await();
            wire.close(CloseReason.CLOSED, "");
        }

        @Arbiter
        public void afterwards(I_Result r) {
            wire.flush();
            r.r1 = read();
        }
    }
}
