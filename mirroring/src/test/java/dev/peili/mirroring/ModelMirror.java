package dev.peili.mirroring;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A mirror, as it should be. */
final class ModelMirror {
    final Player player;
    final MirrorKey<Note, Value> key;
    final Mirror<Value> real;

    @Nullable
    Value value;

    int version;
    ConnectionState state = ConnectionState.NEVER_CONNECTED;
    Optional<ModelConnection> connection = Optional.empty();
    Optional<ModelRequest> request = Optional.empty();

    /** The highest order of the connections that it has had. */
    int latest;

    ModelMirror(Player player, MirrorKey<Note, Value> key, Mirror<Value> real, @Nullable Value initial) {
        this.player = player;
        this.key = key;
        this.real = real;
        this.value = initial;
    }

    /** What watchers see of it. */
    record Sight(@Nullable Value value, long version, ConnectionState state) {}

    Sight sight() {
        return new Sight(value, version, state);
    }

    /** What the real one shows; in turns of its actor. */
    Sight realSight() {
        return new Sight(value != null || real.isInitialized() ? real.get() : null, real.version(), real.state());
    }

    void check() {
        Sight shown = realSight();
        if (!shown.equals(sight())) {
            String promise = shown.version < version
                    ? "M2, M3"
                    : shown.version > version ? "M5" : shown.state == state ? "M3, M5" : "M6";
            player.ledger.broken(promise + ": " + this + " should be " + sight() + " by " + connection + ", but is "
                    + shown + player.ledger.describe(player, key));
        }
    }

    @Override
    public String toString() {
        return key + " of " + player;
    }
}
