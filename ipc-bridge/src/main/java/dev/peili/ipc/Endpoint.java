package dev.peili.ipc;

import dev.peili.actors.EventTarget;
import dev.peili.actors.Groups;
import java.util.concurrent.RejectedExecutionException;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.NoSerializationVerificationNeeded;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/**
 * One end of a channel: an actor on the I/O dispatcher, and the parent of this side's protocol actors. It writes and reads
 * frames, spawns actors where they belong, and ends the channel.
 *
 * <p>It is <em>connecting</em>, then <em>open</em>, then <em>closing</em> until the last protocol actor has ended. Whoever spawned
 * it is told {@link Ended} before it stops.
 */
final class Endpoint extends AbstractBehavior<Endpoint.Command> {
    static final Props PROPS = DispatcherSelector.fromConfig(IpcSettings.DISPATCHER);

    /** What an endpoint is told. */
    interface Command extends NoSerializationVerificationNeeded {}

    // --- By the actors of this side ------------------------------------------------------------------------------

    /** An actor that was made on this side is to be spawned. */
    record Spawn(ProtocolActor<?> actor) implements Command {}

    /** The top-level actor has ended on this side. */
    record TopEnded(ActorDestroy why) implements Command {}

    /** An actor has started that others wait for. */
    record Started(ProtocolActor<?> actor) implements Command {}

    /** An actor has handled its last message. */
    record Finished(ProtocolActor<?> actor) implements Command {}

    // --- By itself, and whoever opened the channel ---------------------------------------------------------------

    /** What was collected is to be sent. */
    enum Flush implements Command {
        INSTANCE
    }

    /** Time has passed. */
    enum Tick implements Command {
        INSTANCE
    }

    /** The channel is not wanted any more. */
    record Close() implements Command {}

    /** An operator asks. */
    record Look(ActorRef<ChannelSnapshot> replyTo) implements Command {}

    // --- By the other endpoint in the same process ---------------------------------------------------------------

    /** See {@link DirectWire}. */
    record DirectConstruct(ProtocolActor<?> twin, long id, MessageType type, ProtocolMessage arguments, Inbox inbox)
            implements Command {}

    /** See {@link DirectWire}. */
    record DirectMessage(long actor, ProtocolMessage message) implements Command {}

    /** See {@link DirectWire}. */
    record DirectDelete(long actor, ActorDestroy why) implements Command {}

    /** See {@link DirectWire}. */
    record DirectClose(CloseReason reason, String detail) implements Command {}

    /** Told to whoever spawned an endpoint, as its last word. */
    record Ended(ActorRef<Command> endpoint, CloseReason reason, String detail) implements Channel.Command {}

    private final ChannelCore core;
    private final Arrivals arrivals;
    private final ActorRef<? super Ended> owner;
    private final TimerScheduler<Command> timers;
    private final Connecting connecting;
    private final Pulse pulse;

    private @Nullable Wire wire;
    private @Nullable Ended closing;
    /** How many actors were spawned and have not finished. */
    private int present;

    /** How an endpoint comes to another: it is told which, or it asks a listener. */
    sealed interface Connecting {
        /** The listener has made this endpoint for that one. */
        record Accepting(Handshake.Connect connect) implements Connecting {}

        /** Asks this listener. */
        record Asking(ActorRef<Channel.Command> listener) implements Connecting {}
    }

    static Behavior<Command> create(
            TopLevelProtocol<?> top, IpcSettings settings, Connecting connecting, ActorRef<? super Ended> owner) {
        return Behaviors.setup(context ->
                Behaviors.withTimers(timers -> new Endpoint(context, timers, top, settings, connecting, owner)));
    }

