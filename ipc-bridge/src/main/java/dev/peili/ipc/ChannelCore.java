package dev.peili.ipc;

import dev.peili.actors.EventTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.actor.DeadLetter;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.jspecify.annotations.Nullable;

/**
 * What one side of a channel is, for its actors and its endpoint: the actors that are live, their ids, and what is in flight. Any
 * thread, except for what is said; the {@link Endpoint} does what belongs on the I/O dispatcher.
 *
 * <p>Its monitor guards the ids, who manages whom, and when an actor becomes live and ends. What the other side hears of that is
 * written while holding it, so that it hears it in the same order; nothing of the user's runs then.
 */
final class ChannelCore {
    private static final byte[] NO_PAYLOAD = {};
    private static final ActorDestroy CLOSED =
            new ActorDestroy(DestroyReason.CHANNEL_CLOSED, "the channel had been closed");

    private final ActorSystem<?> system;
    private final ActorRef<Endpoint.Command> endpoint;
    private final TopLevelProtocol<?> top;
    private final ProtocolTree tree;
    private final IpcSettings settings;
    private final Payloads payloads;
    private final Flow flow;

    private final Map<Long, ProtocolActor<?>> live = new ConcurrentHashMap<>();
    /** How many ids each side has given out; guarded by the monitor. */
    private long own;

    private long others;
    private boolean isClosed;
    /** How many messages those actors had sent that have ended; guarded by the monitor. */
    private long sentByEnded;

    private final AtomicLong dropped = new AtomicLong();

    /** The core of the other side, where messages go to it as they are. */
    private volatile @Nullable ChannelCore peer;

    private volatile @Nullable Wire wire;

    private volatile int messagesPerReport = 1;
    private final ProtocolActor<?> topActor;

    ChannelCore(
            ActorSystem<?> system,
            ActorRef<Endpoint.Command> endpoint,
            TopLevelProtocol<?> top,
            ProtocolTree tree,
            IpcSettings settings) {
        this.system = system;
        this.endpoint = endpoint;
        this.top = top;
        this.tree = tree;
        this.settings = settings;
        this.payloads = new Payloads(system, settings.maxFrame());
        this.flow = new Flow(settings.channelWindow(), this::reportHandled);
        this.topActor = topActorOf(top);
    }

    private <M extends ProtocolMessage> ProtocolActor<M> topActorOf(TopLevelProtocol<M> protocol) {
        return new ProtocolActor<>(this, protocol.protocol(), null, protocol::create, new Inbox(this));
    }

    ProtocolActor<?> topActor() {
        return topActor;
    }

    ActorSystem<?> system() {
        return system;
    }

    ActorRef<Endpoint.Command> endpoint() {
        return endpoint;
    }

    Side side() {
        return top.side();
    }

    TopLevelProtocol<?> top() {
        return top;
    }

    ProtocolTree tree() {
        return tree;
    }

    IpcSettings settings() {
        return settings;
    }

    Payloads payloads() {
        return payloads;
    }

    Flow flow() {
        return flow;
    }

    /** The channel is open. */
    void connect(Wire way) {
        wire = way;
    }

    void closeWire(CloseReason reason, String detail) {
        wire().close(reason, detail);
    }

    private Wire wire() {
        return Objects.requireNonNull(wire, "the channel is not open");
    }

    /** The other side has had an actor constructed that cannot be. */
    void refuse(long id, ActorDestroy why) {
        flow.take(Flow.FRAME);
        wire().delete(id, why);
    }

    Handshake.Windows windows() {
        return new Handshake.Windows(settings.actorWindow(), settings.channelWindow());
    }

    /** The other side waits for reports when so much is in flight. Before any actor has been spawned. */
    void reportWithin(Handshake.Windows others) {
        messagesPerReport = Math.max(1, others.messages() / 4);
        flow.reportWithin(others.bytes());
    }

    /** How many messages a half handles before it has to say so. */
    int messagesPerReport() {
        return messagesPerReport;
    }

    /** Messages will go to the other side, which is in this process, as they are. */
    void connectDirectly(ChannelCore other) {
        peer = other;
        topActor.connectDirectly(other.topActor, other.mailboxFor(other.topActor.inbox()));
    }

