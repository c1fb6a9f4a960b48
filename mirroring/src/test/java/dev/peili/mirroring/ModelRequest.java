package dev.peili.mirroring;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** That a mirror wants to be connected, and what becomes of it. */
final class ModelRequest {
    final ModelMirror mirror;
    final Player owner;
    final String canonical;
    boolean cancelled;
    /** Once the owner has got it. */
    @Nullable
    ConnectRequest real;
    /** Why the owner has refused it. */
    Optional<ConnectionState> refused = Optional.empty();

    ModelRequest(ModelMirror mirror, Player owner, String canonical) {
        this.mirror = mirror;
        this.owner = owner;
        this.canonical = canonical;
    }

    @Override
    public String toString() {
        return "request of " + mirror + " for " + canonical;
    }
}
