/**
 * What JDK Flight Recorder is told of the groups (promise G9): turns, their pauses, and tasks that came to nothing.
 *
 * <p>{@link dev.peili.actors.internal.flight.Flight} says whether anybody records. Where nobody does, no other class of this
 * package is used, no clock is read and nothing is allocated. Flight Recorder itself is never started from here.
 */
@NullMarked
package dev.peili.actors.internal.flight;

import org.jspecify.annotations.NullMarked;