    /** Where the other side may put messages; null where each has to be looked at first. */
    @Nullable
    Inbox mailboxFor(Inbox inbox) {
        return top.choosesForSingleMessages() ? null : inbox;
    }

    // --- Sending ----------------------------------------------------------------------------------------------------

    /**
     * What kind of message this is.
     *
     * @throws IllegalArgumentException if this side does not send it
     */
    MessageType checkedType(Protocol<?> protocol, ProtocolMessage message) {
        MessageType type = protocol.typeOf(message.getClass());
        if (!type.isSentBy(side())) {
            throw new IllegalArgumentException(message.getClass().getName() + " is not sent by the " + side()
                    + " side: it is marked " + (side() == Side.PARENT ? "ToParent" : "ToChild"));
        }
        return type;
    }

    boolean hasRoomFor(ProtocolActor<?> actor) {
        return actor.window().hasRoom() && flow.hasRoom();
    }

    void send(ProtocolActor<?> actor, MessageType type, ProtocolMessage message) {
        if (!actor.isLive()) {
            deadLetter(message);
            return;
        }
        if (!actor.window().tryAcquire()) {
            actor.window().await();
            if (!actor.window().tryAcquire()) {
                // While it tried, others may have seen the window fuller than it is.
                tellIfWritable(actor);
                throw full(actor, type, "messages of it are in flight (peili.ipc.actor-window)");
            }
        }
        Inbox direct = actor.otherInbox();
        if (direct != null) {
            direct.deliver(new Incoming(message));
        } else if (peer != null) {
            wire().message(actor, type, message, NO_PAYLOAD);
        } else {
            sendBytes(actor, type, message);
        }
    }

    private void sendBytes(ProtocolActor<?> actor, MessageType type, ProtocolMessage message) {
        boolean isSent = false;
        try {
            byte[] payload = payloads.write(actor.protocol(), message);
            takeRoom(actor, actor, type, payload);
            wire().message(actor, type, message, payload);
            isSent = true;
        } finally {
            if (!isSent) {
                actor.window().giveBack();
                // Others may have been refused for want of this place, with nothing in flight that will be reported.
                tellIfWritable(actor);
            }
        }
    }

    private void takeRoom(ProtocolActor<?> sender, ProtocolActor<?> actor, MessageType type, byte[] payload) {
        int bytes = Flow.FRAME + payload.length;
        if (!flow.tryTake(bytes)) {
            flow.await(sender);
            if (!flow.tryTake(bytes)) {
                throw full(actor, type, "bytes of the channel are in flight (peili.ipc.channel-window)");
            }
        }
    }

    private static ChannelFullException full(ProtocolActor<?> actor, MessageType type, String what) {
        return new ChannelFullException(type + " of " + actor + " was not sent: too many " + what
                + "; the signal ChannelWritable says when there is room");
    }

    private void deadLetter(ProtocolMessage message) {
        org.apache.pekko.actor.ActorRef nobody = Adapter.toClassic(system).deadLetters();
        nobody.tell(new DeadLetter(message, nobody, nobody), nobody);
    }

    // --- What has been handled -----------------------------------------------------------------------------------

    /** So many messages to this half have been handled. In a turn of the actor. */
    void reportHandled(ProtocolActor<?> actor, long messages) {
        ProtocolActor<?> twin = actor.twin();
        if (twin != null) {
            twin.core().confirm(twin, messages);
        } else if (actor.isLive()) {
            wire().messagesHandled(actor.id(), messages);
        }
    }

    /** So many bytes have been handled. */
    private void reportHandled(long bytes) {
        wire().bytesHandled(bytes);
    }

    /** The other side has handled so many messages of this half; false if so many were never sent. */
    boolean confirm(ProtocolActor<?> actor, long messages) {
        boolean isPossible = actor.window().handled(messages);
        tellIfWritable(actor);
        return isPossible;
    }

    private static void tellIfWritable(ProtocolActor<?> actor) {
        if (actor.window().shouldTell()) {
            actor.inbox().deliver(ChannelWritable.INSTANCE);
        }
    }

    /** The other side has handled so many bytes; false if so many were never sent. */
    boolean confirm(long bytes) {
        boolean isPossible = flow.confirm(bytes);
        tellRefused();
        return isPossible;
    }

