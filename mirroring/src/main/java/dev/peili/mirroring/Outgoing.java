package dev.peili.mirroring;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.dispatch.Envelope;

/** What a turn sends when it has ended, after its updates and in this order. */
sealed interface Outgoing {
    void send();

    /** Whether it goes out although the turn has failed. */
    boolean survivesFailure();

    /** A plain tell that was kept back. */
    record Held(org.apache.pekko.actor.ActorRef receiver, Envelope envelope) implements Outgoing {
        @Override
        public void send() {
            receiver.tell(envelope.message(), envelope.sender());
        }

        @Override
        public boolean survivesFailure() {
            return true;
        }
    }

    /** What was told through {@link Mirroring#tell}. */
    record Told<U>(ActorRef<U> receiver, U message) implements Outgoing {
        @Override
        public void send() {
            receiver.tell(message);
        }

        @Override
        public boolean survivesFailure() {
            return true;
        }
    }

    /** An event, or the end of its connection. */
    record Fired(Connection connection, MirroringMessage message) implements Outgoing {
        @Override
        public void send() {
            connection.link.target.send(message);
        }

        @Override
        public boolean survivesFailure() {
            return false;
        }
    }
}
