package dev.peili.ipc;

import dev.peili.actors.EventTarget;
import dev.peili.actors.SchedulerGroup;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.apache.pekko.actor.typed.Behavior;
import org.jspecify.annotations.Nullable;

/**
 * One half of an actor that exists on both sides of a channel: what its behavior sends with, and what its manager knows it
 * by. The behavior is given it when it is made; it handles the messages of the other half as its own, and {@link
 * ActorDestroy} and {@link ChannelWritable} as signals.
 *
 * <p>An actor is made by its manager, on either side, in three steps. Between the first and the last it can be given its
 * event target (promise I3):
 *
 * <pre>{@code
 * ProtocolActor<HttpChannel> channel = browser.make(HTTP_CHANNEL, self -> HttpChannelChild.create(self, url));
 * browser.setEventTargetForActor(channel, document.eventTargetFor(TaskCategory.NETWORK));
 * browser.sendConstructor(channel, new HttpChannel.Open(url));
 * }</pre>
 *
 * <p>Then both halves start, each in its event target. Methods are for any thread, if they do not say otherwise.
 *
 * @param <M> the messages of the protocol
 */
public final class ProtocolActor<M extends ProtocolMessage> {
    private final ChannelCore core;
    private final Protocol<M> protocol;
    private final @Nullable ProtocolActor<?> manager;
    private final Function<? super ProtocolActor<M>, ? extends Behavior<? super M>> behavior;
    private final Inbox inbox;
    private final Window window;

    /** Guarded by the monitor of {@link #core}, as is what it manages. */
    private final Set<ProtocolActor<?>> managed = new LinkedHashSet<>(0);

    private volatile long id;
    private volatile @Nullable EventTarget target;
    private volatile Stage stage = Stage.MADE;
    private volatile @Nullable ActorDestroy end;

    /** Where messages go, where both halves are in one process and nobody looks at them on the way. */
    private volatile @Nullable Inbox otherInbox;
    /** The other half, where both are in one process. */
    private volatile @Nullable ProtocolActor<?> twin;

    private volatile boolean hasStarted;
    private volatile boolean isStartAwaited;
    /** What only the endpoint uses. */
    private final EndpointState atEndpoint = new EndpointState();

    /** The thread of the running turn; any thread may look at it. */
    private @Nullable Thread turn;

    /** The group of the running turn; null is that of the event target. */
    private @Nullable SchedulerGroup groupOfTurn;

    private enum Stage {
        /** Its constructor has not been sent. */
        MADE,
        LIVE,
        ENDED
    }

    ProtocolActor(
            ChannelCore core,
            Protocol<M> protocol,
            @Nullable ProtocolActor<?> manager,
            Function<? super ProtocolActor<M>, ? extends Behavior<? super M>> behavior,
            Inbox inbox) {
        this.core = core;
        this.protocol = protocol;
        this.manager = manager;
        this.behavior = behavior;
        this.inbox = inbox;
        this.window = new Window(core.settings().actorWindow());
    }

    // --- What it is -------------------------------------------------------------------------------------------------

    /** The number by which both sides know it: 0 for the top-level actor, and for one that is not constructed yet. */
    public long id() {
        return id;
    }

    /** What it speaks. */
    public Protocol<M> protocol() {
        return protocol;
    }

    /** Whether it has been constructed here and has not ended. */
    public boolean isLive() {
        return stage == Stage.LIVE;
    }

    /**
     * Where this half runs.
     *
     * @throws IllegalStateException if it has no target yet, because it has not been constructed
     */
    public EventTarget eventTarget() {
        EventTarget known = target;
        if (known == null) {
            throw new IllegalStateException(this + " has no event target before its constructor is sent");
        }
        return known;
    }

    // --- Sending ----------------------------------------------------------------------------------------------------

