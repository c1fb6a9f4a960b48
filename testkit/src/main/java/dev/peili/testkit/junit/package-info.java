/** Simulations as tests of JUnit 5. */
@NullMarked
package dev.peili.testkit.junit;

import org.jspecify.annotations.NullMarked;
