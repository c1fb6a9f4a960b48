/**
 * Actors that live on both sides of a channel, in one process or in two, and whose event target is chosen on an I/O
 * dispatcher before they exist, so that their very first message runs in the right group.
 *
 * <p>{@link dev.peili.ipc.Channel} is the entry point. A {@link dev.peili.ipc.Protocol} says which messages a kind of actors
 * has and which others it manages; a {@link dev.peili.ipc.TopLevelProtocol} is one side of a channel, and chooses the event
 * targets of what the other side constructs; a {@link dev.peili.ipc.ProtocolActor} is one half of an actor.
 *
 * <p>The idea comes from the labelling of IPDL actors in Mozilla's Quantum DOM.
 */
@NullMarked
package dev.peili.ipc;

import org.jspecify.annotations.NullMarked;