    private Endpoint(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            TopLevelProtocol<?> top,
            IpcSettings settings,
            Connecting connecting,
            ActorRef<? super Ended> owner) {
        super(context);
        this.owner = owner;
        this.timers = timers;
        this.connecting = connecting;
        this.core = new ChannelCore(
                context.getSystem(), context.getSelf(), top, new ProtocolTree(top.protocol()), settings);
        this.pulse = new Pulse(settings.retryAfter(), settings.connectTimeout());
        this.arrivals = new Arrivals(core, this, new IoWatch(context.getSystem(), top, settings.blockingAfter()));
        if (connecting instanceof Connecting.Accepting accepting) {
            accept(accepting.connect());
        } else if (connecting instanceof Connecting.Asking asking) {
            ask(asking.listener());
            timers.startTimerWithFixedDelay(Tick.INSTANCE, settings.retryAfter());
        }
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Packet.class, this::onPacket)
                .onMessage(Flush.class, flush -> onFlush())
                .onMessage(Spawn.class, this::onSpawn)
                .onMessage(TopEnded.class, this::onTopEnded)
                .onMessage(Started.class, this::onStarted)
                .onMessage(Finished.class, this::onFinished)
                .onMessage(DirectConstruct.class, this::onDirectConstruct)
                .onMessage(DirectMessage.class, this::onDirectMessage)
                .onMessage(DirectDelete.class, this::onDirectDelete)
                .onMessage(DirectClose.class, close -> closedByPeer(close.reason(), close.detail()))
                .onMessage(Handshake.Connect.class, this::onConnectAgain)
                .onMessage(Handshake.Accept.class, this::onAccept)
                .onMessage(Handshake.Refuse.class, refuse -> close(CloseReason.REFUSED, refuse.why()))
                .onMessage(Tick.class, tick -> onTick())
                .onMessage(Close.class, close -> onClose())
                .onMessage(Look.class, this::onLook)
                .build();
    }

    // --- Opening ----------------------------------------------------------------------------------------------------

    private void ask(ActorRef<Channel.Command> listener) {
        listener.tell(new Handshake.Connect(
                core.tree().description(),
                core.side(),
                core.windows(),
                getContext().getSelf(),
                core));
    }

    private void accept(Handshake.Connect connect) {
        core.reportWithin(connect.windows());
        if (open(connect.endpoint(), core.settings().serializeInProcess() ? null : connect.local())) {
            // Before what the actors send, which they do on threads of their own.
            onConnectAgain(connect);
            spawn(core.topActor());
        } else {
            connect.endpoint().tell(new Handshake.Refuse(closing == null ? core.top() + " ended" : closing.detail()));
            getContext().getSelf().tell(new Close());
        }
    }

    private Behavior<Command> onConnectAgain(Handshake.Connect connect) {
        ChannelCore local = wire instanceof DirectWire ? core : null;
        connect.endpoint()
                .tell(new Handshake.Accept(core.windows(), getContext().getSelf(), local));
        return this;
    }

    private Behavior<Command> onAccept(Handshake.Accept accept) {
        if (wire == null && closing == null) {
            core.reportWithin(accept.windows());
            if (open(accept.endpoint(), accept.local())) {
                spawn(core.topActor());
            }
        }
        return stopIfDone();
    }

    private boolean open(ActorRef<Command> other, @Nullable ChannelCore local) {
        boolean isFar = isFar(other);
        String problem = isFar
                ? core.settings()
                        .problemWithArtery(getContext().getSystem().settings().config())
                : "";
        if (!problem.isEmpty()) {
            close(CloseReason.REFUSED, problem);
            return false;
        }
        if (!isFar) {
            // It may be gone already, or go without knowing of this one.
            getContext()
                    .watchWith(
                            other,
                            new DirectClose(
                                    CloseReason.CLOSED,
                                    "the " + core.side().other() + " side has ended without a word"));
        }
        Wire way;
        if (local != null) {
            core.connectDirectly(local);
            way = new DirectWire(local);
        } else {
            way = new FrameWire(
                    getContext().getSelf(), other, core.tree(), core.settings().packetSize());
        }
        core.connect(way);
        wire = way;
        getContext().spawn(farewell(), "farewell", PROPS);
        return prepareTop(isFar);
    }

    /** Ends with the endpoint as all its children do, but is in no group that could keep it from saying so at once. */
    private Behavior<Void> farewell() {
        return Behaviors.receive(Void.class)
                .onSignal(PostStop.class, stop -> {
                    stopped();
                    return Behaviors.same();
                })
                .build();
    }

    /** Whether it is in another process, where nobody else would notice its end. */
    private boolean isFar(ActorRef<Command> other) {
        Address its = other.path().address();
        return its.hasGlobalScope() && !its.equals(getContext().getSystem().address());
    }

    private boolean prepareTop(boolean isFar) {
        EventTarget target;
        try {
            target = arrivals.targetOfTop(Groups.get(getContext().getSystem()));
        } catch (RuntimeException e) {
            getContext().getLog().error("the event target of {} could not be made", core.top(), e);
            close(CloseReason.TOP_LEVEL_ENDED, core.top() + " has no event target: " + e);
            return false;
        }
        timers.cancel(Tick.INSTANCE);
        if (isFar) {
            pulse.begin(core.settings().heartbeatInterval(), core.settings().heartbeatTimeout());
            timers.startTimerWithFixedDelay(Tick.INSTANCE, core.settings().heartbeatInterval());
        }
        core.add(core.topActor(), 0, target);
        return true;
    }

    // --- Time -------------------------------------------------------------------------------------------------------

    private Behavior<Command> onTick() {
        if (closing != null) {
            return this;
        } else if (wire == null) {
            return onNoAnswer();
        }
        wire.beat();
        return pulse.tick()
                ? close(
                        CloseReason.PEER_SILENT,
                        "nothing was heard from the other process for "
                                + core.settings().heartbeatTimeout().toMillis() + " ms (peili.ipc.heartbeat.timeout)")
                : this;
    }

    private Behavior<Command> onNoAnswer() {
        if (connecting instanceof Connecting.Asking asking) {
            if (pulse.tick()) {
                return close(
                        CloseReason.CONNECT_TIMEOUT,
                        "no answer from " + asking.listener() + " within "
                                + core.settings().connectTimeout().toMillis()
                                + " ms (peili.ipc.connect.timeout); a process that Artery has quarantined never answers, and"
                                + " has to be started anew");
            }
            ask(asking.listener());
        }
        return this;
    }

    // --- From this side ---------------------------------------------------------------------------------------------

    private Behavior<Command> onFlush() {
        if (wire != null) {
            wire.flush();
        }
        return this;
    }

    private Behavior<Command> onSpawn(Spawn made) {
        ProtocolActor<?> actor = made.actor();
        if (closing == null) {
            if (!mustWait(actor)) {
                spawn(actor);
            }
        } else {
            actor.inbox().neverOpens();
        }
        return this;
    }

    private Behavior<Command> onTopEnded(TopEnded ended) {
        return close(
                ended.why().why() == DestroyReason.DELETED ? CloseReason.CLOSED : CloseReason.TOP_LEVEL_ENDED,
                ended.why().detail());
    }

    /** Whether it is spawned when its manager has started: constructors of managers are handled first, on both sides. */
    private static boolean mustWait(ProtocolActor<?> actor) {
        ProtocolActor<?> manager = actor.manager();
        if (manager == null || manager.hasStarted()) {
            return false;
        }
        manager.atEndpoint().await(actor);
        return true;
    }

    private Behavior<Command> onLook(Look look) {
        look.replyTo().tell(core.snapshot());
        return this;
    }

    // --- Actors -----------------------------------------------------------------------------------------------------

    /** Spawns an actor in its event target; if its group has ended, that is the reason of the actor's end. */
    void spawn(ProtocolActor<?> actor) {
        EventTarget target = actor.eventTarget();
        try {
            ActorRef<Object> ref = getContext()
                    .spawn(
                            ProtocolInterceptor.behaviorOf(actor),
                            nameOf(actor),
                            target.group().props(target.category()));
            present++;
            actor.inbox().opened(ref);
        } catch (RuntimeException e) {
            boolean hasEnded =
                    e instanceof RejectedExecutionException || e.getCause() instanceof RejectedExecutionException;
            if (!hasEnded) {
                getContext().getLog().error("{} cannot be spawned into {}", actor, target, e);
            }
            actor.inbox().neverOpens();
            arrivals.finished(actor);
            core.delete(
                    actor,
                    hasEnded
                            ? new ActorDestroy(
                                    DestroyReason.GROUP_STOPPED,
                                    target.group() + " had come to its end on the " + core.side() + " side")
                            : new ActorDestroy(
                                    DestroyReason.FAILED,
                                    actor + " could not be spawned on the " + core.side() + " side: " + e));
        }
    }

    /** The minus of a negative id would be read as part of the name. */
    private static String nameOf(ProtocolActor<?> actor) {
        long id = actor.id();
        String protocol = actor.protocol().pathElement();
        return id == 0 ? protocol : protocol + (id > 0 ? "-parent-" : "-child-") + Math.abs(id);
    }

    private Behavior<Command> onStarted(Started started) {
        for (ProtocolActor<?> waiting : started.actor().atEndpoint().takeWaiting()) {
            arrivals.spawnAwaiting(waiting);
        }
        return this;
    }

    private Behavior<Command> onFinished(Finished finished) {
        present--;
        arrivals.finished(finished.actor());
        return stopIfDone();
    }

    // --- From the other side ----------------------------------------------------------------------------------------

    private Behavior<Command> onPacket(Packet packet) {
        if (wire == null || closing != null) {
            return this;
        }
        pulse.heard();
        try {
            arrivals.read(packet);
        } catch (BadFrameException e) {
            getContext().getLog().error("the channel of {} is closed: {}", core.top(), e.problem(), e);
            return close(e.reason(), e.problem());
        }
        return stopIfDone();
    }

    private Behavior<Command> onDirectConstruct(DirectConstruct construct) {
        return onArrival(() -> arrivals.construct(construct));
    }

    private Behavior<Command> onDirectMessage(DirectMessage message) {
        return onArrival(() -> arrivals.deliver(message.actor(), message.message()));
    }

    private Behavior<Command> onDirectDelete(DirectDelete delete) {
        return onArrival(() -> arrivals.delete(delete.actor(), delete.why()));
    }

    /** What the other side, in this process, has to say. */
    private interface Arrival {
        void handle() throws BadFrameException;
    }

    private Behavior<Command> onArrival(Arrival arrival) {
        if (closing == null) {
            try {
                arrival.handle();
            } catch (BadFrameException e) {
                return close(e.reason(), e.problem());
            }
        }
        return stopIfDone();
    }

    boolean isClosing() {
        return closing != null;
    }

    // --- The end ----------------------------------------------------------------------------------------------------

    private Behavior<Command> onClose() {
        return close(CloseReason.CLOSED, "the channel was closed by the " + core.side() + " side");
    }

    /** Ends the channel, and tells the other side. */
    Behavior<Command> close(CloseReason reason, String detail) {
        if (closing == null && wire != null) {
            wire.close(reason, detail);
        }
        return closedByPeer(reason, detail);
    }

    /** Ends the channel, of which the other side knows. */
    Behavior<Command> closedByPeer(CloseReason reason, String detail) {
        if (closing == null) {
            closing = new Ended(getContext().getSelf(), reason, detail);
            timers.cancelAll();
            core.close(new ActorDestroy(reason.forActors(), detail));
        }
        return stopIfDone();
    }

    private Behavior<Command> stopIfDone() {
        Ended last = closing;
        if (last == null || present > 0) {
            return this;
        }
        owner.tell(last);
        return Behaviors.stopped();
    }

    /** Any thread; where the channel was closed before, nothing happens. */
    private void stopped() {
        String detail = "the actor that had opened the channel was stopped on the " + core.side() + " side";
        core.closeWire(CloseReason.CLOSED, detail);
        core.close(new ActorDestroy(DestroyReason.CHANNEL_CLOSED, detail));
    }
}