    /**
     * Sends a message to the other half. Messages of one actor are handled in the order in which they were sent, after its
     * constructor (promise I4). If this half has ended, the message becomes a dead letter.
     *
     * @throws ChannelFullException if too much is in flight; then nothing was sent
     * @throws IllegalArgumentException if this side does not send such messages, or it is a constructor, cannot be serialized,
     *     or is too long; then nothing was sent
     * @throws IllegalStateException if the constructor of this actor has not been sent
     */
    public void send(M message) {
        Objects.requireNonNull(message, "message");
        MessageType type = core.checkedType(protocol, message);
        if (type.isConstructor()) {
            throw new IllegalArgumentException(
                    message.getClass().getName() + " constructs an actor: give it to the manager's sendConstructor");
        }
        if (stage == Stage.MADE) {
            throw notConstructed("send " + type);
        }
        core.send(this, type, message);
    }

    /**
     * Whether {@link #send} would accept a message now. After it has refused one, a {@link ChannelWritable} signal says when it
     * does again.
     */
    public boolean isWritable() {
        return stage == Stage.LIVE && core.hasRoomFor(this);
    }

    /**
     * Ends both halves, and what they manage. This half is told after what its mailbox holds by then, of which messages of the
     * other half are dropped and counted, and those of others are still handled. The other half is told after it has handled
     * what was sent before. Deleting twice does nothing.
     *
     * @throws IllegalStateException if the constructor of this actor has not been sent
     */
    public void delete() {
        if (stage == Stage.MADE) {
            throw notConstructed("be deleted");
        }
        core.delete(
                this, new ActorDestroy(DestroyReason.DELETED, this + " was deleted on the " + core.side() + " side"));
    }

    private IllegalStateException notConstructed(String what) {
        return new IllegalStateException(this + " cannot " + what + ": its constructor has not been sent");
    }

    // --- As a manager: in its own turns --------------------------------------------------------------------------

    /**
     * Makes an actor that this one manages; the other side knows nothing of it yet. In turns of this actor only.
     *
     * @param behavior runs when the actor starts, in its first turn
     * @throws IllegalArgumentException if this protocol does not manage such actors
     * @throws IllegalStateException in the wrong turn
     */
    public <N extends ProtocolMessage> ProtocolActor<N> make(
            Protocol<N> actors, Function<? super ProtocolActor<N>, ? extends Behavior<? super N>> behavior) {
        checkTurn("make actors");
        if (!protocol.manages(actors)) {
            throw new IllegalArgumentException(
                    this + " does not manage " + actors + ", but " + protocol.managed() + ": say so in the protocol");
        }
        return new ProtocolActor<>(core, actors, this, Objects.requireNonNull(behavior, "behavior"), new Inbox(core));
    }

    /**
     * Says where this side's half of an actor will run that was made here, and what it manages; where its other half does,
     * the other side decides. Without this it runs where its manager does. In turns of this actor only, before the
     * constructor is sent (promise I3).
     *
     * @throws IllegalArgumentException if this actor has not made that one
     * @throws IllegalStateException in the wrong turn, or too late
     */
    public void setEventTargetForActor(ProtocolActor<?> actor, EventTarget target) {
        checkTurn("set the event target of " + actor);
        checkManages(actor);
        Objects.requireNonNull(target, "target");
        if (actor.stage != Stage.MADE) {
            throw new IllegalStateException("the event target of " + actor
                    + " has to be set before its constructor is sent; it is " + actor.target);
        }
        actor.target = target;
    }

    /**
     * Constructs an actor that was made here, on both sides. In turns of this actor only. If this actor has ended meanwhile,
     * nothing is constructed.
     *
     * @throws IllegalArgumentException if this actor has not made that one, or this is no constructor of its protocol that
     *     this side sends, or it cannot be serialized, or is too long; then nothing was sent
     * @throws IllegalStateException in the wrong turn, or the second time
     * @throws RejectedExecutionException if the group of its event target has been closed
     * @throws ChannelFullException if too much is in flight; then nothing was sent, and this actor gets the {@link
     *     ChannelWritable} signal
     */
    public <N extends ProtocolMessage> void sendConstructor(ProtocolActor<N> actor, N arguments) {
        checkTurn("construct " + actor);
        checkManages(actor);
        MessageType type = core.checkedType(actor.protocol, Objects.requireNonNull(arguments, "arguments"));
        if (!type.isConstructor()) {
            throw new IllegalArgumentException(
                    arguments.getClass().getName() + " cannot construct " + actor + ": it is no Constructor");
        }
        if (actor.stage != Stage.MADE) {
            throw new IllegalStateException(actor + " has been constructed before");
        }
        EventTarget its = Objects.requireNonNullElseGet(actor.target, this::eventTarget);
        if (!its.group().isOpen()) {
            throw new RejectedExecutionException(actor + " was not constructed: " + its.group() + " has been closed");
        }
        core.construct(this, actor, its, type, arguments);
    }

