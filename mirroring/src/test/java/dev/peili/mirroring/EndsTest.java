package dev.peili.mirroring;

import static dev.peili.mirroring.Puppet.NUMBER;
import static dev.peili.mirroring.Puppet.TEXT;
import static dev.peili.mirroring.Puppet.turn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.peili.mirroring.Puppet.Blunder;
import dev.peili.mirroring.Puppet.Do;
import dev.peili.mirroring.Puppet.Owner;
import dev.peili.mirroring.Puppet.Viewer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.PreRestart;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How connections end and begin again: promises M5 and M6. */
final class EndsTest {
    @RegisterExtension
    static final Kits KITS = new Kits();

    private final ActorTestKit kit = KITS.kit();
    private final Viewer viewer = new Viewer(kit);
    private final Owner owner = new Owner(kit);

    private static SupervisorStrategy restart() {
        return SupervisorStrategy.restart().withLoggingEnabled(false);
    }

    // --- M5 ---------------------------------------------------------------------------------------------------------

    @Test
    void m5_reconnected_neverGoesBackAndEndsAtTheLastValue() {
        TestProbe<String> seen = viewer.seen;
        owner.turn(scope -> owner.number().connect(viewer.ref, NUMBER));
        for (int i = 1; i <= 500; i++) {
            int value = i;
            owner.ref.tell(new Do(scope -> owner.number().set(value)));
            owner.ref.tell(new Do(scope -> owner.number().disconnect(viewer.ref, NUMBER)));
            owner.ref.tell(new Do(scope -> owner.number().connect(viewer.ref, NUMBER)));
        }
        int last = -1;
        while (last < 500) {
            int next = Integer.parseInt(seen.receiveMessage().split(" ", 2)[0]);
            assertThat(next).isGreaterThanOrEqualTo(last);
            last = next;
        }
    }

    @Test
    void m5_ofTwoOwners_theLaterToConnectWinsAndTheOtherIsTold() {
        Owner second = new Owner(kit);
        TestProbe<ConnectionState> told = kit.createTestProbe();
        owner.turn(scope -> {
            Connection connection = owner.number().connect(viewer.ref, NUMBER);
            scope.mirroring().watch(() -> told.ref().tell(connection.state()), connection);
        });
        viewer.seen.expectMessage("0");
        second.turn(scope -> {
            second.number().set(100);
            second.number().connect(viewer.ref, NUMBER);
        });
        viewer.seen.expectMessage("100");
        told.expectMessage(ConnectionState.DISPLACED);
        owner.set(5);
        second.set(101);
        viewer.seen.expectMessage("101");
        viewer.seen.expectNoMessage(Duration.ofMillis(50));
        assertThat(owner.<Integer>ask(scope -> owner.number().mirrors().count()))
                .isZero();
    }

    @Test
    void m5_updateInFlightFromAnOldConnection_doesNotOverwriteANewerOne() {
        Owner second = new Owner(kit);
        owner.turn(scope -> owner.number().connect(viewer.ref, NUMBER));
        viewer.seen.expectMessage("0");
        CountDownLatch gate = new CountDownLatch(1);
        viewer.ref.tell(new Do(scope -> {
            Kits.await(gate);
            viewer.number().disconnect();
        }));
        second.turn(scope -> {
            second.number().set(100);
            second.number().connect(viewer.ref, NUMBER);
        });
        owner.set(1);
        gate.countDown();
        viewer.seen.expectMessage("0 LEFT");
        viewer.seen.expectMessage("100");
        viewer.seen.expectNoMessage(Duration.ofMillis(50));
    }

    @Test
    void m5_mirrorThatLeaves_isNotChangedByWhatIsUnderwayAndTheOwnerIsTold() {
        owner.connect(viewer);
        turn(viewer.ref, scope -> {
            viewer.number().disconnect();
            viewer.number().disconnect();
        });
        viewer.seen.expectMessage("0a LEFT");
        Kits.await(
                "departure",
                () -> owner.<Boolean>ask(scope -> owner.number().mirrors().isEmpty()));
        owner.turn(scope -> {
            owner.number().set(1);
            owner.text().set("b");
        });
        viewer.seen.expectMessage("0b LEFT");
    }

