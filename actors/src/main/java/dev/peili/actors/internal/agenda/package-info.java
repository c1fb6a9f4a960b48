/**
 * The decision: which turn may start next.
 *
 * <p>Nothing here knows a thread or a clock. An {@link dev.peili.actors.internal.agenda.Agenda} is asked by whoever has a
 * {@link dev.peili.actors.internal.agenda.Seat}: a worker thread in production, a loop over a random schedule in the
 * tests. Time comes in through a parameter, and what the outside should do at once goes out through {@link
 * dev.peili.actors.internal.agenda.Signals}.
 *
 * <p>A {@link dev.peili.actors.internal.agenda.Node} is a group; the nodes of one TabGroup share a {@link
 * dev.peili.actors.internal.agenda.Family}, whose lock guards promises G1 and G2 among them. The {@link
 * dev.peili.actors.internal.agenda.RunQueue} orders the nodes that look ready (G4, G5), and the {@link
 * dev.peili.actors.internal.agenda.RootBarrier} is the rare case that concerns every family at once.
 */
@NullMarked
package dev.peili.actors.internal.agenda;

import org.jspecify.annotations.NullMarked;
