package dev.peili.actors.internal.agenda;

/**
 * Room in front of a {@link Seat}'s fields, so that two threads' seats never share a cache line (or a pair of them, which
 * are fetched together): a seat is written for every turn.
 */
@SuppressWarnings({"UnusedVariable", "MultiVariableDeclaration"})
abstract class PaddedSeat {
    private long p00, p01, p02, p03, p04, p05, p06, p07, p08, p09, p10, p11, p12, p13, p14, p15;
}