    // --- M6 ---------------------------------------------------------------------------------------------------------

    @Test
    void m6_ownerStops_theFinalValueIsSeenThenTheEndAndItStaysReadable() {
        owner.connect(viewer);
        ActorRef<Do> stopping = kit.spawn(Puppet.create(scope -> {
            Canonical<Integer> number = scope.mirroring().canonical("number", 1);
            number.connect(viewer.ref, NUMBER);
        }));
        viewer.seen.expectMessage("1a");
        stopping.tell(new Do(
                scope -> scope.context().stop(scope.context().spawn(Behaviors.empty(), "child that is waited for"))));
        kit.stop(stopping);
        viewer.seen.expectMessage("1a OWNER_ENDED");
        assertThat(Puppet.<Integer>ask(viewer.ref, scope -> viewer.number().get()))
                .isEqualTo(1);
    }

    @Test
    void m6_setInTheTurnThatStops_isSeenBeforeTheEnd() {
        record Stop() {}
        ActorRef<Stop> stopping = kit.spawn(Mirroring.setup((context, mirroring) -> {
            Canonical<Integer> number = mirroring.canonical("number", 1);
            number.connect(viewer.ref, NUMBER);
            return Behaviors.receive(Stop.class)
                    .onMessage(Stop.class, stop -> {
                        number.set(2);
                        return Behaviors.stopped();
                    })
                    .onSignal(PostStop.class, signal -> {
                        number.update(value -> value * 10);
                        return Behaviors.same();
                    })
                    .build();
        }));
        viewer.seen.expectMessage("1");
        stopping.tell(new Stop());
        String seen = viewer.seen.receiveMessage();
        while (!seen.endsWith("OWNER_ENDED")) {
            assertThat(seen).isIn("2", "20");
            seen = viewer.seen.receiveMessage();
        }
        assertThat(seen).isEqualTo("20 OWNER_ENDED");
    }

    @Test
    void m6_ownerThatFailsAndStops_endsItsMirrorsAtTheLastGoodValue() {
        Owner failing = new Owner(kit, SupervisorStrategy.stop().withLoggingEnabled(false));
        failing.connect(viewer);
        failing.set(1);
        viewer.seen.expectMessage("1a");
        failing.ref.tell(new Do(scope -> {
            failing.number().set(2);
            throw new Blunder();
        }));
        viewer.seen.expectMessage("1a OWNER_ENDED");
    }

    @Test
    void m6_mirrorsActorStops_theCanonicalForgetsItAndANewOneCanConnect() {
        TestProbe<Integer> counts = kit.createTestProbe();
        owner.turn(scope -> {
            Mirrors mirrors = owner.number().mirrors();
            scope.mirroring().watch(() -> counts.ref().tell(mirrors.count()), mirrors);
        });
        owner.connect(viewer);
        counts.expectMessage(1);
        kit.stop(viewer.ref);
        counts.expectMessage(0);
        Viewer next = new Viewer(kit);
        owner.connect(next);
        counts.expectMessage(1);
        assertThat(owner.ask(scope -> List.copyOf(owner.number().mirrors().actors()))
                        .toString())
                .contains(next.ref.path().name());
    }

    @Test
    void m6_connectToAnActorThatHasStopped_endsTheConnection() {
        kit.stop(viewer.ref);
        TestProbe<ConnectionState> told = kit.createTestProbe();
        owner.turn(scope -> {
            Connection connection = owner.number().connect(viewer.ref, NUMBER);
            scope.mirroring().watch(() -> told.ref().tell(connection.state()), connection);
        });
        told.expectMessage(ConnectionState.MIRROR_ENDED);
    }

