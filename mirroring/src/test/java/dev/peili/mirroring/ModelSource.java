package dev.peili.mirroring;

/** A canonical or an event producer, as it should be. */
sealed interface ModelSource permits ModelCanonical, ModelProducer {
    Player owner();

    String name();

    /** The versions that its owner has published, the last one; 0 if there are none. */
    int version();
}
