package dev.peili.mirroring;

/** What an actor has to know even if a supervisor drops the message while it starts again: it is kept until it is handled. */
abstract sealed class Notice extends QuietMessage permits Departure, LinkEnded, ConnectRequest, ConnectRefusal {
    @Override
    final void handle(Node receiver) {
        if (receiver.take(this)) {
            tell(receiver);
        }
    }

    /** Handles it, once. */
    abstract void tell(Node receiver);
}
