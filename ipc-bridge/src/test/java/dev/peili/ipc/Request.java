package dev.peili.ipc;

/** Managed by {@link Browser}. */
sealed interface Request extends ProtocolMessage, Part {
    Protocol<Request> PROTOCOL = Protocol.named("PRequest", Request.class);

    /** Constructs one; {@code target} is for the other side's half, see {@link PuppetSide}. */
    record Open(String name, String target) implements Request, Constructor {}

    record Step(int number) implements Request {}
}
