/**
 * The example of mirrors outside of a browser: a trading desk whose viewers always show values that belong together, however
 * slow one of them is.
 *
 * <p>The {@code Desk} publishes a {@code Quote} of several {@code Figure}s in each of its turns, and each {@code Viewer}
 * renders what it knows of them on its {@code Display}, as {@code Lines}. A {@code Session} is one {@code Day} of that, in
 * one {@code Way}: with mirrors, or with a message for each turn. {@code Report} tells what the {@code Outcome} was, and
 * {@code OutcomeFile} writes it.
 */
@NullMarked
package dev.peili.examples.desk;

import org.jspecify.annotations.NullMarked;
