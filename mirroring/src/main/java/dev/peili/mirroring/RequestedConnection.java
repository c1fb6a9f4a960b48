package dev.peili.mirroring;

/** A connection that a mirror has asked for. */
final class RequestedConnection extends Connection {
    private final ConnectRequest request;

    RequestedConnection(Link link, Source source, ConnectRequest request) {
        super(link, source, request.mirror().key());
        this.request = request;
    }

    @Override
    boolean isWanted() {
        return !request.isCancelled();
    }
}
