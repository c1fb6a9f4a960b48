package dev.peili.mirroring;

/** To an owner: this connection has ended on the other side. */
final class Departure extends Notice {
    private final Connection connection;
    private final ConnectionState why;

    Departure(Connection connection, ConnectionState why) {
        this.connection = connection;
        this.why = why;
    }

    Connection connection() {
        return connection;
    }

    ConnectionState why() {
        return why;
    }

    @Override
    void tell(Node receiver) {
        receiver.departed(connection, why);
    }
}
