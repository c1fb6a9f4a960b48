package dev.peili.ipc;

import dev.peili.actors.EventTarget;
import dev.peili.actors.Groups;
import dev.peili.actors.TaskCategory;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.Behavior;
import org.jspecify.annotations.Nullable;

/**
 * One side of a channel: the behavior of its top-level actor, how actors are made that the other side constructs, and in
 * which event target they will run. There is one for each channel.
 *
 * <pre>{@code
 * final class ContentChild extends TopLevelProtocol<Content> {
 *     ContentChild(Groups groups) {
 *         super(CONTENT, Side.CHILD);
 *         onConstructor(BROWSER, Browser.Open.class, BrowserChild::create);
 *     }
 *
 *     protected Behavior<Content> create(ProtocolActor<Content> self) { ... }
 *
 *     protected Optional<EventTarget> getMessageEventTarget(ConstructorMessage message) {
 *         return message.arguments() instanceof Browser.Open
 *                 ? Optional.of(groups.openTab().tabGroup().eventTargetFor(TaskCategory.OTHER))
 *                 : Optional.empty();
 *     }
 * }
 * }</pre>
 *
 * @param <M> the messages of the top-level protocol
 */
public abstract class TopLevelProtocol<M extends ProtocolMessage> {
    private final Protocol<M> protocol;
    private final Side side;
    private final boolean choosesForSingleMessages = overrides("getSpecificMessageEventTarget");
    private final Map<Kind, Implementation<?>> implementations = new HashMap<>();
    private final AtomicBoolean isTaken = new AtomicBoolean();

    /** A record may be a message of several protocols. */
    private record Kind(Protocol<?> protocol, Class<?> arguments) {}

    /** How actors are made that one kind of constructor message constructs. */
    record Implementation<N extends ProtocolMessage>(
            Protocol<N> protocol, BiFunction<ProtocolActor<N>, ProtocolMessage, Behavior<? super N>> behavior) {}

    /** One side of a channel with this protocol. */
    protected TopLevelProtocol(Protocol<M> protocol, Side side) {
        this.protocol = Objects.requireNonNull(protocol, "protocol");
        this.side = Objects.requireNonNull(side, "side");
    }

    /**
     * Whoever opens a channel takes one.
     *
     * @throws IllegalStateException if it was taken before
     */
    static TopLevelProtocol<?> takenFrom(Supplier<? extends TopLevelProtocol<?>> sides) {
        TopLevelProtocol<?> side = Objects.requireNonNull(sides.get(), "the supplier of a side returns null");
        if (!side.isTaken.compareAndSet(false, true)) {
            throw new IllegalStateException(
                    side + " is of another channel already: the supplier has to make a new one");
        }
        return side;
    }

    final Protocol<M> protocol() {
        return protocol;
    }

    final Side side() {
        return side;
    }

    /** Null if nothing was said about it. */
    final @Nullable Implementation<?> implementation(Protocol<?> actors, MessageType type) {
        return implementations.get(new Kind(actors, type.type()));
    }

    /**
     * Says how an actor is made that the other side constructs with such a message. The function runs when the actor starts,
     * in its first turn, which is in its event target (promise I1). To be called in the constructor of a subclass.
     *
     * @throws IllegalArgumentException if it is no constructor message of that protocol, or none that the other side sends,
     *     or something was said about it before
     */
    protected final <N extends ProtocolMessage, A extends N> void onConstructor(
            Protocol<N> actors,
            Class<A> arguments,
            BiFunction<? super ProtocolActor<N>, ? super A, ? extends Behavior<? super N>> behavior) {
        MessageType type = actors.typeOf(arguments);
        if (!type.isConstructor() || !type.isSentBy(side.other())) {
            throw new IllegalArgumentException(arguments.getName() + " constructs nothing on the " + side
                    + " side: it has to be a Constructor, and marked as "
                    + (side == Side.PARENT ? "ToParent" : "ToChild") + " or not at all");
        }
        Implementation<N> implementation =
                new Implementation<>(actors, (actor, message) -> behavior.apply(actor, arguments.cast(message)));
        if (implementations.putIfAbsent(new Kind(actors, arguments), implementation) != null) {
            throw new IllegalArgumentException(
                    arguments.getName() + " of " + actors + " has an implementation already");
        }
    }

    /** The behavior of this side's top-level actor; called once, when it starts, in its first turn. */
    protected abstract Behavior<? super M> create(ProtocolActor<M> self);

    /**
     * Where the top-level actor runs, and by default all that it manages. If this is not overridden, it is the root group,
     * which excludes every other group, because nobody has said what the actor may touch. Called when the channel is opened,
     * on the I/O dispatcher.
     */
    protected EventTarget eventTarget(Groups groups) {
        return groups.root().eventTargetFor(TaskCategory.OTHER);
    }

    /**
     * In which event target an actor will run that the other side constructs: its constructor message, and all that follow,
     * and those of the actors that it manages (promise I1). Called on the I/O dispatcher, never in a turn of a group, in the
     * order of the constructor messages, before the actor exists (I2). It may open tabs and documents; it must not block. If
     * it throws, that is logged, the actor is not constructed, and its other half is told that it {@linkplain
     * DestroyReason#FAILED failed}; the channel goes on.
     *
     * @return nothing for no special target; then the actor runs where its manager does
     */
    protected Optional<EventTarget> getMessageEventTarget(ConstructorMessage message) {
        return Optional.empty();
    }

    /**
     * In which event target a single message runs, if it is another than that of its actor. Called on the I/O dispatcher as
     * {@link #getMessageEventTarget} is, for every message that is no constructor, so it has to be quick. The order of an
     * actor's messages stays as it is: a message that has to wait in its target keeps later ones of the actor waiting. What
     * the actor shares with others of its group is only safe in targets whose group is {@linkplain
     * dev.peili.actors.SchedulerGroup#isRelatedTo related} to the actor's. If that group has been closed, the message
     * runs where its actor does. If this throws, that is logged, and the actor ends with {@link DestroyReason#FAILED}; the
     * channel goes on, if it is not the top-level actor.
     *
     * @return nothing for no special target
     */
    protected Optional<EventTarget> getSpecificMessageEventTarget(IncomingMessage message) {
        return Optional.empty();
    }

    /** Whether a subclass wants to be asked for each message. */
    final boolean choosesForSingleMessages() {
        return choosesForSingleMessages;
    }

    private boolean overrides(String method) {
        for (Class<?> type = getClass(); type != TopLevelProtocol.class; type = type.getSuperclass()) {
            if (Arrays.stream(type.getDeclaredMethods())
                    .anyMatch(declared -> declared.getName().equals(method))) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return protocol + " on the " + side + " side";
    }
}