    @Test
    void m6_ownerRestarts_itsMirrorsAreInitializedAgain() {
        Owner restarting = new Owner(kit, restart());
        restarting.connect(viewer);
        restarting.set(5);
        viewer.seen.expectMessage("5a");
        long version = Puppet.<Long>ask(viewer.ref, scope -> viewer.number().version());
        restarting.turn(scope -> {
            restarting.number().set(6);
            throw new Blunder();
        });
        viewer.seen.expectMessage("0a");
        assertThat(Puppet.<Long>ask(viewer.ref, scope -> viewer.number().version()))
                .isGreaterThan(version);
        restarting.set(7);
        viewer.seen.expectMessage("7a");
    }

    @Test
    void m6_ownerRestartsAfterABackoff_itsMirrorsKeepTheirValuesAndAreInitializedAgain() {
        Owner restarting = new Owner(
                kit,
                SupervisorStrategy.restartWithBackoff(Duration.ofMillis(100), Duration.ofMillis(100), 0)
                        .withLoggingEnabled(false));
        restarting.connect(viewer);
        restarting.set(5);
        viewer.seen.expectMessage("5a");
        restarting.ref.tell(new Do(scope -> {
            throw new Blunder();
        }));
        viewer.ref.tell(viewer.look());
        assertThat(viewer.seen.receiveMessage()).startsWith("look ");
        viewer.seen.expectMessage("0a");
    }

    @Test
    void m6_ownerRestartsWithoutACanonical_itsMirrorIsTold() {
        List<Integer> starts = new ArrayList<>();
        ActorRef<Do> restarting = kit.spawn(Behaviors.supervise(Puppet.create(scope -> {
                    starts.add(1);
                    if (starts.size() == 1) {
                        scope.mirroring().canonical("number", 1).connect(viewer.ref, NUMBER);
                    }
                    scope.mirroring().canonical("text", "b" + starts.size()).connect(viewer.ref, TEXT);
                }))
                .onFailure(restart()));
        viewer.seen.expectMessage("1b1");
        restarting.tell(new Do(scope -> {
            throw new Blunder();
        }));
        viewer.seen.expectMessage("1b2 OWNER_ENDED");
    }

    @Test
    void m6_whatPreRestartSets_isPublished() {
        Canonical<?>[] number = new Canonical<?>[1];
        ActorRef<Do> restarting = kit.spawn(Behaviors.supervise(Puppet.create(
                        scope -> {
                            Canonical<Integer> made = scope.mirroring().canonical("number", 1);
                            made.connect(viewer.ref, NUMBER);
                            number[0] = made;
                        },
                        (scope, signal) -> {
                            if (signal == PreRestart.instance()) {
                                @SuppressWarnings("unchecked")
                                Canonical<Integer> known = (Canonical<Integer>) number[0];
                                known.set(known.get() + 1);
                                scope.mirroring().tell(viewer.ref, viewer.look());
                            }
                        }))
                .onFailure(restart()));
        viewer.seen.expectMessage("1");
        restarting.tell(new Do(scope -> {
            throw new Blunder();
        }));
        // The new start may be conflated with it.
        String seen = viewer.seen.receiveMessage();
        if (seen.equals("2")) {
            viewer.seen.expectMessage("look 2");
            seen = viewer.seen.receiveMessage();
        }
        assertThat(seen).isEqualTo("1");
    }

    @Test
    void m6_mirrorsActorRestarts_itsMirrorsKeepTheirValuesAndConnections() {
        TestProbe<String> seen = kit.createTestProbe();
        Mirror<?>[] number = new Mirror<?>[1];
        ActorRef<Do> restarting = kit.spawn(Behaviors.supervise(Puppet.create(scope -> {
                    Mirror<Integer> made = scope.mirroring().mirror(NUMBER, -1);
                    scope.mirroring().watch(() -> seen.ref().tell("watched " + made.get()), made);
                    seen.ref().tell("started " + made.get());
                    number[0] = made;
                }))
                .onFailure(restart()));
        seen.expectMessage("started -1");
        owner.turn(scope -> {
            owner.number().set(1);
            owner.number().connect(restarting, NUMBER);
        });
        seen.expectMessage("watched 1");
        restarting.tell(new Do(scope -> {
            throw new Blunder();
        }));
        seen.expectMessage("started 1");
        owner.set(2);
        seen.expectMessage("watched 2");
        assertThat(Puppet.<Boolean>ask(restarting, scope -> number[0].isConnected()))
                .isTrue();
    }

