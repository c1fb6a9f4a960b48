package dev.peili.examples.webrtc;

import dev.peili.mirroring.Canonical;
import dev.peili.mirroring.EventProducer;
import dev.peili.mirroring.Mirroring;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/** Owns the state of a call. All of it changes in each negotiation. */
final class Transceiver extends AbstractBehavior<Transceiver.Command> {
    private static final List<Direction> DIRECTIONS = List.of(Direction.values());
    private static final List<List<String>> CODECS = List.of(List.of("opus", "PCMU"), List.of("PCMA"));

    /** What it can be told. */
    sealed interface Command {}

    /** A call begins: connects the conduit, and negotiates. */
    record Begin(ActorRef<Conduit.Command> conduit, ActorRef<Script.Command> replyTo) implements Command {}

    /** Negotiates again, and sends a tone. */
    record Dial(ActorRef<Conduit.Command> conduit, char key) implements Command {}

    private final Mode mode;
    private final Canonical<Agreed<String>> mid;
    private final Canonical<Agreed<Direction>> direction;
    private final Canonical<Agreed<String>> syncGroup;
    private final Canonical<Agreed<List<String>>> codecs;
    private final EventProducer<Tone> tones;
    private long negotiation;

    private Transceiver(ActorContext<Command> context, Mirroring<Command> mirroring, Mode mode) {
        super(context);
        this.mode = mode;
        mid = mirroring.canonical("mid", Agreed.nothing(""));
        direction = mirroring.canonical("direction", Agreed.nothing(Direction.INACTIVE));
        syncGroup = mirroring.canonical("sync-group", Agreed.nothing(""));
        codecs = mirroring.canonical("codecs", Agreed.nothing(List.of()));
        tones = mirroring.producer("tones");
    }

    static Behavior<Command> create(Mode mode) {
        return Mirroring.setup((context, mirroring) -> new Transceiver(context, mirroring, mode));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Begin.class, this::onBegin)
                .onMessage(Dial.class, this::onDial)
                .build();
    }

    private Behavior<Command> onBegin(Begin begin) {
        long began = System.nanoTime();
        connect(begin.conduit());
        negotiate();
        begin.replyTo().tell(new Script.Negotiated(began));
        return Behaviors.same();
    }

    /** The only place where the two modes differ. */
    private void connect(ActorRef<Conduit.Command> conduit) {
        switch (mode) {
            case CANONICAL_INITIALIZED -> {
                mid.connect(conduit, Conduit.MID);
                direction.connect(conduit, Conduit.DIRECTION);
                syncGroup.connect(conduit, Conduit.SYNC_GROUP);
                codecs.connect(conduit, Conduit.CODECS);
            }
            case MIRROR_INITIALIZED ->
                conduit.tell(new Conduit.SetUp(mid.ref(), direction.ref(), syncGroup.ref(), codecs.ref()));
        }
        tones.connect(conduit, Conduit.TONES);
    }

    private Behavior<Command> onDial(Dial dial) {
        negotiate();
        tones.fire(new Tone(dial.key(), negotiation));
        dial.conduit().tell(new Conduit.Play(negotiation));
        return Behaviors.same();
    }

    private void negotiate() {
        negotiation++;
        mid.set(agreed("audio-" + negotiation));
        direction.set(agreed(DIRECTIONS.get((int) (negotiation % DIRECTIONS.size()))));
        syncGroup.set(agreed("stream-" + negotiation));
        codecs.set(agreed(CODECS.get((int) (negotiation % CODECS.size()))));
    }

    private <T> Agreed<T> agreed(T value) {
        return new Agreed<>(value, negotiation);
    }
}
