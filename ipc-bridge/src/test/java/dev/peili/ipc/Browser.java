package dev.peili.ipc;

/** Managed by {@link Content}; either side constructs it. */
sealed interface Browser extends ProtocolMessage, Part {
    Protocol<Browser> PROTOCOL = Protocol.named("PBrowser", Browser.class, Request.PROTOCOL);

    /** Constructs one; {@code target} is for the other side's half, see {@link PuppetSide}. */
    record Open(String name, String target) implements Browser, Constructor {}

    record Step(int number) implements Browser {}

    record Page(int number, String text) implements Browser, ToParent {}

    record Click(int number) implements Browser, ToChild {}
}
