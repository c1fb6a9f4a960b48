package dev.peili.examples.webrtc;

import java.util.Locale;

/** Who connects a mirror. */
enum Mode {
    /** The mirror asks its owner, because the owner has told it to. */
    MIRROR_INITIALIZED,
    /** The owner. */
    CANONICAL_INITIALIZED;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