    /** A frame for which room was taken was not sent after all. */
    void notSent(int payload) {
        flow.giveBack(Flow.FRAME + payload);
        tellRefused();
    }

    private void tellRefused() {
        flow.takeRefused().forEach(actor -> actor.inbox().deliver(ChannelWritable.INSTANCE));
    }

    /** A message came too late. */
    void countDropped() {
        dropped.incrementAndGet();
    }

    // --- The life of actors --------------------------------------------------------------------------------------

    /** Constructs an actor that was made here, unless its manager has ended. */
    void construct(
            ProtocolActor<?> manager,
            ProtocolActor<?> actor,
            EventTarget target,
            MessageType type,
            ProtocolMessage arguments) {
        ChannelCore other = peer;
        byte[] payload = other == null ? payloads.write(actor.protocol(), arguments) : NO_PAYLOAD;
        takeRoom(manager, actor, type, payload);
        boolean isPossible;
        synchronized (this) {
            Inbox twins = null;
            if (other != null) {
                twins = new Inbox(other);
                actor.sendTo(other.mailboxFor(twins));
            }
            isPossible = canHaveActors(manager);
            if (isPossible) {
                own++;
                long id = side() == Side.PARENT ? own : -own;
                // What the other side answers may be here before this turn goes on.
                live.put(id, actor);
                // The other side hears of it before anybody can send with it.
                wire().constructor(actor, id, type, arguments, payload, twins);
                enlist(actor, id, target);
                endpoint.tell(new Endpoint.Spawn(actor));
            } else {
                actor.becomeEnded(Objects.requireNonNullElse(manager.end(), CLOSED));
            }
        }
        if (!isPossible) {
            notSent(payload.length);
        }
    }

    /**
     * The other side gives out an id; returns the manager of the new actor, null if that has ended.
     *
     * @throws BadFrameException if the id cannot be a new one of the other side's, or there never was such a manager
     */
    synchronized @Nullable ProtocolActor<?> accept(long id, long manager) throws BadFrameException {
        long count = side() == Side.PARENT ? -id : id;
        if (count <= 0) {
            throw new BadFrameException("the " + side().other() + " side does not give out such ids");
        } else if (count <= others) {
            throw new BadFrameException("its id has been given out before");
        }
        checkGivenOut(manager);
        others = count;
        return actor(manager);
    }

    /** Holding the monitor. */
    private boolean canHaveActors(@Nullable ProtocolActor<?> manager) {
        return !isClosed && (manager == null || manager.isLive());
    }

    /** An actor that the other side has constructed lives; false if its manager has ended meanwhile. */
    synchronized boolean add(ProtocolActor<?> actor, long id, EventTarget target) {
        boolean isPossible = canHaveActors(actor.manager());
        if (isPossible) {
            live.put(id, actor);
            enlist(actor, id, target);
        }
        return isPossible;
    }

    /** Holding the monitor. */
    private static void enlist(ProtocolActor<?> actor, long id, EventTarget target) {
        actor.becomeLive(id, target);
        ProtocolActor<?> manager = actor.manager();
        if (manager != null) {
            manager.managedActors().add(actor);
        }
    }

    /** Null if it is not live. */
    @Nullable
    ProtocolActor<?> actor(long id) {
        return live.get(id);
    }

    /**
     * Checks an id that belongs to no live actor.
     *
     * @throws BadFrameException if there never was such an actor
     */
    synchronized void checkGivenOut(long id) throws BadFrameException {
        boolean isOwn = side() == Side.PARENT ? id > 0 : id < 0;
        if (Math.abs(id) > (isOwn ? own : others) || id == Long.MIN_VALUE) {
            throw new BadFrameException("actor " + id + " has never been constructed");
        }
    }

    /** Has an actor ended from this side, with what it manages; the other side is told. */
    void delete(ProtocolActor<?> actor, ActorDestroy why) {
        List<ProtocolActor<?>> ended;
        synchronized (this) {
            ended = remove(actor, why);
            if (!ended.isEmpty()) {
                flow.take(Flow.FRAME);
                wire().delete(actor.id(), why);
                if (actor == topActor) {
                    endpoint.tell(new Endpoint.TopEnded(why));
                }
            }
        }
        ended.forEach(each -> each.inbox().drop());
        tellEnd(ended);
    }

