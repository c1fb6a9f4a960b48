/**
 * Runs an actor system on one thread, in virtual time, in an order that a seed decides: the same seed gives the same order
 * again, and a search over many seeds finds the orders in which it fails.
 *
 * <p>A {@link dev.peili.testkit.Simulator} is the actor system, which is used again and again; a {@link
 * dev.peili.testkit.Simulation} is one schedule of it, from a seed. Tests with JUnit use {@code
 * dev.peili.testkit.junit.SimulatedTest} instead of making their own.
 */
@NullMarked
package dev.peili.testkit;

import org.jspecify.annotations.NullMarked;
