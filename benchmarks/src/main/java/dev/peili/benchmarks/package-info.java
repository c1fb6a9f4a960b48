/** Measures Peili beside what a user would take instead, pair by pair. */
@NullMarked
package dev.peili.benchmarks;

import org.jspecify.annotations.NullMarked;