    @Test
    void m6_mirrorsActorRestartsWhileUpdatesAreDropped_hasTheNewestStateAfterwards() {
        TestProbe<String> seen = kit.createTestProbe();
        ActorRef<Do> restarting = kit.spawn(Behaviors.supervise(Puppet.create(scope -> {
                    Mirror<Integer> made = scope.mirroring().mirror(NUMBER, -1);
                    scope.mirroring().watch(() -> seen.ref().tell("watched " + made.get()), made);
                    seen.ref().tell("started " + made.get());
                }))
                .onFailure(SupervisorStrategy.restartWithBackoff(Duration.ofMillis(200), Duration.ofMillis(200), 0)
                        .withLoggingEnabled(false)
                        .withStashCapacity(1)));
        seen.expectMessage("started -1");
        owner.turn(scope -> owner.number().connect(restarting, NUMBER));
        seen.expectMessage("watched 0");
        restarting.tell(new Do(scope -> {
            throw new Blunder();
        }));
        // It fills the supervisor's stash, so the update is dropped.
        restarting.tell(new Do(scope -> {}));
        owner.set(1);
        owner.set(2);
        seen.expectMessage("started 0");
        String last = seen.receiveMessage();
        assertThat(last).isEqualTo("watched 2");
        owner.set(3);
        seen.expectMessage("watched 3");
    }

    @Test
    void m6_mirrorsActorRestartsWithoutAMirror_theOwnerIsTold() {
        List<Integer> starts = new ArrayList<>();
        ActorRef<Do> restarting = kit.spawn(Behaviors.supervise(Puppet.create(scope -> {
                    starts.add(1);
                    if (starts.size() == 1) {
                        scope.mirroring().mirror(NUMBER, -1);
                    }
                }))
                .onFailure(restart()));
        TestProbe<ConnectionState> told = kit.createTestProbe();
        owner.turn(scope -> {
            Connection connection = owner.number().connect(restarting, NUMBER);
            scope.mirroring().watch(() -> told.ref().tell(connection.state()), connection);
        });
        turn(restarting, scope -> {
            throw new Blunder();
        });
        told.expectMessage(ConnectionState.MIRROR_ENDED);
    }

    @Test
    void startThatFails_leavesConnectionsToTheNextOne() {
        List<Integer> starts = new ArrayList<>();
        ActorRef<Do> restarting = kit.spawn(Behaviors.supervise(Puppet.create(scope -> {
                    starts.add(1);
                    scope.mirroring().canonical("number", starts.size()).connect(viewer.ref, NUMBER);
                    if (starts.size() == 2) {
                        throw new Blunder();
                    }
                }))
                .onFailure(SupervisorStrategy.restartWithBackoff(Duration.ofMillis(1), Duration.ofMillis(1), 0)
                        .withLoggingEnabled(false)));
        viewer.seen.expectMessage("1");
        restarting.tell(new Do(scope -> {
            throw new Blunder();
        }));
        viewer.seen.expectMessage("3");
    }

    @Test
    void updateThatArrivesBeforeAStartSucceeds_isNotRefused() {
        TestProbe<String> seen = kit.createTestProbe();
        CountDownLatch connected = new CountDownLatch(1);
        AtomicInteger starts = new AtomicInteger();
        ActorRef<Do> flaky = kit.spawn(Behaviors.supervise(Puppet.create(scope -> {
                    if (starts.incrementAndGet() == 1) {
                        Kits.await(connected);
                        throw new Blunder();
                    }
                    Mirror<Integer> number = scope.mirroring().mirror(NUMBER, -1);
                    scope.mirroring().watch(() -> seen.ref().tell("watched " + number.get()), number);
                }))
                .onFailure(SupervisorStrategy.restartWithBackoff(Duration.ofMillis(50), Duration.ofMillis(50), 0)
                        .withLoggingEnabled(false)));
        owner.turn(scope -> owner.number().connect(flaky, NUMBER));
        connected.countDown();
        seen.expectMessage("watched 0");
    }

