package dev.peili.ipc;

import dev.peili.actors.EventTarget;
import dev.peili.actors.Groups;
import dev.peili.actors.internal.dispatch.Label;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an endpoint does with what comes from the other side: checks it, and has actors constructed in the event target that
 * was chosen for them. In turns of the endpoint.
 */
final class Arrivals implements FrameHandler {
    private static final Logger LOG = LoggerFactory.getLogger(Arrivals.class);

    private final ChannelCore core;
    private final Endpoint endpoint;
    private final IoWatch watch;
    private final FrameReader reader;

    Arrivals(ChannelCore core, Endpoint endpoint, IoWatch watch) {
        this.core = core;
        this.endpoint = endpoint;
        this.watch = watch;
        this.reader = new FrameReader(core.settings().maxFrame());
    }

    void read(Packet packet) throws BadFrameException {
        reader.read(packet.bytes(), this);
    }

    EventTarget targetOfTop(Groups groups) {
        return watch.call("eventTarget", () -> core.top().eventTarget(groups));
    }

    @Override
    public String about(long actor) {
        ProtocolActor<?> known = core.actor(actor);
        return known == null ? "actor " + actor : known.toString();
    }

    // --- Constructors -----------------------------------------------------------------------------------------------

    @Override
    public void constructor(long id, long managerId, int protocolIndex, int typeIndex, byte[] payload)
            throws BadFrameException {
        int bytes = Flow.FRAME + payload.length;
        ProtocolActor<?> manager = core.accept(id, managerId);
        Protocol<?> protocol = core.tree().at(protocolIndex);
        if (protocol == null) {
            throw new BadFrameException("there is no protocol " + protocolIndex);
        }
        MessageType type = checkedType(protocol, typeIndex);
        if (!type.isConstructor()) {
            throw new BadFrameException(type + " of " + protocol + " is no constructor");
        }
        if (manager == null) {
            core.countDropped();
        } else if (!manager.protocol().manages(protocol)) {
            throw new BadFrameException(manager + " does not manage " + protocol);
        } else {
            construct(id, manager, protocol, type, core.payloads().read(type, payload), new Inbox(core), null);
        }
        core.flow().handled(bytes);
    }

    /** The constructor of an actor whose other half is in this process. */
    void construct(Endpoint.DirectConstruct direct) throws BadFrameException {
        ProtocolActor<?> twin = direct.twin();
        ProtocolActor<?> managing = twin.manager();
        ProtocolActor<?> manager = core.accept(direct.id(), managing == null ? 0 : managing.id());
        if (manager == null) {
            core.countDropped();
            direct.inbox().neverOpens();
        } else {
            construct(direct.id(), manager, twin.protocol(), direct.type(), direct.arguments(), direct.inbox(), twin);
        }
        core.flow().handled(Flow.FRAME);
    }

    private MessageType checkedType(Protocol<?> protocol, int index) throws BadFrameException {
        if (index >= protocol.types().size()) {
            throw new BadFrameException("there is no message type " + index + " in " + protocol);
        }
        MessageType type = protocol.types().get(index);
        if (!type.isSentBy(core.side().other())) {
            throw new BadFrameException(type + " of " + protocol + " is not sent by the "
                    + core.side().other() + " side");
        }
        return type;
    }

    private void construct(
            long id,
            ProtocolActor<?> manager,
            Protocol<?> protocol,
            MessageType type,
            ProtocolMessage arguments,
            Inbox inbox,
            @Nullable ProtocolActor<?> twin) {
        TopLevelProtocol.Implementation<?> implementation = core.top().implementation(protocol, type);
        try {
            if (implementation == null) {
                throw new IllegalStateException(core.top() + " does not say how to make a " + protocol + " for "
                        + type.type().getName() + "; its constructor has to call onConstructor");
            }
            EventTarget target = watch.call(
                            "getMessageEventTarget",
                            () -> core.top()
                                    .getMessageEventTarget(
                                            new ConstructorMessage(protocol, id, manager.id(), arguments)))
                    .orElseGet(manager::eventTarget);
            ProtocolActor<?> actor = made(implementation, manager, arguments, inbox);
            if (twin != null) {
                actor.connectDirectly(twin, twin.core().mailboxFor(twin.inbox()));
                twin.meet(actor);
            }
            live(actor, id, target);
        } catch (RuntimeException e) {
            LOG.error("{} {} could not be constructed for {}", protocol, id, core.top(), e);
            inbox.neverOpens();
            core.refuse(
                    id,
                    new ActorDestroy(
                            DestroyReason.FAILED,
                            protocol + " " + id + " could not be constructed on the " + core.side() + " side: " + e));
        }
    }

