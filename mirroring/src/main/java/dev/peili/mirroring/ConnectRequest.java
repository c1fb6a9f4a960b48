package dev.peili.mirroring;

/** To an owner, from a mirror that asks to be connected: the old way. */
final class ConnectRequest extends Notice {
    private final String canonical;
    private final Mirror<?> mirror;
    private volatile boolean cancelled;

    ConnectRequest(String canonical, Mirror<?> mirror) {
        this.canonical = canonical;
        this.mirror = mirror;
    }

    /** The name of the canonical. */
    String canonical() {
        return canonical;
    }

    Mirror<?> mirror() {
        return mirror;
    }

    /** The actor that asks. */
    Node requester() {
        return mirror.node();
    }

    /** The mirror does not want it any more. */
    void cancel() {
        cancelled = true;
    }

    boolean isCancelled() {
        return cancelled;
    }

    @Override
    void tell(Node receiver) {
        receiver.requested(this);
    }

    @Override
    public String toString() {
        return "ConnectRequest of " + mirror + " for '" + canonical + "'";
    }
}