    // --- Disconnecting ----------------------------------------------------------------------------------------------

    @Test
    void m6_setAndDisconnectAllInOneTurn_theLastValueArrivesWithTheEnd() {
        owner.connect(viewer);
        owner.turn(scope -> {
            owner.number().set(1);
            owner.number().disconnectAll();
            owner.number().set(2);
        });
        viewer.seen.expectMessage("2a DISCONNECTED");
        owner.set(3);
        viewer.seen.expectNoMessage(Duration.ofMillis(50));
    }

    @Test
    void m2_connectTellDisconnectInOneTurn_theMessageFindsTheState() {
        owner.turn(scope -> {
            Connection connection = owner.number().connect(viewer.ref, NUMBER);
            scope.mirroring().tell(viewer.ref, viewer.look());
            connection.disconnect();
        });
        viewer.seen.expectMessage("0 DISCONNECTED");
        viewer.seen.expectMessage("look 0 DISCONNECTED");
    }

    @Test
    void disconnectAndConnectInOneTurn_initializesAgain() {
        owner.connect(viewer);
        owner.turn(scope -> {
            owner.number().disconnect(viewer.ref, NUMBER);
            owner.number().connect(viewer.ref, NUMBER);
        });
        viewer.seen.expectMessage("0a");
        owner.set(1);
        viewer.seen.expectMessage("1a");
    }

    // --- Mirrors that connect themselves ----------------------------------------------------------------------------

    @Test
    void mirrorThatConnectsItself_showsItsDefaultUntilTheAnswer() {
        owner.turn(scope -> owner.number().set(4));
        turn(viewer.ref, scope -> {
            viewer.number().connect(owner.number().ref());
            viewer.seen
                    .ref()
                    .tell(viewer.number().state() + " " + viewer.number().get());
        });
        viewer.seen.expectMessage("CONNECTING -1");
        List<String> seen = List.of(viewer.seen.receiveMessage(), viewer.seen.receiveMessage());
        assertThat(seen).contains("4");
    }

    @Test
    void mirrorThatConnectsItself_isToldThatThereIsNoSuchCanonical() {
        CanonicalRef<Integer> nowhere =
                new CanonicalRef<>(owner.ask(scope -> owner.number().ref()).owner, "nowhere");
        turn(viewer.ref, scope -> viewer.number().connect(nowhere));
        Kits.await(
                "refusal",
                () -> Puppet.<ConnectionState>ask(
                                viewer.ref, scope -> viewer.number().state())
                        == ConnectionState.REFUSED);
    }

    @Test
    void mirrorThatConnectsItself_isToldThatTheOwnerHasStopped() {
        CanonicalRef<Integer> ref = owner.ask(scope -> owner.number().ref());
        CountDownLatch gate = new CountDownLatch(1);
        owner.ref.tell(new Do(scope -> Kits.await(gate)));
        turn(viewer.ref, scope -> viewer.number().connect(ref));
        owner.ref.tell(new Do(scope -> {
            throw new IllegalStateException("it stops");
        }));
        gate.countDown();
        kit.stop(owner.ref);
        Kits.await(
                "the end",
                () -> Puppet.<ConnectionState>ask(
                                viewer.ref, scope -> viewer.number().state())
                        == ConnectionState.OWNER_ENDED);
        turn(viewer.ref, scope -> viewer.number().connect(ref));
        Kits.await(
                "the end again",
                () -> Puppet.<ConnectionState>ask(
                                viewer.ref, scope -> viewer.number().state())
                        == ConnectionState.OWNER_ENDED);
    }

