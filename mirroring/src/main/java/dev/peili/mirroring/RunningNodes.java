package dev.peili.mirroring;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.pekko.actor.ActorCell;
import org.apache.pekko.actor.ActorRefWithCell;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.FunctionRef;
import org.apache.pekko.actor.InternalActorRef;
import org.apache.pekko.actor.RepointableActorRef;
import org.apache.pekko.actor.Terminated;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Extension;
import org.apache.pekko.actor.typed.ExtensionId;
import org.apache.pekko.actor.typed.internal.AdaptWithRegisteredMessageAdapter;
import org.apache.pekko.actor.typed.internal.adapter.ActorAdapter;
import org.apache.pekko.actor.typed.internal.adapter.ActorRefAdapter;
import org.apache.pekko.actor.typed.internal.adapter.ActorSystemAdapter;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.dispatch.BoundedMessageQueueSemantics;
import org.apache.pekko.dispatch.sysmsg.Watch;
import org.jspecify.annotations.Nullable;
import scala.runtime.BoxedUnit;

/** The actors of a running actor system, each known from its first use to its end. */
final class RunningNodes extends Nodes implements Extension {
    private final ExtendedActorSystem system;
    private final ConcurrentMap<org.apache.pekko.actor.ActorRef, Node> nodes = new ConcurrentHashMap<>();
    /** Is told when an actor ends, on that actor's thread; no actor, because nobody's own death watch is touched so. */
    private final FunctionRef ends;

    private static final class Id extends ExtensionId<RunningNodes> {
        static final Id INSTANCE = new Id();

        @Override
        public RunningNodes createExtension(ActorSystem<?> system) {
            return new RunningNodes(system);
        }
    }

    private RunningNodes(ActorSystem<?> typed) {
        super(typed.settings().config());
        system = (ExtendedActorSystem) Adapter.toClassic(typed);
        ends = new FunctionRef(
                system.provider().rootPath().child("peili-mirroring"), system.provider(), system, (sender, message) -> {
                    if (message instanceof Terminated terminated) {
                        ended(terminated.actor());
                    }
                    return BoxedUnit.UNIT;
                });
    }

    static RunningNodes of(ActorSystem<?> system) {
        return system.registerExtension(Id.INSTANCE);
    }

    private void ended(org.apache.pekko.actor.ActorRef actor) {
        Node node = nodes.remove(actor);
        if (node != null) {
            node.end();
        }
    }

    @Override
    Node own(ActorRef<?> actor) {
        InternalActorRef classic = (InternalActorRef) Adapter.toClassic(actor);
        String problem = problemOf(classic);
        if (problem != null) {
            throw new IllegalStateException(actor.path() + " cannot be set up for mirroring: " + problem);
        }
        return node(classic, actor);
    }

    @Override
    Node target(Source source, ActorRef<?> actor) {
        InternalActorRef classic = null;
        String problem = "it is no actor, but an adapter or another reference";
        if (actor instanceof ActorRefAdapter<?> || actor instanceof ActorSystemAdapter<?>) {
            classic = (InternalActorRef) Adapter.toClassic(actor);
            Node known = nodes.get(classic);
            if (known != null) {
                return known;
            }
            problem = problemOf(classic);
        }
        if (classic == null || problem != null) {
            throw new IllegalArgumentException(source + " cannot be connected to " + actor + ": " + problem);
        }
        return node(classic, actor);
    }

    // Who has ended is said here by Pekko only in this way, and it is not asked of a living actor.
    @SuppressWarnings("deprecation")
    private @Nullable String problemOf(InternalActorRef actor) {
        if (!actor.isLocal() || actor.provider() != system.provider()) {
            return "it is in another actor system; mirrors are within one";
        }
        if (!(actor instanceof ActorRefWithCell known)) {
            return "it is no actor, but an adapter or another reference";
        }
        // A repointable ref may have no cell yet.
        Class<?> behind = known instanceof RepointableActorRef repointable
                ? repointable.props().actorClass()
                : known.underlying().props().actorClass();
        // A cell forgets its props when its actor has ended; a link to it then ends at once, as any other.
        if (behind != ActorAdapter.class && !actor.isTerminated()) {
            return "it is a classic actor; only typed ones can have mirrors";
        }
        boolean bounded = known.underlying() instanceof ActorCell cell
                && cell.mailbox().messageQueue() instanceof BoundedMessageQueueSemantics;
        return bounded
                ? "its mailbox is bounded, and could drop an update; updates are conflated, so an unbounded one does not"
                        + " grow by them"
                : null;
    }

    private Node node(InternalActorRef classic, ActorRef<?> typed) {
        Node known = nodes.get(classic);
        if (known != null) {
            return known;
        }
        Node made = new Node(this, typed.unsafeUpcast(), classic);
        known = nodes.putIfAbsent(classic, made);
        if (known != null) {
            return known;
        }
        classic.sendSystemMessage(new Watch(classic, ends));
        return made;
    }

    @Override
    Object addressOf(ActorRef<?> actor) {
        return actor instanceof ActorRefAdapter<?> || actor instanceof ActorSystemAdapter<?>
                ? Adapter.toClassic(actor)
                : actor;
    }

    @Override
    Object insteadOf(MirroringMessage message) {
        // Pekko looks for an adapter of its class, finds none, and calls it unhandled.
        return new AdaptWithRegisteredMessageAdapter<>(message);
    }

    @Override
    List<Node> all() {
        return nodes.values().stream().sorted(Comparator.comparing(Node::path)).toList();
    }
}
