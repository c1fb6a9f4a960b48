package dev.peili.mirroring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peili.actors.Document;
import dev.peili.actors.Groups;
import dev.peili.actors.TaskCategory;
import dev.peili.testkit.ScheduleBody;
import dev.peili.testkit.SimulatedProbe;
import dev.peili.testkit.Simulator;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The race of Mozilla bug 1837570: it is there if mirrors connect themselves, and is not if their owners connect them. */
final class RaceTest {
    /** Within so many schedules the race is found; in a hundred times as many it is not, where there is none. */
    private static final int BOUND = 50;

    private final Simulator simulator = Simulator.create();

    @AfterEach
    void close() {
        simulator.close();
    }

    enum Direction {
        INACTIVE,
        SENDRECV
    }

    /** A DTMF tone. */
    record Tone(char key) {}

    sealed interface Conduit {
        MirrorKey<Conduit, Direction> DIRECTION = MirrorKey.create("direction");
        EventKey<Conduit, Tone> TONES = EventKey.create("tones");

        record ConnectYourself(CanonicalRef<Direction> direction) implements Conduit {}

        record Play() implements Conduit {}

        static Behavior<Conduit> create(ActorRef<Direction> seen) {
            return Mirroring.setup((context, mirroring) -> {
                Mirror<Direction> direction = mirroring.mirror(DIRECTION, Direction.INACTIVE);
                mirroring.listener(TONES, tone -> seen.tell(direction.get()));
                return Behaviors.receive(Conduit.class)
                        .onMessage(ConnectYourself.class, message -> {
                            direction.connect(message.direction());
                            return Behaviors.same();
                        })
                        .onMessage(Play.class, message -> {
                            seen.tell(direction.get());
                            return Behaviors.same();
                        })
                        .build();
            });
        }
    }

    enum Mode {
        MIRROR_INITIALIZED,
        CANONICAL_INITIALIZED
    }

    enum Way {
        EVENT,
        TELL
    }

    record Negotiated() {}

    private static Behavior<Negotiated> transceiver(ActorRef<Conduit> conduit, Mode mode, Way way) {
        return Mirroring.setup((context, mirroring) -> {
            Canonical<Direction> direction = mirroring.canonical("direction", Direction.INACTIVE);
            EventProducer<Tone> tones = mirroring.producer("tones");
            return Behaviors.receiveMessage(negotiated -> {
                if (mode == Mode.CANONICAL_INITIALIZED) {
                    direction.connect(conduit, Conduit.DIRECTION);
                } else {
                    conduit.tell(new Conduit.ConnectYourself(direction.ref()));
                }
                tones.connect(conduit, Conduit.TONES);
                direction.set(Direction.SENDRECV);
                if (way == Way.EVENT) {
                    tones.fire(new Tone('5'));
                } else {
                    conduit.tell(new Conduit.Play());
                }
                return Behaviors.same();
            });
        });
    }

    private static ScheduleBody negotiation(Mode mode, Way way) {
        return simulation -> {
            Document page = Groups.get(simulation.system()).openTab().openDocument("https://www.example.org/");
            SimulatedProbe<Direction> seen = simulation.createProbe(Direction.class);
            ActorRef<Conduit> conduit = simulation.spawn(
                    Conduit.create(seen.ref()), "conduit", page.docGroup().props(TaskCategory.OTHER));
            ActorRef<Negotiated> transceiver =
                    simulation.spawn(transceiver(conduit, mode, way), "transceiver", Props.empty());
            transceiver.tell(new Negotiated());
            seen.expectMessage(Direction.SENDRECV);
        };
    }

    @Test
    void m2_eventBeforeItsState_isFoundWhereTheMirrorConnectsItself() {
        assertThat(simulator
                        .search(1, BOUND, negotiation(Mode.MIRROR_INITIALIZED, Way.EVENT))
                        .failure())
                .isPresent();
    }

    @Test
    void m2_messageBeforeItsState_isFoundWhereTheMirrorConnectsItself() {
        assertThat(simulator
                        .search(1, BOUND, negotiation(Mode.MIRROR_INITIALIZED, Way.TELL))
                        .failure())
                .isPresent();
    }

    @Test
    void m2_eventBeforeItsState_isNotFoundWhereTheOwnerConnects() {
        simulator
                .search(1, 100 * BOUND, negotiation(Mode.CANONICAL_INITIALIZED, Way.EVENT))
                .orThrow();
    }

    @Test
    void m2_messageBeforeItsState_isNotFoundWhereTheOwnerConnects() {
        simulator
                .search(1, 100 * BOUND, negotiation(Mode.CANONICAL_INITIALIZED, Way.TELL))
                .orThrow();
    }
}
