package dev.peili.benchmarks;

import dev.peili.ipc.Constructor;
import dev.peili.ipc.Protocol;
import dev.peili.ipc.ProtocolMessage;
import dev.peili.ipc.ToChild;
import dev.peili.ipc.ToParent;
import org.apache.pekko.actor.typed.ActorRef;

/** The protocols that {@link Channels} measures with: a stream of numbered records, from the parent to the child. */
final class Flow {
    static final Protocol<Stream> STREAM = Protocol.named("PStream", Stream.class);
    static final Protocol<Top> TOP = Protocol.named("PTop", Top.class, STREAM);

    private Flow() {}

    /** What a sender or a receiver handles. */
    interface Command {}

    /** Has a sender go on. */
    record Go() implements Command {}

    /** Of the top-level actors. */
    sealed interface Top extends ProtocolMessage, Command {
        /** Here is who takes plain messages. */
        record Plain(ActorRef<Stream> receiver) implements Top, ToParent {}
    }

    /** Of the actors that messages are sent to. */
    sealed interface Stream extends ProtocolMessage, Command {
        record Open(int count) implements Stream, Constructor, ToChild {}

        record Datum(int number, String text) implements Stream, ToChild {}

        /** Tells a receiver that speaks no protocol what will come, and who wants to know. */
        record Expect(int count, ActorRef<Stream> replyTo) implements Stream, ToChild {}

        /** The last one has come, and all before it, in order. */
        record Done(int number) implements Stream, ToParent {}
    }

    /** What is sent as the record with this number. */
    static Stream.Datum datum(int number) {
        return new Stream.Datum(number, "some text of a length that messages often have");
    }
}
