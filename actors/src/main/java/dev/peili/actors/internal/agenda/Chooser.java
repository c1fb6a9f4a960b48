package dev.peili.actors.internal.agenda;

import java.util.function.IntFunction;

/** Decides which of several goes next where the promises leave that open. Called with locks held, so it calls nobody back. */
public interface Chooser {
    /**
     * The index of what goes next.
     *
     * @param count how many there are, at least 2, in an order that depends on nothing but when each was made or queued
     * @param subject what each of them is
     */
    int choose(int count, IntFunction<Object> subject);
}
