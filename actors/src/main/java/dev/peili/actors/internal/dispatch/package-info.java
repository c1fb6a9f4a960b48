/**
 * The threads: a Pekko dispatcher whose workers ask the {@link dev.peili.actors.internal.agenda.Agenda} what to run.
 *
 * <p>{@link dev.peili.actors.internal.dispatch.GroupDispatcherConfigurator} is what {@code type = ...} names in the
 * configuration and makes an ordinary Pekko dispatcher over a {@link dev.peili.actors.internal.dispatch.Workers} pool.
 * {@link dev.peili.actors.internal.dispatch.GroupMailboxType} gives every actor of a group a queue that knows its group;
 * when Pekko hands the actor's mailbox to the executor, it goes to the lane of that group instead of a common queue,
 * or to that of another, if the next message has a {@link dev.peili.actors.internal.dispatch.Label}.
 *
 * <p>A {@link dev.peili.actors.internal.dispatch.Ticker} lets time pass for the workers. At each tick the {@link
 * dev.peili.actors.internal.dispatch.Patrol} looks out for turns that keep their thread for too long.
 */
@NullMarked
package dev.peili.actors.internal.dispatch;

import org.jspecify.annotations.NullMarked;
