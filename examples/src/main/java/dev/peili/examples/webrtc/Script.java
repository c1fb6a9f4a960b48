package dev.peili.examples.webrtc;

import dev.peili.actors.SchedulerGroup;
import dev.peili.actors.TaskCategory;
import dev.peili.mirroring.Mirroring;
import dev.peili.mirroring.MirroringSnapshot;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/**
 * Makes one call after the other, each with a new conduit. It does not wait until that is connected: as soon as the
 * transceiver has negotiated, it goes on to the next negotiation and a tone.
 */
final class Script extends AbstractBehavior<Script.Command> {
    private static final String KEYS = "0123456789*#";

    /** What it can be told. */
    sealed interface Command {}

    /** The conduit of the next call has started. */
    record Ready() implements Command {}

    /**
     * The transceiver has negotiated.
     *
     * @param began when it began to connect the conduit, in the nanoseconds of {@link System#nanoTime}
     */
    record Negotiated(long began) implements Command {}

    /** The conduit is done with its call. */
    record Ended(Conduit.Report report) implements Command {}

    /** The conduit has stopped. */
    private enum Gone implements Command {
        GONE
    }

    private final ActorRef<Transceiver.Command> transceiver;
    private final SchedulerGroup conduits;
    private final int rounds;
    private final Consumer<Tally> done;
    private final Tally tally = new Tally();
    private ActorRef<Conduit.Command> conduit;
    private long began;

    private Script(
            ActorContext<Command> context,
            ActorRef<Transceiver.Command> transceiver,
            SchedulerGroup conduits,
            int rounds,
            Consumer<Tally> done) {
        super(context);
        this.transceiver = transceiver;
        this.conduits = conduits;
        this.rounds = rounds;
        this.done = done;
        this.conduit = spawnConduit();
    }

    /**
     * @param conduits the group of all conduits
     * @param rounds how many calls to make
     * @param done gets what happened in them
     */
    static Behavior<Command> create(
            ActorRef<Transceiver.Command> transceiver, SchedulerGroup conduits, int rounds, Consumer<Tally> done) {
        return Behaviors.setup(context -> new Script(context, transceiver, conduits, rounds, done));
    }

    private ActorRef<Conduit.Command> spawnConduit() {
        ActorRef<Conduit.Command> spawned = getContext()
                .spawn(
                        Conduit.create(getContext().getSelf()),
                        "conduit-" + tally.rounds(),
                        conduits.props(TaskCategory.OTHER));
        getContext().watchWith(spawned, Gone.GONE);
        return spawned;
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Ready.class, this::onReady)
                .onMessage(Negotiated.class, this::onNegotiated)
                .onMessage(Ended.class, this::onEnded)
                .onMessage(Gone.class, this::onGone)
                .build();
    }

    private Behavior<Command> onReady(Ready ready) {
        transceiver.tell(new Transceiver.Begin(conduit, getContext().getSelf()));
        return this;
    }

    private Behavior<Command> onNegotiated(Negotiated negotiated) {
        began = negotiated.began();
        transceiver.tell(new Transceiver.Dial(conduit, KEYS.charAt(tally.rounds() % KEYS.length())));
        return this;
    }

    private Behavior<Command> onEnded(Ended ended) {
        tally.add(ended.report(), ended.report().readableAt() - began, link());
        getContext().stop(conduit);
        return this;
    }

    private Behavior<Command> onGone(Gone gone) {
        if (tally.rounds() == rounds) {
            done.accept(tally);
        } else {
            conduit = spawnConduit();
        }
        return this;
    }

    /** What the library has counted between the transceiver and this conduit. */
    private MirroringSnapshot.Link link() {
        String target = conduit.path().toStringWithoutAddress();
        return Mirroring.snapshot(getContext().getSystem()).links().stream()
                .filter(link -> link.target().equals(target))
                .findFirst()
                .orElseThrow();
    }
}
