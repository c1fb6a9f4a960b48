package dev.peili.actors.internal.agenda;

/**
 * The bounds of promise G5.
 *
 * @param k a ready turn starts after at most this many times as many others as there are ready groups
 * @param round how many turns a seat may run, while others wait, before it looks at the shared queue again
 * @param backgroundEvery after this many urgent slices in a row, one background slice goes first
 * @param categoryEvery a lane that was passed over this often goes first in its group
 * @param barrierPatience after this many slices of documents that began while their TabGroup's own turn waited for them
 *     to be quiet, no further one begins before it
 * @param handOverTicks after this many ticks, a turn at a checkpoint gives its seat to one that waits; 0 is never
 */
public record Limits(
        int k, int round, int backgroundEvery, int categoryEvery, int barrierPatience, int handOverTicks) {}
