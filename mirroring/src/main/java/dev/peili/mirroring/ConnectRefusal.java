package dev.peili.mirroring;

/** To a mirror that has asked to be connected: it will not be. */
final class ConnectRefusal extends Notice {
    private final ConnectRequest request;
    private final ConnectionState why;

    ConnectRefusal(ConnectRequest request, ConnectionState why) {
        this.request = request;
        this.why = why;
    }

    ConnectRequest request() {
        return request;
    }

    ConnectionState why() {
        return why;
    }

    @Override
    void tell(Node receiver) {
        request.mirror().refused(request, why);
    }
}
