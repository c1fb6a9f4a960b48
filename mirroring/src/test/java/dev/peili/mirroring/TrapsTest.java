package dev.peili.mirroring;

import static dev.peili.mirroring.Puppet.EVENTS;
import static dev.peili.mirroring.Puppet.NUMBER;
import static dev.peili.mirroring.Puppet.turn;
import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.peili.mirroring.Puppet.Blunder;
import dev.peili.mirroring.Puppet.Do;
import dev.peili.mirroring.Puppet.Owner;
import dev.peili.mirroring.Puppet.Viewer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Odd situations in which promises M1 to M7 were once broken. */
@SuppressWarnings({"unchecked", "rawtypes", "NullAway", "UnnecessaryAsync"})
final class TrapsTest {
    @RegisterExtension
    static final Kits KITS = new Kits();

    private final ActorTestKit kit = KITS.kit();
    private final Viewer viewer = new Viewer(kit);

    private static SupervisorStrategy restart() {
        return SupervisorStrategy.restart().withLoggingEnabled(false);
    }

    private static SupervisorStrategy backoff(int stash) {
        return SupervisorStrategy.restartWithBackoff(Duration.ofMillis(300), Duration.ofMillis(300), 0)
                .withLoggingEnabled(false)
                .withStashCapacity(stash);
    }

    private static void blunder(ActorRef<Do> puppet) {
        puppet.tell(new Do(scope -> {
            throw new Blunder();
        }));
    }

    sealed interface Cmd {
        record Add(int n) implements Cmd {}

        record Open(boolean failsAfterwards) implements Cmd {}
    }

    private static Behavior<Cmd> sameAdder(ActorRef<Do> viewer, ActorRef<String> log) {
        return Mirroring.setup((context, mirroring) -> Behaviors.withStash(100, stash -> {
            Canonical<Integer> sum = mirroring.canonical("sum", 0);
            sum.connect(viewer, NUMBER);
            boolean[] open = {false};
            return Behaviors.receive(Cmd.class)
                    .onMessage(Cmd.Open.class, message -> {
                        open[0] = true;
                        sum.set(1000);
                        Behavior<Cmd> next = stash.unstashAll(Behaviors.same());
                        if (message.failsAfterwards()) {
                            throw new Blunder();
                        }
                        try {
                            sum.update(v -> v + 1);
                            log.tell("still in its turn");
                        } catch (IllegalStateException e) {
                            log.tell("lost its turn");
                        }
                        return next;
                    })
                    .onMessage(Cmd.Add.class, add -> {
                        if (open[0]) {
                            sum.update(v -> v + add.n());
                        } else {
                            stash.stash(add);
                        }
                        return Behaviors.same();
                    })
                    .build();
        }));
    }

    @Test
    void unstashAllSame_turnGoesOn() {
        TestProbe<String> log = kit.createTestProbe();
        ActorRef<Cmd> adder = kit.spawn(sameAdder(viewer.ref, log.ref()));
        viewer.seen.expectMessage("0");
        adder.tell(new Cmd.Add(1));
        adder.tell(new Cmd.Open(false));
        log.expectMessage("still in its turn");
        viewer.seen.expectMessage("1002");
    }

    @Test
    void m7_unstashAllSameThenFailure_publishesNothing() {
        TestProbe<String> log = kit.createTestProbe();
        ActorRef<Cmd> adder = kit.spawn(sameAdder(viewer.ref, log.ref()));
        viewer.seen.expectMessage("0");
        adder.tell(new Cmd.Add(1));
        adder.tell(new Cmd.Open(true));
        viewer.seen.expectMessage("0 OWNER_ENDED");
    }

    @Test
    void unstashAllSame_supervised() {
        TestProbe<String> log = kit.createTestProbe();
        ActorRef<Cmd> adder =
                kit.spawn(Behaviors.supervise(sameAdder(viewer.ref, log.ref())).onFailure(restart()));
        viewer.seen.expectMessage("0");
        adder.tell(new Cmd.Add(1));
        adder.tell(new Cmd.Open(false));
        log.expectMessage("still in its turn");
        viewer.seen.expectMessage("1002");
    }

