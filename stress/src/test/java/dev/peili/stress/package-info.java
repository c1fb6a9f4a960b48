/**
 * How the stress tests are run. The tests themselves lie in the packages of what they test, because that is not public.
 *
 * <p>A test is a class with {@code @JCStressTest}: its actors run at the same time, each on a thread of its own and once on
 * each instance of the state; then its arbiter looks at what has come of it. jcstress does that some hundred thousand
 * times and counts the results. Each result that is allowed is explained by the interleaving that causes it; any other
 * fails the build.
 */
@NullMarked
package dev.peili.stress;

import org.jspecify.annotations.NullMarked;
