package dev.peili.mirroring;

import static dev.peili.mirroring.Puppet.EVENTS;
import static dev.peili.mirroring.Puppet.NUMBER;
import static dev.peili.mirroring.Puppet.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import dev.peili.mirroring.Puppet.Do;
import dev.peili.mirroring.Puppet.Owner;
import dev.peili.mirroring.Puppet.Viewer;
import java.time.Duration;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.LoggingTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.MailboxSelector;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is wrong is refused where it is done, with what it is and the way out. */
final class MisuseTest {
    @RegisterExtension
    static final Kits KITS = new Kits();

    private final ActorTestKit kit = KITS.kit();
    private final Owner owner = new Owner(kit);
    private final Viewer viewer = new Viewer(kit);

    private static String path(ActorRef<?> actor) {
        return actor.path().toStringWithoutAddress();
    }

    @Test
    void useOutsideOfATurn_namesTheCanonicalAndTheThread() {
        Puppet.settle(owner.ref);
        assertThatThrownBy(() -> owner.number().get())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith(
                        "canonical 'number' of " + path(owner.ref) + " was read outside of a turn, on thread "
                                + Thread.currentThread().getName())
                .hasMessageContaining("Send it a message");
        assertThatThrownBy(() -> owner.number().set(1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> owner.number().connect(viewer.ref, NUMBER)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> owner.number().disconnectAll()).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> owner.events().fire(1)).isInstanceOf(IllegalStateException.class);
        Puppet.settle(viewer.ref);
        assertThatThrownBy(() -> viewer.number().get()).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> viewer.number().disconnect()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void useInTheTurnOfAnotherActor_namesBoth() {
        Throwable failure = failure(viewer.ref, scope -> owner.number().set(1));
        assertThat(failure)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith(
                        "canonical 'number' of " + path(owner.ref) + " was set in a turn of " + path(viewer.ref) + ";");
        assertThat(owner.<Integer>ask(scope -> owner.number().get())).isZero();
    }

    @Test
    void useOfTheMirroringOutsideOfATurn_isAnError() {
        Mirroring<Do> mirroring = owner.ask(Puppet.Scope::mirroring);
        assertThatThrownBy(() -> mirroring.canonical("late", 1)).hasMessageContaining("canonical 'late' of");
        assertThatThrownBy(() -> mirroring.mirror(NUMBER)).hasMessageContaining("mirror 'number' of");
        assertThatThrownBy(() -> mirroring.producer("late")).hasMessageContaining("event producer 'late' of");
        assertThatThrownBy(() -> mirroring.listener(EVENTS, event -> {})).hasMessageContaining("listener 'events' of");
        assertThatThrownBy(() -> mirroring.tell(viewer.ref, viewer.look())).hasMessageContaining("used to tell");
    }

    @Test
    void messageAdapter_isMappedBeforeTheTurnAndSaysSo() {
        TestProbe<String> seen = kit.createTestProbe();
        record Mapped(String what) {}
        Behavior<Object> adapting = Mirroring.setup((context, mirroring) -> {
            Canonical<Integer> number = mirroring.canonical("number", 1);
            ActorRef<Integer> adapter = context.messageAdapter(Integer.class, value -> {
                try {
                    return new Mapped("read " + number.get());
                } catch (IllegalStateException e) {
                    return new Mapped(String.valueOf(e.getMessage()));
                }
            });
            adapter.tell(1);
            return Behaviors.receiveMessage(message -> {
                seen.ref().tell(message + " and " + number.get());
                return Behaviors.same();
            });
        });
        kit.spawn(adapting);
        assertThat(seen.receiveMessage()).contains("is mapped before the turn").endsWith("and 1");
    }

    @Test
    void null_isRefusedWhereItIsSet() {
        assertThat(failure(owner.ref, scope -> owner.number().set(nothing())))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("canonical 'number'")
                .hasMessageContaining("Optional");
        assertThat(failure(owner.ref, scope -> scope.mirroring().canonical("empty", nothing())))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("canonical 'empty'");
        assertThat(failure(owner.ref, scope -> owner.events().fire(nothing())))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("event producer 'events'");
    }

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    private static <T> T nothing() {
        return null;
    }

    @Test
    void mirrorWithoutADefault_saysWhyThereIsNothingToRead() {
        MirrorKey<Do, Integer> key = MirrorKey.create("bare");
        ActorRef<Do> bare = kit.spawn(Puppet.create());
        assertThat(failure(bare, scope -> scope.mirroring().mirror(key).get()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("mirror 'bare' of " + path(bare))
                .hasMessageContaining("NEVER_CONNECTED")
                .hasMessageContaining("give it a default");
    }

    @Test
    void nameThatIsTaken_isRefused() {
        assertThat(failure(owner.ref, scope -> scope.mirroring().canonical("number", 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("canonical 'number'")
                .hasMessageContaining("is there already");
        assertThat(failure(viewer.ref, scope -> scope.mirroring().mirror(NUMBER)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(failure(owner.ref, scope -> scope.mirroring().producer("events")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(failure(viewer.ref, scope -> scope.mirroring().listener(EVENTS, event -> {})))
                .isInstanceOf(IllegalArgumentException.class);
    }

    // --- Targets ----------------------------------------------------------------------------------------------------

    @Test
    void targetThatIsAClassicActor_isRefusedToTheCaller() {
        ActorRef<Do> classic = Puppet.ask(
                viewer.ref,
                scope -> Adapter.toTyped(Adapter.actorOf(
                        scope.context(), org.apache.pekko.actor.Props.create(Classic.class, Classic::new))));
        assertThat(failure(owner.ref, scope -> owner.number().connect(classic, NUMBER)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("canonical 'number'")
                .hasMessageContaining("classic actor");
    }

    static final class Classic extends org.apache.pekko.actor.AbstractActor {
        @Override
        public Receive createReceive() {
            return emptyBehavior();
        }
    }

    @Test
    void targetThatIsAnAdapter_isRefusedToTheCaller() {
        ActorRef<Do> adapter =
                Puppet.ask(viewer.ref, scope -> scope.context().messageAdapter(Do.class, message -> message));
        assertThat(failure(owner.ref, scope -> owner.number().connect(adapter, NUMBER)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("it is no actor");
        assertThat(failure(
                        owner.ref, scope -> owner.number().connect(kit.system().<Do>deadLetters(), NUMBER)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void targetOfAnotherActorSystem_isRefusedToTheCaller() {
        ActorTestKit other = ActorTestKit.create("another");
        try {
            ActorRef<Do> stranger = other.spawn(Puppet.create());
            assertThat(failure(owner.ref, scope -> owner.number().connect(stranger, NUMBER)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("another actor system");
        } finally {
            other.shutdownTestKit();
        }
    }

    @Test
    void targetWithABoundedMailbox_isRefusedToTheCaller() {
        ActorRef<Do> bounded =
                kit.spawn(Behaviors.receiveMessage(message -> Behaviors.same()), MailboxSelector.bounded(10));
        assertThat(failure(owner.ref, scope -> owner.number().connect(bounded, NUMBER)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("mailbox is bounded");
    }

    private void isRefused(ActorRef<Do> target, String why) {
        TestProbe<ConnectionState> told = kit.createTestProbe();
        LoggingTestKit.warn(why)
                .withMessageContains(path(target))
                .withMessageContains("canonical 'number' of " + path(owner.ref))
                .expect(kit.system(), () -> {
                    owner.turn(scope -> {
                        Connection connection = owner.number().connect(target, NUMBER);
                        scope.mirroring().watch(() -> told.ref().tell(connection.state()), connection);
                    });
                    return told.expectMessage(ConnectionState.REFUSED);
                });
    }

    @Test
    void targetThatIsNotSetUp_refusesAndIsNotHarmed() {
        TestProbe<Do> probe = kit.createTestProbe();
        isRefused(probe.ref(), "wrap its behavior in Mirroring.setup");
        owner.set(1);
        Do message = new Do(scope -> {});
        probe.ref().tell(message);
        probe.expectMessage(message);
    }

    @Test
    void targetWithoutSuchAMirror_refuses() {
        isRefused(kit.spawn(Puppet.create()), "the actor has none");
    }

    // --- Setting up -------------------------------------------------------------------------------------------------

    private void failsAtStart(Behavior<Do> behavior, String why) {
        TestProbe<Do> probe = kit.createTestProbe();
        LoggingTestKit.error(why).expect(kit.system(), () -> {
            ActorRef<Do> actor = kit.spawn(behavior);
            probe.expectTerminated(actor);
            return actor;
        });
    }

    @Test
    void supervisionWithin_failsAtStartWithTheWayOut() {
        for (SupervisorStrategy strategy : new SupervisorStrategy[] {
            SupervisorStrategy.restart(),
            SupervisorStrategy.resume(),
            SupervisorStrategy.restartWithBackoff(Duration.ofMillis(1), Duration.ofMillis(1), 0)
        }) {
            Behavior<Do> inner = Behaviors.receiveMessage(message -> Behaviors.same());
            failsAtStart(
                    Mirroring.setup((context, mirroring) -> Behaviors.withTimers(
                            timers -> Behaviors.supervise(inner).onFailure(strategy))),
                    "Behaviors.supervise(Mirroring.setup(...)).onFailure(...)");
        }
    }

    @Test
    void supervisionWithinThatComesLater_fails() {
        TestProbe<Do> probe = kit.createTestProbe();
        Behavior<Do> inner = Behaviors.receiveMessage(message -> Behaviors.same());
        ActorRef<Do> actor = kit.spawn(Mirroring.setup((context, mirroring) -> Behaviors.receiveMessage(
                message -> Behaviors.supervise(inner).onFailure(SupervisorStrategy.restart()))));
        LoggingTestKit.error("is supervised within Mirroring.setup").expect(kit.system(), () -> {
            actor.tell(new Do(scope -> {}));
            probe.expectTerminated(actor);
            return true;
        });
    }

    @Test
    void supervisionWithinThatStops_failsTheTurn() {
        Behavior<Do> behavior = Mirroring.setup((context, mirroring) -> {
            Canonical<Integer> number = mirroring.canonical("number", 0);
            number.connect(viewer.ref, NUMBER);
            Behavior<Do> inner = Behaviors.receiveMessage(message -> {
                number.set(1);
                throw new Puppet.Blunder();
            });
            return Behaviors.supervise(inner)
                    .onFailure(SupervisorStrategy.stop().withLoggingEnabled(false));
        });
        ActorRef<Do> actor = kit.spawn(behavior);
        viewer.seen.expectMessage("0");
        actor.tell(new Do(scope -> {}));
        viewer.seen.expectMessage("0 OWNER_ENDED");
    }

    @Test
    void setUpTwice_failsAtStart() {
        failsAtStart(Mirroring.setup((context, mirroring) -> Puppet.create()), "is set up for mirroring twice");
    }

    @Test
    void boundedMailbox_failsAtStart() {
        TestProbe<Do> probe = kit.createTestProbe();
        LoggingTestKit.error("cannot be set up for mirroring: its mailbox is bounded")
                .expect(kit.system(), () -> {
                    ActorRef<Do> actor = kit.spawn(Puppet.create(), MailboxSelector.bounded(10));
                    probe.expectTerminated(actor);
                    return true;
                });
    }

    @Test
    void wrongSetting_isNamed() {
        ActorTestKit wrong = ActorTestKit.create(
                "wrong",
                ConfigFactory.parseString("peili.mirroring.max-watch-rounds = 0")
                        .withFallback(ConfigFactory.load()));
        try {
            assertThatThrownBy(() -> Mirroring.snapshot(wrong.system()))
                    .isInstanceOf(ConfigException.BadValue.class)
                    .hasMessageContaining("peili.mirroring.max-watch-rounds");
        } finally {
            wrong.shutdownTestKit();
        }
    }
}
