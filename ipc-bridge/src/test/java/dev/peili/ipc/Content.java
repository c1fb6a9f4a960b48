package dev.peili.ipc;

/** The top-level protocol of the tests. */
sealed interface Content extends ProtocolMessage, Part {
    Protocol<Content> PROTOCOL = Protocol.named("PContent", Content.class, Browser.PROTOCOL);

    record Step(int number) implements Content {}
}