    /** The other side has had this actor ended; returns it after those that it manages, or nothing if it is not live. */
    List<ProtocolActor<?>> deletedByPeer(long id, ActorDestroy why) {
        List<ProtocolActor<?>> ended;
        synchronized (this) {
            ProtocolActor<?> actor = actor(id);
            ended = actor == null ? List.of() : remove(actor, why);
        }
        tellEnd(ended);
        return ended;
    }

    /** Ends all actors. */
    void close(ActorDestroy why) {
        List<ProtocolActor<?>> ended;
        synchronized (this) {
            isClosed = true;
            ended = remove(topActor, why);
        }
        tellEnd(ended);
    }

    private static void tellEnd(List<ProtocolActor<?>> ended) {
        ended.forEach(each -> each.inbox().deliver(Inbox.END));
    }

    /** Makes an actor ended, and what it manages; returns them, the lowest first. Holding the monitor. */
    private List<ProtocolActor<?>> remove(ProtocolActor<?> actor, ActorDestroy why) {
        List<ProtocolActor<?>> ended = new ArrayList<>(1);
        if (actor.isLive()) {
            ProtocolActor<?> manager = actor.manager();
            if (manager != null) {
                manager.managedActors().remove(actor);
            }
            end(actor, why, ended);
        }
        return ended;
    }

    private void end(ProtocolActor<?> actor, ActorDestroy why, List<ProtocolActor<?>> ended) {
        ActorDestroy forManaged = why.why() == DestroyReason.CHANNEL_CLOSED || why.why() == DestroyReason.PEER_CRASHED
                ? why
                : new ActorDestroy(DestroyReason.MANAGER_GONE, why.detail());
        for (ProtocolActor<?> managed : actor.managedActors()) {
            end(managed, forManaged, ended);
        }
        actor.managedActors().clear();
        live.remove(actor.id());
        sentByEnded += actor.window().sent();
        actor.becomeEnded(why);
        ended.add(actor);
    }

    // --- Told by the actors, in their own turns ------------------------------------------------------------------

    /** The actor has started. */
    void started(ProtocolActor<?> actor) {
        if (actor.start()) {
            endpoint.tell(new Endpoint.Started(actor));
        }
    }

    /** The behavior has failed while it started; or stopped, if there is no failure. */
    void endedAtStart(ProtocolActor<?> actor, @Nullable Throwable failure) {
        ending(actor, failure, failure == null);
        finished(actor);
    }

    /** The actor is about to end; returns why. */
    ActorDestroy ending(ProtocolActor<?> actor, @Nullable Throwable failure, boolean hasStopped) {
        if (actor.isLive()) {
            delete(actor, reason(actor, failure, hasStopped));
        }
        return Objects.requireNonNull(actor.end(), "an actor that ends has a reason");
    }

    private ActorDestroy reason(ProtocolActor<?> actor, @Nullable Throwable failure, boolean hasStopped) {
        String where = " on the " + side() + " side";
        if (failure != null) {
            return new ActorDestroy(DestroyReason.FAILED, actor + " failed" + where + ": " + failure);
        } else if (hasStopped) {
            return new ActorDestroy(DestroyReason.DELETED, actor + " stopped itself" + where);
        } else if (!actor.eventTarget().group().isOpen()) {
            return new ActorDestroy(
                    DestroyReason.GROUP_STOPPED, actor.eventTarget().group() + " has come to its end" + where);
        }
        return new ActorDestroy(
                DestroyReason.CHANNEL_CLOSED, "the actor that had opened the channel was stopped" + where);
    }

    /** The actor has ended, and handles nothing more. */
    void finished(ProtocolActor<?> actor) {
        endpoint.tell(new Endpoint.Finished(actor));
    }

    // --- For operators ----------------------------------------------------------------------------------------------

    ChannelSnapshot snapshot() {
        long sent;
        synchronized (this) {
            sent = sentByEnded;
            for (ProtocolActor<?> actor : live.values()) {
                sent += actor.window().sent();
            }
        }
        return new ChannelSnapshot(live.size(), sent, dropped.get(), flow.inFlight());
    }
}
