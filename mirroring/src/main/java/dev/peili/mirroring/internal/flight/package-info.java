/** What Flight Recorder sees of mirrors. */
@NullMarked
package dev.peili.mirroring.internal.flight;

import org.jspecify.annotations.NullMarked;
