/**
 * The example of simulated tests: a small system with a race, the search that finds it, and the same without it.
 *
 * <p>{@code Cache}, {@code Feed} and {@code Dashboard} are the system, which knows nothing of simulations; {@code Scenario}
 * is the test that is run in many orders. {@code Findings} are what came out, {@code Story} tells them, and {@code
 * FindingsFile} writes them.
 */
@NullMarked
package dev.peili.examples.simulate;

import org.jspecify.annotations.NullMarked;