    private <N extends ProtocolMessage> ProtocolActor<N> made(
            TopLevelProtocol.Implementation<N> implementation,
            ProtocolActor<?> manager,
            ProtocolMessage arguments,
            Inbox inbox) {
        return new ProtocolActor<>(
                core,
                implementation.protocol(),
                manager,
                self -> implementation.behavior().apply(self, arguments),
                inbox);
    }

    private void live(ProtocolActor<?> actor, long id, EventTarget target) {
        ProtocolActor<?> manager = actor.manager();
        if (!core.add(actor, id, target)) {
            actor.inbox().neverOpens();
        } else if (manager == null || manager.hasStarted()) {
            endpoint.spawn(actor);
        } else {
            manager.atEndpoint().await(actor);
        }
    }

    /** The manager of this actor has started. */
    void spawnAwaiting(ProtocolActor<?> actor) {
        if (actor.isLive() || (actor.atEndpoint().isEndedByPeer && !endpoint.isClosing())) {
            endpoint.spawn(actor);
        } else {
            actor.inbox().neverOpens();
            finished(actor);
        }
    }

    // --- Messages, and the end of actors -------------------------------------------------------------------------

    @Override
    public void message(long id, int typeIndex, byte[] payload) throws BadFrameException {
        int bytes = Flow.FRAME + payload.length;
        ProtocolActor<?> actor = core.actor(id);
        if (actor == null) {
            core.checkGivenOut(id);
            core.countDropped();
            core.flow().handled(bytes);
            return;
        }
        MessageType type = checkedType(actor.protocol(), typeIndex);
        if (type.isConstructor()) {
            throw new BadFrameException(type + " of " + actor.protocol() + " is a constructor");
        }
        deliver(actor, core.payloads().read(type, payload), bytes);
    }

    /** A message, which is in this process and takes nothing of the window, for an actor that may have ended. */
    void deliver(long id, ProtocolMessage message) throws BadFrameException {
        ProtocolActor<?> actor = core.actor(id);
        if (actor == null) {
            core.checkGivenOut(id);
            core.countDropped();
        } else {
            deliver(actor, message, 0);
        }
    }

    private void deliver(ProtocolActor<?> actor, ProtocolMessage message, int bytes) {
        Label label;
        try {
            label = core.top().choosesForSingleMessages() ? labelOf(actor, message) : null;
        } catch (RuntimeException e) {
            LOG.error("{} ends: no event target could be chosen for {}", actor, message.getClass(), e);
            core.countDropped();
            core.flow().handled(bytes);
            core.delete(
                    actor,
                    new ActorDestroy(
                            DestroyReason.FAILED,
                            "getSpecificMessageEventTarget failed for " + actor + " on the " + core.side() + " side: "
                                    + e));
            return;
        }
        actor.atEndpoint().deliveredBytes += bytes;
        actor.inbox().deliver(new Incoming(message, bytes, label));
    }

    /** Where the message is to be handled; null is where its actor is. */
    private @Nullable Label labelOf(ProtocolActor<?> actor, ProtocolMessage message) {
        return watch.callOften(
                        "getSpecificMessageEventTarget",
                        () -> core.top()
                                .getSpecificMessageEventTarget(
                                        new IncomingMessage(actor.protocol(), actor.id(), message)))
                .map(target -> Label.of(target, core.system()))
                .orElse(null);
    }

    @Override
    public void delete(long id, ActorDestroy why) throws BadFrameException {
        core.checkGivenOut(id);
        List<ProtocolActor<?>> ended = core.deletedByPeer(id, why);
        if (ended.isEmpty()) {
            core.flow().handled(Flow.FRAME);
        } else {
            ended.get(ended.size() - 1).atEndpoint().isDeletedByPeer = true;
            ended.forEach(each -> each.atEndpoint().isEndedByPeer = true);
        }
    }

    /** An actor is gone, and what it has not handled will not be. */
    void finished(ProtocolActor<?> actor) {
        EndpointState state = actor.atEndpoint();
        long left = state.deliveredBytes - actor.inbox().handledBytes() + (state.isDeletedByPeer ? Flow.FRAME : 0);
        core.flow().handled((int) left);
        for (ProtocolActor<?> waiting : state.takeWaiting()) {
            waiting.inbox().neverOpens();
            finished(waiting);
        }
    }

    // --- The channel ------------------------------------------------------------------------------------------------

    @Override
    public void actorCredit(long id, long messages) throws BadFrameException {
        ProtocolActor<?> actor = core.actor(id);
        if (actor == null) {
            core.checkGivenOut(id);
        } else if (!core.confirm(actor, messages)) {
            throw new BadFrameException(messages + " messages cannot have been handled; fewer were sent");
        }
    }

    @Override
    public void credit(long bytes) throws BadFrameException {
        if (!core.confirm(bytes)) {
            throw new BadFrameException(bytes + " bytes cannot have been handled; fewer were sent");
        }
    }

    @Override
    public void close(CloseReason reason, String detail) {
        endpoint.closedByPeer(reason, detail);
    }
}
