/**
 * Actors that live in another process. <strong>Nothing is here yet.</strong>
 *
 * <p>This package will hold <em>channels</em>, which carry frames between two processes in order and with a bound on what
 * is in flight, and <em>protocols</em>, trees of managers and sub-actors that exist in pairs, one on each side. An actor
 * is made on the far side by a constructor message. Its event target is chosen on an I/O dispatcher before the actor
 * exists, so that its very first message already runs in the right group; a sub-actor inherits the target of its
 * manager.
 *
 * <p>Every protocol actor will be told exactly once why it ends, and a frame that cannot be read closes the channel with
 * an error that names the frame.
 *
 * <p>The idea comes from the labelling of IPDL actors in Mozilla's Quantum DOM. It builds on {@code
 * dev.peili.mirroring} and {@code dev.peili.actors}.
 */
@NullMarked
package dev.peili.ipc;

import org.jspecify.annotations.NullMarked;