    /** After it, the thread's slot is clean. */
    @Test
    void unstashAllSame_leavesNothingInTheThread() {
        TestProbe<String> log = kit.createTestProbe();
        AtomicBoolean clean = new AtomicBoolean();
        CountDownLatch done = new CountDownLatch(1);
        Thread thread = new Thread(() -> {
            // The same actor on a thread of ours.
            TestDispatcherless.run(log, viewer);
            clean.set(dev.peili.actors.internal.dispatch.Outbox.slot().current == null);
            done.countDown();
        });
        thread.start();
        Kits.await(done);
        assertThat(clean).isTrue();
    }

    static final class TestDispatcherless {
        static void run(TestProbe<String> log, Viewer viewer) {
            var outer = org.apache.pekko.actor.testkit.typed.javadsl.BehaviorTestKit.create(TrapsTest.sameAdder(
                    org.apache.pekko.actor.testkit.typed.javadsl.TestInbox.<Do>create()
                            .getRef(),
                    log.ref()));
            outer.run(new Cmd.Add(1));
            try {
                outer.run(new Cmd.Open(false));
            } catch (RuntimeException e) {
                log.ref().tell(e.toString());
            }
        }
    }

    private static int incoming(Viewer viewer) {
        return incoming(viewer.number().node());
    }

