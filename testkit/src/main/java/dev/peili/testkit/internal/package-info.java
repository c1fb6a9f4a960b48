/**
 * How an actor system is run on one thread, in virtual time.
 *
 * <p>{@link dev.peili.testkit.internal.SimulationConfig} rewrites a configuration so that Pekko makes its dispatchers,
 * mailboxes and scheduler from the classes here. They give all that could run to an {@link
 * dev.peili.testkit.internal.Engine}, which runs one of it at each step.
 */
@NullMarked
package dev.peili.testkit.internal;

import org.jspecify.annotations.NullMarked;
