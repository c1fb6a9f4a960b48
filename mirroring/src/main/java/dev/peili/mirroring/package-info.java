/**
 * State mirroring between actors. <strong>Nothing is here yet.</strong>
 *
 * <p>This package will hold the <em>canonical</em>, a value owned by one actor, and its <em>mirrors</em>, read-only
 * copies in other actors. An owner connects a mirror with a single message that carries the full current state, so no
 * message from the owner can arrive before its state does. All changes that one turn makes become visible together when
 * the turn ends; a turn that throws publishes nothing. Updates that were not delivered yet are replaced by later ones,
 * so that a slow mirror costs no memory that grows.
 *
 * <p>Watchers, which run once after the values they depend on have changed, and event sources, which carry events rather
 * than values, will live here too.
 *
 * <p>The idea comes from the state mirroring of Mozilla's Gecko media stack. It builds on the groups of {@code
 * dev.peili.actors} and knows nothing of processes.
 */
@NullMarked
package dev.peili.mirroring;

import org.jspecify.annotations.NullMarked;
