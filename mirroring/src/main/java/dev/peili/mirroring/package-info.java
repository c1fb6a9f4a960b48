/**
 * State mirroring between actors.
 *
 * <p>A {@link dev.peili.mirroring.Canonical} is a value owned by one actor, and a {@link dev.peili.mirroring.Mirror} is a
 * read-only copy of it in another. The owner connects a mirror with a single message that carries the full current state, so
 * no message from the owner arrives before its state does. All changes that one turn makes become visible together when the
 * turn ends; a turn that throws publishes nothing. Updates that were not delivered yet are replaced by later ones, so that a
 * slow mirror costs no memory that grows.
 *
 * <p>{@linkplain dev.peili.mirroring.Watcher Watchers} run once after the values they depend on have changed, and {@linkplain
 * dev.peili.mirroring.EventProducer event producers} carry events rather than values. {@link dev.peili.mirroring.Mirroring}
 * is where to begin.
 *
 * <p>The idea comes from the state mirroring of Mozilla's Gecko media stack. It works for any actor on Pekko Typed, builds on
 * the groups of {@code dev.peili.actors}, and knows nothing of processes.
 */
@NullMarked
package dev.peili.mirroring;

import org.jspecify.annotations.NullMarked;
