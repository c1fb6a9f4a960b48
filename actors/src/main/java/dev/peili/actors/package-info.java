/**
 * Groups: tasks and actors that belong together never interleave, everything else runs side by side, what a person waits
 * for goes first, and nothing starves.
 *
 * <p>{@link dev.peili.actors.Groups} is the entry point. It opens {@link dev.peili.actors.Tab}s, which belong to a {@link
 * dev.peili.actors.TabGroup}, and these open {@link dev.peili.actors.Document}s, which belong to a {@link
 * dev.peili.actors.DocGroup}. Both are {@link dev.peili.actors.SchedulerGroup}s: give them tasks with {@code dispatch},
 * take an {@link dev.peili.actors.EventTarget} as an {@code Executor}, or spawn Pekko actors into them. A long turn calls
 * {@link dev.peili.actors.Turn#checkpoint()} so that something more urgent can go first.
 *
 * <p>The model is that of Mozilla's Quantum DOM.
 */
@NullMarked
package dev.peili.actors;

import org.jspecify.annotations.NullMarked;
