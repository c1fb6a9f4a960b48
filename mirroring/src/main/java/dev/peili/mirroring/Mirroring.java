package dev.peili.mirroring;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * What an actor's behavior makes its canonicals, mirrors, event producers, listeners and watchers with. {@link #setup} gives
 * one to the behavior, and it is for turns of that actor only: the setup, and messages and signals that it handles.
 *
 * <pre>{@code
 * static Behavior<Command> create(ActorRef<Conduit.Command> conduit) {
 *     return Mirroring.setup((context, mirroring) -> {
 *         Canonical<Direction> direction = mirroring.canonical("direction", Direction.INACTIVE);
 *         direction.connect(conduit, Conduit.DIRECTION);
 *         return Behaviors.receive(Command.class)
 *                 .onMessage(Negotiated.class, message -> {
 *                     direction.set(message.direction());
 *                     conduit.tell(new Conduit.Start()); // handled with the new direction, or a newer one
 *                     return Behaviors.same();
 *                 })
 *                 .build();
 *     });
 * }
 * }</pre>
 *
 * <h2>Turns</h2>
 *
 * A turn is one message or signal, or the setup. What it changes goes out when it ends, to each actor in one message; what a
 * watcher changes at its end belongs to it, too. If it throws, everything is as it was at its start, and nothing goes out
 * (promise M7), so supervision has to be around {@code setup}, not within it. Messages that {@code unstashAll} replays are
 * part of the turn that replays them. Functions that Pekko calls before a message reaches the behavior (of message adapters,
 * {@code ask} and {@code pipeToSelf}) are not in a turn.
 *
 * <h2>Messages and state</h2>
 *
 * A message that an owner sends after {@code set} or {@code connect}, in program order, is handled with a state at least
 * that new (promise M2). Which way of sending keeps that promise:
 *
 * <table>
 * <caption>Ways to send</caption>
 * <tr><th>receiver</th><th>plain {@code tell}</th><th>{@link #tell}</th></tr>
 * <tr><td>an actor in a group</td><td>yes, from every owner, in a group or not</td><td>yes</td></tr>
 * <tr><td>any other</td><td>no: it may overtake the update</td><td>yes</td></tr>
 * </table>
 *
 * A plain tell to an actor in a group for which the turn has something is kept back until the turn ends, and so is each
 * later one of that turn to any actor in a group, so that chains over several actors keep their order. It counts whatever
 * tells in the turn: {@code ask}, adapters, forwarding. An actor in a group that was made by {@code systemActorOf} and has
 * not started yet counts as any other.
 *
 * @param <M> the messages of the actor
 */
public final class Mirroring<M> {
    private final Node node;

    private Mirroring(Node node) {
        this.node = node;
    }

    /**
     * A behavior that can have canonicals and mirrors: that which the function returns, started with it. Once around an
     * actor's behavior, within its supervision. When a supervisor starts the actor again, the function runs again; canonicals
     * and mirrors that it makes again, by their names and keys, keep their connections, and mirrors their values, and what it
     * does not make again is disconnected (promise M6).
     *
     * <p>It belongs around the first behavior of the actor; what that returns later is within it. The actor fails, with the
     * way out, if it is set up twice, if a supervisor within would hide failed turns, or if its mailbox is bounded.
     */
    public static <M> Behavior<M> setup(BiFunction<ActorContext<M>, Mirroring<M>, Behavior<M>> behavior) {
        Objects.requireNonNull(behavior, "behavior");
        return Behaviors.setup(outer -> {
            Node node = Nodes.of(outer.getSystem()).own(outer.getSelf());
            MirroringInterceptor<M> interceptor = new MirroringInterceptor<>(node);
            Behavior<M> inner = Behaviors.setup(context -> behavior.apply(context, new Mirroring<>(node)));
            return Behaviors.intercept(() -> interceptor, inner).narrow();
        });
    }

    /** What is mirrored now in this actor system, for operators. Any thread. */
    public static MirroringSnapshot snapshot(ActorSystem<?> system) {
        return MirroringSnapshot.of(Nodes.of(system));
    }

    /**
     * A value of this actor. The initial value is readable, and is what a mirror gets that is connected before another is set;
     * it is no change for watchers.
     *
     * @param name for messages and snapshots, and to find it again when the actor starts again; its type must then be the
     *     same
     * @throws IllegalArgumentException if the actor has one of that name
     */
    public <T> Canonical<T> canonical(String name, T initial) {
        return node.canonical(name, initial);
    }

    /**
     * A copy of another actor's value, without a default: until its owner has connected it, reading it is an error.
     *
     * @throws IllegalArgumentException if the actor has one with that key
     */
    public <T> Mirror<T> mirror(MirrorKey<M, T> key) {
        return node.mirror(key, null);
    }

    /** A copy of another actor's value, which shows this default until its owner has connected it. */
    public <T> Mirror<T> mirror(MirrorKey<M, T> key, T initial) {
        return node.mirror(key, Objects.requireNonNull(initial, "initial"));
    }

    /**
     * A source of events of this actor.
     *
     * @param name for messages and snapshots, and to find it again when the actor starts again
     * @throws IllegalArgumentException if the actor has one of that name
     */
    public <E> EventProducer<E> producer(String name) {
        return node.producer(name);
    }

    /**
     * Handles other actors' events in this one; each is a turn.
     *
     * @throws IllegalArgumentException if the actor has one with that key
     */
    public <E> Listener<E> listener(EventKey<M, E> key, Consumer<? super E> handler) {
        return node.listener(key, handler);
    }

    /**
     * Runs the callback at the end of each turn in which any of these has changed: once, after all changes, and before they
     * are published, so that what it sets is published with them. Then those run again that watch what was set meanwhile, if
     * they have not seen it yet; if that does not end within {@code peili.mirroring.max-watch-rounds}, the turn fails.
     * Callbacks run in the order in which they were registered. To name one of these twice is the same as once.
     *
     * <p>It is not told what was there before; {@link Watcher#notifyCurrent} has it run once in any case.
     *
     * @throws IllegalArgumentException for what belongs to another actor
     */
    public Watcher watch(Runnable callback, Watchable first, Watchable... others) {
        Objects.requireNonNull(callback, "callback");
        Set<Watchable> watched = new LinkedHashSet<>();
        watched.add(Objects.requireNonNull(first, "first"));
        watched.addAll(Arrays.asList(others));
        return node.watch(callback, watched);
    }

    /**
     * Sends a message when the turn has ended, after its updates and in the order of these calls, so that the receiver handles
     * it with a state at least as new (promise M2), whatever its dispatcher and mailbox are, as long as the mailbox keeps the
     * order of one sender's messages. If the turn fails, it is sent without the updates.
     */
    public <U> void tell(ActorRef<U> receiver, U message) {
        node.checkTurn(this, "used to tell");
        Objects.requireNonNull(message, "message");
        node.turn().send(new Outgoing.Told<>(Objects.requireNonNull(receiver, "receiver"), message));
    }

    /** Whose it is. Any thread. */
    @Override
    public String toString() {
        return "mirroring of " + node.path();
    }
}
