/** Runnable systems in one jar with one command line, {@link dev.peili.examples.Main}. */
@NullMarked
package dev.peili.examples;

import org.jspecify.annotations.NullMarked;