    @Test
    void mirrorThatLeavesWhileItConnects_staysAway() {
        CanonicalRef<Integer> ref = owner.ask(scope -> owner.number().ref());
        turn(viewer.ref, scope -> {
            viewer.number().connect(ref);
            viewer.number().disconnect();
        });
        Puppet.settle(owner.ref);
        Kits.await(
                "departure",
                () -> owner.<Boolean>ask(scope -> owner.number().mirrors().isEmpty()));
        owner.set(9);
        assertThat(Puppet.<Integer>ask(viewer.ref, scope -> viewer.number().get()))
                .isEqualTo(-1);
    }

    @Test
    void mirrorThatAsksTwice_isConnected() {
        CanonicalRef<Integer> ref = owner.ask(scope -> owner.number().ref());
        turn(viewer.ref, scope -> {
            viewer.number().connect(ref);
            viewer.number().connect(ref);
        });
        Kits.await(
                "connection",
                () -> Puppet.<Boolean>ask(viewer.ref, scope -> viewer.number().isConnected()));
        owner.set(3);
        Kits.await(
                "value",
                () -> Puppet.<Integer>ask(viewer.ref, scope -> viewer.number().get()) == 3);
    }

    @Test
    void m2_ownerConnectsAMirrorThatHasAskedAndTakenItBack_isConnected() {
        CanonicalRef<Integer> ref = owner.ask(scope -> owner.number().ref());
        CountDownLatch gate = new CountDownLatch(1);
        // The request is handled, and its answer waits behind a turn in which the mirror takes it back.
        viewer.ref.tell(new Do(scope -> {
            viewer.number().connect(ref);
            Kits.await(gate);
            viewer.number().disconnect();
        }));
        Kits.await(
                "request",
                () -> owner.<Integer>ask(scope -> owner.number().mirrors().count()) == 1);
        gate.countDown();
        Kits.await("LEFT", () -> viewer.seen.receiveMessage().endsWith("LEFT"));
        owner.turn(scope -> owner.number().connect(viewer.ref, NUMBER));
        Kits.await(
                "connection",
                () -> Puppet.<Boolean>ask(viewer.ref, scope -> viewer.number().isConnected()));
    }

    @Test
    void m2_connectAfterTheMirrorHasLeft_connectsAgainThoughTheOwnerIsNotToldYet() {
        owner.connect(viewer);
        CountDownLatch gate = new CountDownLatch(1);
        CountDownLatch left = new CountDownLatch(1);
        owner.ref.tell(new Do(scope -> {
            Kits.await(left);
            owner.number().set(9);
            owner.number().connect(viewer.ref, NUMBER);
            gate.countDown();
        }));
        turn(viewer.ref, scope -> viewer.number().disconnect());
        viewer.seen.expectMessage("0a LEFT");
        left.countDown();
        viewer.seen.expectMessage("9a");
        owner.set(10);
        viewer.seen.expectMessage("10a");
    }

    @Test
    void requestWhoseTurnFails_isRefused() {
        CanonicalRef<Integer> ref = owner.ask(scope -> owner.number().ref());
        owner.turn(scope -> {
            Mirrors mirrors = owner.number().mirrors();
            scope.mirroring()
                    .watch(
                            () -> {
                                throw new Blunder();
                            },
                            mirrors);
        });
        turn(viewer.ref, scope -> viewer.number().connect(ref));
        Kits.await(
                "refusal",
                () -> Puppet.<ConnectionState>ask(
                                viewer.ref, scope -> viewer.number().state())
                        == ConnectionState.REFUSED);
    }

    @Test
    void requestThatAWatcherEndsInItsTurn_isToldSo() {
        CanonicalRef<Integer> ref = owner.ask(scope -> owner.number().ref());
        owner.turn(scope -> {
            Mirrors mirrors = owner.number().mirrors();
            scope.mirroring().watch(() -> owner.number().disconnectAll(), mirrors);
        });
        turn(viewer.ref, scope -> viewer.number().connect(ref));
        Kits.await(
                "the end",
                () -> Puppet.<ConnectionState>ask(
                                viewer.ref, scope -> viewer.number().state())
                        == ConnectionState.DISCONNECTED);
    }
}
