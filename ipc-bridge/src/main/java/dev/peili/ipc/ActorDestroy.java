package dev.peili.ipc;

import org.apache.pekko.actor.typed.Signal;

/**
 * Tells a protocol actor why it ends: exactly once, as a signal, after the last message that it handles and just before
 * Pekko's own {@code PostStop} (promise I5). An actor that is constructed but whose behavior could not start is not told;
 * its other half is. The behavior that a handler returns is not used any more, so {@code PostStop} goes to the one before.
 *
 * <pre>{@code
 * .onSignal(ActorDestroy.class, this::onActorDestroy)
 * }</pre>
 *
 * The idea and the name are Gecko's.
 *
 * @param why the reason
 * @param detail the same for people: which side, and what has failed
 */
public record ActorDestroy(DestroyReason why, String detail) implements Signal {}