    private static int incoming(Node node) {
        try {
            var field = Node.class.getDeclaredField("incoming");
            field.setAccessible(true);
            return ((java.util.Set<?>) field.get(node)).size();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void memory_ownersThatDisconnectAndEnd_areForgottenByTheMirror() {
        for (int i = 0; i < 20; i++) {
            Owner owner = new Owner(kit);
            owner.turn(scope -> owner.number().connect(viewer.ref, NUMBER));
            viewer.seen.expectMessage("0");
            owner.turn(scope -> owner.number().disconnectAll());
            viewer.seen.expectMessage("0 DISCONNECTED");
            kit.stop(owner.ref);
        }
        Puppet.settle(viewer.ref);
        Puppet.settle(viewer.ref);
        Kits.await("links to be forgotten", () -> incoming(viewer) == 0);
    }

    @Test
    void memory_ownersThatAreDisplacedAndEnd_areForgottenByTheMirror() {
        for (int i = 0; i < 20; i++) {
            Owner owner = new Owner(kit);
            Owner next = new Owner(kit);
            Connection[] first = new Connection[1];
            owner.turn(scope -> first[0] = owner.number().connect(viewer.ref, NUMBER));
            viewer.seen.expectMessage("0");
            next.turn(scope -> next.number().connect(viewer.ref, NUMBER));
            viewer.seen.expectMessage("0");
            Kits.await("displaced", () -> !owner.<Boolean>ask(scope -> first[0].isConnected()));
            kit.stop(owner.ref);
            kit.stop(next.ref);
            viewer.seen.expectMessage("0 OWNER_ENDED");
        }
        Puppet.settle(viewer.ref);
        Kits.await("links to be forgotten", () -> incoming(viewer) == 0);
    }

    @Test
    void memory_ownersThatOnceFailedAfterConnecting_areForgotten() {
        for (int i = 0; i < 20; i++) {
            Owner owner = new Owner(kit);
            owner.turn(scope -> {
                owner.number().connect(viewer.ref, NUMBER);
                throw new Blunder();
            });
            kit.stop(owner.ref);
        }
        Puppet.settle(viewer.ref);
        Kits.await("links to be forgotten", () -> incoming(viewer) == 0);
    }

    @Test
    void watcherOfMirrors_doesNotOutliveARestart() {
        TestProbe<String> told = kit.createTestProbe();
        AtomicInteger starts = new AtomicInteger();
        ActorRef<Do> owner = kit.spawn(Behaviors.supervise(Puppet.create(scope -> {
                    int start = starts.incrementAndGet();
                    Canonical<Integer> number = scope.mirroring().canonical("number", 0);
                    scope.mirroring()
                            .watch(
                                    () -> told.ref()
                                            .tell("incarnation " + start + " has "
                                                    + number.mirrors().count()),
                                    number.mirrors());
                    scope.mirroring().canonical("x", 0);
                }))
                .onFailure(restart()));
        turn(owner, scope -> {
            throw new Blunder();
        });
        turn(owner, scope -> {
            throw new Blunder();
        });
        turn(owner, scope -> scope.mirroring()); // settle
        turn(owner, scope -> {
            Canonical<Integer> number = (Canonical<Integer>) find(scope);
            number.connect(viewer.ref, NUMBER);
        });
        told.expectMessage("incarnation 3 has 1");
        told.expectNoMessage(Duration.ofMillis(100));
    }

    private static Canonical<?> find(Puppet.Scope scope) {
        try {
            var nodeField = Mirroring.class.getDeclaredField("node");
            nodeField.setAccessible(true);
            Node node = (Node) nodeField.get(scope.mirroring());
            var field = Node.class.getDeclaredField("canonicals");
            field.setAccessible(true);
            return ((Declared<Canonical<?>>) field.get(node)).find(c -> c.name().equals("number"));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void watcherOfAConnection_doesNotOutliveARestart() {
        TestProbe<String> told = kit.createTestProbe();
        AtomicInteger starts = new AtomicInteger();
        ActorRef<Do> owner = kit.spawn(Behaviors.supervise(Puppet.create(scope -> {
                    int start = starts.incrementAndGet();
                    Connection connection =
                            scope.mirroring().canonical("number", 0).connect(viewer.ref, NUMBER);
                    scope.mirroring()
                            .watch(
                                    () -> told.ref().tell("incarnation " + start + ": " + connection.state()),
                                    connection);
                }))
                .onFailure(restart()));
        turn(owner, scope -> {
            throw new Blunder();
        });
        turn(owner, scope -> {
            throw new Blunder();
        });
        viewer.seen.expectMessage("0");
        kit.stop(viewer.ref);
        told.expectMessage("incarnation 3: MIRROR_ENDED");
        told.expectNoMessage(Duration.ofMillis(100));
    }

    @Test
    void m5_lastConnectOfOneOwnerWins_inOneTurn() {
        ActorRef<Do> owner = kit.spawn(Puppet.create(scope -> {
            Canonical<Integer> one = scope.mirroring().canonical("one", 1);
            Canonical<Integer> two = scope.mirroring().canonical("two", 2);
            one.connect(viewer.ref, NUMBER);
            two.connect(viewer.ref, NUMBER);
            one.connect(viewer.ref, NUMBER);
        }));
        viewer.seen.expectMessage("1");
        assertThat(owner).isNotNull();
    }

    @Test
    void m5_lastConnectOfOneOwnerWins_inThreeTurns() {
        Canonical<Integer>[] c = new Canonical[2];
        ActorRef<Do> owner = kit.spawn(Puppet.create(scope -> {
            c[0] = scope.mirroring().canonical("one", 1);
            c[1] = scope.mirroring().canonical("two", 2);
            c[0].connect(viewer.ref, NUMBER);
        }));
        viewer.seen.expectMessage("1");
        CountDownLatch hold = new CountDownLatch(1);
        viewer.ref.tell(new Do(scope -> Kits.await(hold)));
        turn(owner, scope -> c[1].connect(viewer.ref, NUMBER));
        turn(owner, scope -> {
            c[0].connect(viewer.ref, NUMBER);
            scope.mirroring().tell(viewer.ref, viewer.look());
        });
        hold.countDown();
        assertThat(viewer.seen.receiveMessage()).endsWith("1");
        assertThat(viewer.seen.receiveMessage()).isEqualTo("look 1");
    }

    @Test
    void oldMode_askedTwice_connects() {
        Owner owner = new Owner(kit);
        CanonicalRef<Integer> ref = owner.ask(scope -> owner.number().ref());
        turn(viewer.ref, scope -> {
            viewer.number().connect(ref);
            viewer.number().connect(ref);
        });
        Kits.await(
                "connected",
                () -> Puppet.<Boolean>ask(viewer.ref, scope -> viewer.number().isConnected()));
    }

    @Test
    void oldMode_leftAndAskedAgain_connects() {
        Owner owner = new Owner(kit);
        CanonicalRef<Integer> ref = owner.ask(scope -> owner.number().ref());
        CountDownLatch hold = new CountDownLatch(1);
        turn(viewer.ref, scope -> viewer.number().connect(ref));
        viewer.ref.tell(new Do(scope -> {
            Kits.await(hold);
            viewer.number().disconnect();
            viewer.number().connect(ref);
        }));
        Kits.await(
                "asked", () -> !owner.<Boolean>ask(s -> owner.number().mirrors().isEmpty()));
        hold.countDown();
        Kits.await(
                "connected",
                () -> Puppet.<Boolean>ask(viewer.ref, scope -> viewer.number().isConnected()));
    }

    private ActorRef<Do> backingOff(Canonical<Integer>[] number) {
        return kit.spawn(Behaviors.supervise(
                        Puppet.create(scope -> number[0] = scope.mirroring().canonical("number", 0)))
                .onFailure(Blunder.class, backoff(1)));
    }

    @Test
    void m6_mirrorsActorEndsWhileTheOwnerBacksOff_isForgotten() {
        Canonical<Integer>[] number = new Canonical[1];
        ActorRef<Do> owner = backingOff(number);
        turn(owner, scope -> number[0].connect(viewer.ref, NUMBER));
        viewer.seen.expectMessage("0");
        blunder(owner);
        owner.tell(new Do(scope -> {})); // fills the stash
        kit.stop(viewer.ref);
        Kits.await("restarted", () -> {
            var done = new java.util.concurrent.CompletableFuture<Boolean>();
            owner.tell(new Do(scope -> done.complete(true)));
            try {
                return done.get(20, TimeUnit.MILLISECONDS);
            } catch (Exception e) {
                return false;
            }
        });
        Puppet.settle(owner);
        assertThat(Puppet.<Integer>ask(owner, scope -> number[0].mirrors().count()))
                .isZero();
    }

    @Test
    void m5_displacedWhileTheOwnerBacksOff_isTold() {
        Canonical<Integer>[] number = new Canonical[1];
        ActorRef<Do> owner = backingOff(number);
        turn(owner, scope -> number[0].connect(viewer.ref, NUMBER));
        viewer.seen.expectMessage("0");
        blunder(owner);
        owner.tell(new Do(scope -> {})); // fills the stash
        Owner other = new Owner(kit);
        other.turn(scope -> {
            other.number().set(7);
            other.number().connect(viewer.ref, NUMBER);
        });
        viewer.seen.expectMessage("7");
        awaitRestart(owner);
        assertThat(Puppet.<Integer>ask(owner, scope -> number[0].mirrors().count()))
                .isZero();
    }

    @Test
    void oldMode_askedWhileTheOwnerBacksOff_isAnswered() {
        Canonical<Integer>[] number = new Canonical[1];
        ActorRef<Do> owner = backingOff(number);
        CanonicalRef<Integer> ref = Puppet.ask(owner, scope -> number[0].ref());
        blunder(owner);
        owner.tell(new Do(scope -> {})); // fills the stash
        turn(viewer.ref, scope -> viewer.number().connect(ref));
        awaitRestart(owner);
        assertThat(Puppet.<ConnectionState>ask(
                        viewer.ref, scope -> viewer.number().state()))
                .isNotEqualTo(ConnectionState.CONNECTING);
    }

    private static void awaitRestart(ActorRef<Do> owner) {
        Kits.await("restarted", () -> {
            var done = new java.util.concurrent.CompletableFuture<Boolean>();
            owner.tell(new Do(scope -> done.complete(true)));
            try {
                return done.get(20, TimeUnit.MILLISECONDS);
            } catch (Exception e) {
                return false;
            }
        });
        Puppet.settle(owner);
    }

    @Test
    void derivedCanonical_isNotLeftBehindItsMirrorByAFailedTurn() {
        Viewer last = new Viewer(kit);
        AtomicBoolean fails = new AtomicBoolean(true);
        Mirror<Integer>[] source = new Mirror[1];
        Canonical<Integer>[] derived = new Canonical[1];
        ActorRef<Do> middle = kit.spawn(Behaviors.supervise(Puppet.create(scope -> {
                    source[0] = scope.mirroring().mirror(NUMBER, 0);
                    derived[0] = scope.mirroring().canonical("double", 0);
                    derived[0].connect(last.ref, NUMBER);
                    scope.mirroring().watch(() -> derived[0].set(2 * source[0].get()), source[0]);
                    scope.mirroring()
                            .watch(
                                    () -> {
                                        if (fails.get()) {
                                            throw new Blunder();
                                        }
                                    },
                                    source[0]);
                }))
                .onFailure(SupervisorStrategy.resume().withLoggingEnabled(false)));
        last.seen.expectMessage("0");
        Owner owner = new Owner(kit);
        owner.turn(scope -> {
            owner.number().set(21);
            owner.number().connect(middle, NUMBER);
        });
        Puppet.settle(middle);
        fails.set(false);
        Puppet.settle(middle);
        Puppet.settle(middle);
        assertThat(Puppet.<Integer>ask(middle, scope -> source[0].get())).isEqualTo(21);
        assertThat(Puppet.<Integer>ask(middle, scope -> derived[0].get())).isEqualTo(42);
    }

    @Test
    void m6_slowListener_isToldOfTheEndAfterItsEvents() {
        TestProbe<String> seen = kit.createTestProbe();
        ActorRef<Do> listening = kit.spawn(Puppet.create(scope -> {
            Listener<Integer> made =
                    scope.mirroring().listener(EVENTS, event -> seen.ref().tell("event " + event));
            scope.mirroring().watch(() -> seen.ref().tell("connected " + made.isConnected()), made);
        }));
        Owner owner = new Owner(kit);
        CountDownLatch hold = new CountDownLatch(1);
        listening.tell(new Do(scope -> Kits.await(hold)));
        owner.turn(scope -> {
            owner.events().connect(listening, EVENTS);
            owner.events().fire(1);
        });
        kit.stop(owner.ref);
        Kits.await(
                "the end",
                () -> Mirroring.snapshot(kit.system()).canonicals().stream()
                        .noneMatch(c -> c.owner().equals(owner.ref.path().toStringWithoutAddress())));
        hold.countDown();
        seen.expectMessage("connected true");
        seen.expectMessage("event 1");
        seen.expectMessage("connected false");
    }

    @Test
    void m6_slowListener_whoseProducerIsToldInTheSameMessage() {
        TestProbe<String> seen = kit.createTestProbe();
        ActorRef<Do> listening = kit.spawn(Puppet.create(scope -> {
            Mirror<Integer> number = scope.mirroring().mirror(NUMBER, -1);
            Listener<Integer> made = scope.mirroring()
                    .listener(EVENTS, event -> seen.ref().tell("event " + event + " " + number.state()));
            scope.mirroring().watch(() -> seen.ref().tell("connected " + made.isConnected()), made);
        }));
        Owner owner = new Owner(kit);
        owner.turn(scope -> {
            owner.number().connect(listening, NUMBER);
            owner.events().connect(listening, EVENTS);
        });
        seen.expectMessage("connected true");
        CountDownLatch hold = new CountDownLatch(1);
        listening.tell(new Do(scope -> Kits.await(hold)));
        owner.turn(scope -> {
            owner.number().set(1);
            owner.events().fire(1);
        });
        kit.stop(owner.ref);
        Kits.await(
                "the end",
                () -> Mirroring.snapshot(kit.system()).canonicals().stream()
                        .noneMatch(c -> c.owner().equals(owner.ref.path().toStringWithoutAddress())));
        hold.countDown();
        assertThat(seen.receiveMessage()).startsWith("event 1");
        seen.expectMessage("connected false");
    }

    @Test
    void updatesArriveWhereMessagesAreSerializedForTests() {
        ActorTestKit strict = ActorTestKit.create(
                "strict",
                ConfigFactory.parseString("pekko.actor.serialize-messages = on\n"
                                + "pekko.actor.no-serialization-verification-needed-class-prefix ="
                                + " [\"org.apache.pekko.\", \"dev.peili.mirroring.Puppet\", \"java.\"]")
                        .withFallback(ConfigFactory.load()));
        try {
            Viewer there = new Viewer(strict);
            Owner owner = new Owner(strict);
            owner.turn(scope -> owner.number().connect(there.ref, NUMBER));
            there.seen.expectMessage("0");
            owner.set(1);
            there.seen.expectMessage("1");
        } finally {
            strict.shutdownTestKit();
        }
    }

    @Test
    void canonicalOfATurnThatThrew_isUnusable() {
        Canonical<Integer>[] made = new Canonical[1];
        Owner owner = new Owner(kit);
        owner.turn(scope -> {
            made[0] = scope.mirroring().canonical("late", 5);
            throw new Blunder();
        });
        Throwable failure = Puppet.failure(owner.ref, scope -> made[0].connect(viewer.ref, NUMBER));
        assertThat(failure).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void failureWhileUnstashingInTheSetup_theActorIsStillSetUpOrHasEnded() {
        TestProbe<String> seen = kit.createTestProbe();
        Mirror<Integer>[] mirror = new Mirror[1];
        Behavior<Do> behavior = Mirroring.setup((context, mirroring) -> Behaviors.withStash(10, stash -> {
            mirror[0] = mirroring.mirror(NUMBER, -1);
            stash.stash(new Do(scope -> {
                throw new Blunder();
            }));
            return stash.unstashAll(Behaviors.receiveMessage(message -> {
                message.deed().in(new Puppet.Scope(context, mirroring));
                return Behaviors.same();
            }));
        }));
        ActorRef<Do> actor = kit.spawn(Behaviors.supervise(behavior)
                .onFailure(SupervisorStrategy.resume().withLoggingEnabled(false)));
        actor.tell(new Do(scope -> {
            try {
                seen.ref().tell("value " + mirror[0].get());
            } catch (IllegalStateException e) {
                seen.ref().tell("alive, but in no turn");
            }
        }));
        try {
            seen.expectTerminated(actor, Duration.ofSeconds(1));
        } catch (AssertionError e) {
            seen.expectMessage("value -1");
        }
    }

    private static int pending(Owner owner, Viewer viewer) {
        return owner.ask(scope -> {
            Link link = owner.number().node().link(org.apache.pekko.actor.typed.javadsl.Adapter.toClassic(viewer.ref));
            var field = Link.class.getDeclaredField("firstPending");
            field.setAccessible(true);
            int n = 0;
            for (Connection c = (Connection) field.get(link); c != null; c = c.nextPending) {
                n++;
            }
            return n;
        });
    }

    @Test
    void m4_reconnectsToASlowMirror_costNoMemoryThatGrows() {
        Owner owner = new Owner(kit);
        CountDownLatch hold = new CountDownLatch(1);
        viewer.ref.tell(new Do(scope -> Kits.await(hold)));
        for (int i = 0; i < 1000; i++) {
            owner.ref.tell(new Do(scope -> owner.number().connect(viewer.ref, NUMBER)));
            owner.ref.tell(new Do(scope -> owner.number().disconnectAll()));
        }
        Puppet.settle(owner.ref);
        int pending = pending(owner, viewer);
        hold.countDown();
        assertThat(pending).isLessThan(10);
    }

    /** An actor that refuses keeps what its owners were, too. */
    @Test
    void memory_ownersThatWereRefusedAndEnd_areForgotten() {
        ActorRef<Do> plain = kit.spawn(Puppet.create());
        Node[] node = new Node[1];
        for (int i = 0; i < 20; i++) {
            Owner owner = new Owner(kit);
            Connection[] c = new Connection[1];
            owner.turn(scope -> c[0] = owner.number().connect(plain, NUMBER));
            node[0] = c[0].link.target;
            Kits.await("refused", () -> !owner.<Boolean>ask(s -> c[0].isConnected()));
            kit.stop(owner.ref);
        }
        Puppet.settle(plain);
        Kits.await("links to be forgotten", () -> incoming(node[0]) == 0);
    }

    private void handover(boolean firstDisconnects) {
        Owner a = new Owner(kit);
        Owner b = new Owner(kit);
        a.turn(scope -> {
            a.number().set(100);
            a.text().connect(viewer.ref, Puppet.TEXT);
        });
        viewer.seen.expectMessage("-1a NEVER_CONNECTED");
        b.set(200);
        CountDownLatch hold = new CountDownLatch(1);
        viewer.ref.tell(new Do(scope -> Kits.await(hold)));
        a.turn(scope -> a.text().set("b")); // underway, before all that follows
        b.turn(scope -> b.number().connect(viewer.ref, NUMBER));
        if (firstDisconnects) {
            b.turn(scope -> b.number().disconnect(viewer.ref, NUMBER));
        }
        // After b, for everybody: b could have told a to take over.
        Connection[] late = new Connection[1];
        a.turn(scope -> {
            late[0] = a.number().connect(viewer.ref, NUMBER);
            scope.mirroring().tell(viewer.ref, viewer.look());
        });
        hold.countDown();
        String seen;
        do {
            seen = viewer.seen.receiveMessage();
        } while (!seen.startsWith("look"));
        assertThat(seen).isEqualTo("look 100b");
        assertThat(a.<Boolean>ask(scope -> late[0].isConnected())).isTrue();
    }

    @Test
    void m5_ownerThatTakesOver_isNotDisplacedByTheOneBefore() {
        handover(false);
    }

    @Test
    void m5_ownerThatTakesOver_isNotDisplacedByOneThatHasAlreadyDisconnected() {
        handover(true);
    }

    @Test
    void oldMode_canonicalOfAnotherActorSystem_isRefused() {
        ActorTestKit elsewhere = ActorTestKit.create("elsewhere");
        try {
            Owner owner = new Owner(elsewhere);
            CanonicalRef<Integer> ref = owner.ask(scope -> owner.number().ref());
            turn(viewer.ref, scope -> {
                try {
                    viewer.number().connect(ref);
                } catch (IllegalArgumentException e) {
                    viewer.seen.ref().tell("refused");
                }
            });
            assertThat(viewer.seen.receiveMessage()).isEqualTo("refused");
        } finally {
            elsewhere.shutdownTestKit();
        }
    }

    private Behavior<Cmd> failingReplay() {
        return Mirroring.setup((context, mirroring) -> Behaviors.withStash(100, stash -> {
            Canonical<Integer> sum = mirroring.canonical("sum", 0);
            sum.connect(viewer.ref, NUMBER);
            boolean[] open = {false};
            return Behaviors.receive(Cmd.class)
                    .onMessage(Cmd.Open.class, message -> {
                        open[0] = true;
                        return stash.unstashAll(Behaviors.same());
                    })
                    .onMessage(Cmd.Add.class, add -> {
                        if (open[0]) {
                            sum.update(v -> v + add.n());
                            if (add.n() == 13) {
                                throw new Blunder();
                            }
                        } else {
                            stash.stash(add);
                        }
                        return Behaviors.same();
                    })
                    .build();
        }));
    }

    /** The supervisor outside catches what a replayed message throws, within the turn. */
    @Test
    void m7_unstashAllSame_replayedMessageThatThrows_publishesNothingOfIt() {
        for (SupervisorStrategy strategy :
                new SupervisorStrategy[] {SupervisorStrategy.resume().withLoggingEnabled(false), restart()}) {
            Viewer its = new Viewer(kit);
            ActorRef<Cmd> adder = kit.spawn(Behaviors.supervise(failingReplay()).onFailure(strategy));
            viewer.seen.expectMessage("0");
            adder.tell(new Cmd.Add(13));
            adder.tell(new Cmd.Open(false));
            adder.tell(new Cmd.Open(false));
            adder.tell(new Cmd.Add(100));
            String seen;
            do {
                seen = viewer.seen.receiveMessage();
            } while (seen.equals("0"));
            assertThat(seen).isEqualTo("100");
            kit.stop(adder);
            viewer.seen.expectMessage("100 OWNER_ENDED");
            kit.stop(its.ref);
        }
    }
}