    private void checkManages(ProtocolActor<?> actor) {
        if (actor.manager != this) {
            throw new IllegalArgumentException(
                    this + " does not manage " + actor + (actor.manager == null ? "" : "; " + actor.manager + " does"));
        }
    }

    private void checkTurn(String what) {
        // A turn on top of this one is on its thread, too, but never in a group that is related to its.
        Optional<SchedulerGroup> current = SchedulerGroup.current();
        if (turn != Thread.currentThread()
                || !current.equals(Optional.of(Objects.requireNonNullElseGet(
                        groupOfTurn, () -> eventTarget().group())))) {
            throw new IllegalStateException(this + " can " + what + " in its own turns only, not on thread "
                    + Thread.currentThread().getName()
                    + current.map(group -> " in a turn of " + group).orElse("") + ": send it a message");
        }
    }

    // --- Turns ------------------------------------------------------------------------------------------------------

    void beginTurn() {
        turn = Thread.currentThread();
    }

    /** The same, wherever the turn is; not all the messages of this actor are for its own event target. */
    void beginTurnHere() {
        groupOfTurn = SchedulerGroup.current().orElse(null);
        turn = Thread.currentThread();
    }

    void endTurn() {
        turn = null;
        // Or an idle actor would keep a group that is over.
        groupOfTurn = null;
    }

    // --- For the channel --------------------------------------------------------------------------------------------

    ChannelCore core() {
        return core;
    }

    @Nullable
    ProtocolActor<?> manager() {
        return manager;
    }

    Set<ProtocolActor<?>> managedActors() {
        return managed;
    }

    Inbox inbox() {
        return inbox;
    }

    Window window() {
        return window;
    }

    EndpointState atEndpoint() {
        return atEndpoint;
    }

    /** Null where messages are sent by way of the endpoint. */
    @Nullable
    Inbox otherInbox() {
        return otherInbox;
    }

    /** The other half; null in another process, or as long as it is not made. */
    @Nullable
    ProtocolActor<?> twin() {
        return twin;
    }

    void sendTo(@Nullable Inbox inboxOfOther) {
        otherInbox = inboxOfOther;
    }

    void connectDirectly(ProtocolActor<?> other, @Nullable Inbox inboxOfOther) {
        twin = other;
        otherInbox = inboxOfOther;
    }

    /** The other half has been made. */
    void meet(ProtocolActor<?> other) {
        twin = other;
    }

    /** The behavior has started; whether somebody waits for that. */
    boolean start() {
        hasStarted = true;
        return isStartAwaited;
    }

    /** Whether the behavior has started; if not, {@link #start} will say so. */
    boolean hasStarted() {
        isStartAwaited = true;
        return hasStarted;
    }

    @SuppressWarnings("unchecked")
    Behavior<Object> newBehavior() {
        return (Behavior<Object>) (Behavior<?>) behavior.apply(this);
    }

    /** Holding the monitor of the core. */
    void becomeLive(long newId, EventTarget its) {
        id = newId;
        target = its;
        stage = Stage.LIVE;
    }

    /** Holding the monitor of the core. */
    void becomeEnded(ActorDestroy why) {
        end = why;
        stage = Stage.ENDED;
    }

    /** Why it has ended; null if it has not. */
    @Nullable
    ActorDestroy end() {
        return end;
    }

    /** Its protocol and its number. */
    @Override
    public String toString() {
        return stage == Stage.MADE ? protocol + " (new)" : protocol + " " + id;
    }
}
