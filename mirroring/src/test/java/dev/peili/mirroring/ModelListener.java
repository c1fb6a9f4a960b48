package dev.peili.mirroring;

import java.util.ArrayList;
import java.util.List;

/** A listener, as it should be. */
final class ModelListener {
    final Player player;
    final EventKey<Note, Happening> key;
    final Listener<Happening> real;
    final List<ModelConnection> connections = new ArrayList<>();

    ModelListener(Player player, EventKey<Note, Happening> key, Listener<Happening> real) {
        this.player = player;
        this.key = key;
        this.real = real;
    }

    void check() {
        player.ledger.expect(
                real.isConnected() == !connections.isEmpty(),
                "M6: " + this + " should be connected by " + connections + ", but says " + real.isConnected());
    }

    @Override
    public String toString() {
        return key + " of " + player;
    }
}
