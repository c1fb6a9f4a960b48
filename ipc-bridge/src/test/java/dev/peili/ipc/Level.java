package dev.peili.ipc;

import java.util.List;
import java.util.function.Function;
import org.apache.pekko.actor.typed.Behavior;

/** The protocols of the proof: the top-level one, one below it, and one below both. */
enum Level {
    TOP,
    MID,
    LEAF;

    /** A message that is no constructor. */
    interface Numbered {
        int serial();

        String pad();
    }

    /** A constructor message. */
    interface Keyed extends Constructor {
        int key();
    }

    sealed interface Leaf extends ProtocolMessage {
        Protocol<Leaf> PROTOCOL = Protocol.named("PLeaf", Leaf.class);

        record Make(int key) implements Leaf, Keyed {}

        /** Neither side says how to make an actor for it. */
        record Orphan(int key) implements Leaf, Keyed {}

        record Step(int serial, String pad) implements Leaf, Numbered {}
    }

    sealed interface Mid extends ProtocolMessage {
        Protocol<Mid> PROTOCOL = Protocol.named("PMid", Mid.class, Leaf.PROTOCOL);

        record Make(int key) implements Mid, Keyed {}

        record Step(int serial, String pad) implements Mid, Numbered {}
    }

    sealed interface Top extends ProtocolMessage {
        Protocol<Top> PROTOCOL = Protocol.named("PTop", Top.class, Mid.PROTOCOL, Leaf.PROTOCOL);

        record Step(int serial, String pad) implements Top, Numbered {}

        record Up(int serial, String pad) implements Top, Numbered, ToParent {}
    }

    Protocol<?> protocol() {
        return switch (this) {
            case TOP -> Top.PROTOCOL;
            case MID -> Mid.PROTOCOL;
            case LEAF -> Leaf.PROTOCOL;
        };
    }

    /** Whose actors those of this level manage. */
    List<Level> managed() {
        return switch (this) {
            case TOP -> List.of(MID, LEAF);
            case MID -> List.of(LEAF);
            case LEAF -> List.of();
        };
    }

    ProtocolActor<?> make(ProtocolActor<?> manager, Function<ProtocolActor<?>, Behavior<Object>> behavior) {
        return switch (this) {
            case TOP -> manager.make(Top.PROTOCOL, behavior);
            case MID -> manager.make(Mid.PROTOCOL, behavior);
            case LEAF -> manager.make(Leaf.PROTOCOL, behavior);
        };
    }

    ProtocolMessage step(int serial, String pad) {
        return switch (this) {
            case TOP -> new Top.Step(serial, pad);
            case MID -> new Mid.Step(serial, pad);
            case LEAF -> new Leaf.Step(serial, pad);
        };
    }

    ProtocolMessage constructor(int key, boolean isOrphan) {
        return switch (this) {
            case TOP -> throw new IllegalArgumentException("nobody constructs the top-level actor");
            case MID -> new Mid.Make(key);
            case LEAF -> isOrphan ? new Leaf.Orphan(key) : new Leaf.Make(key);
        };
    }

    /** The compiler cannot know that the message belongs to the actor. */
    @SuppressWarnings("unchecked")
    static void send(ProtocolActor<?> actor, ProtocolMessage message) {
        ((ProtocolActor<ProtocolMessage>) actor).send(message);
    }

    /** The same. */
    @SuppressWarnings("unchecked")
    static void sendConstructor(ProtocolActor<?> manager, ProtocolActor<?> actor, ProtocolMessage message) {
        manager.sendConstructor((ProtocolActor<ProtocolMessage>) actor, message);
    }
}
