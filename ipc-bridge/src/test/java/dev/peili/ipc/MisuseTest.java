package dev.peili.ipc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import dev.peili.actors.Document;
import dev.peili.actors.EventTarget;
import dev.peili.actors.Groups;
import dev.peili.actors.Tab;
import dev.peili.actors.TaskCategory;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ChildFailed;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever uses a channel wrongly is told what is wrong, and the way out; nothing is sent. */
final class MisuseTest {
    private static final ActorTestKit KIT =
            ActorTestKit.create(ConfigFactory.parseString("""
                    peili.ipc.max-frame-size = 2 KiB
                    peili.ipc.connect { timeout = 300ms, retry-after = 100ms }
                    """).withFallback(ConfigFactory.load()));

    @AfterAll
    static void shutdown() {
        KIT.shutdownTestKit();
    }

    /** Fails when somebody wants to write it. */
    sealed interface Odd extends ProtocolMessage {
        Protocol<Odd> PROTOCOL = Protocol.named("POdd", Odd.class, Browser.PROTOCOL);

        record Broken(String text) implements Odd {
            @Override
            public String text() {
                throw new UnsupportedOperationException("never");
            }
        }

        record Fine(String text) implements Odd {}
    }

    private record Do(Function<ProtocolActor<Odd>, Object> action, CompletableFuture<Object> result) {}

    private static final class OddSide extends TopLevelProtocol<Odd> {
        private final ActorRef<String> log;
        private final CompletableFuture<ActorRef<Object>> self;

        OddSide(Side side, ActorRef<String> log, CompletableFuture<ActorRef<Object>> self) {
            super(Odd.PROTOCOL, side);
            this.log = log;
            this.self = self;
            onConstructor(Browser.PROTOCOL, Browser.Open.class, (actor, open) -> Behaviors.empty());
        }

        @Override
        protected Behavior<Object> create(ProtocolActor<Odd> actor) {
            return Behaviors.setup(context -> {
                self.complete(context.getSelf());
                return Behaviors.receive(Object.class)
                        .onMessage(Do.class, what -> {
                            try {
                                what.result().complete(what.action().apply(actor));
                            } catch (RuntimeException e) {
                                what.result().completeExceptionally(e);
                            }
                            return Behaviors.same();
                        })
                        .onMessage(Odd.Fine.class, fine -> {
                            log.tell(fine.text());
                            return Behaviors.same();
                        })
                        .build();
            });
        }

        @Override
        protected EventTarget eventTarget(Groups groups) {
            return groups.openTab().tabGroup().eventTargetFor(TaskCategory.OTHER);
        }
    }

    private final TestProbe<String> log = KIT.createTestProbe(String.class);
    private final CompletableFuture<ActorRef<Object>> parent = new CompletableFuture<>();
    private final CompletableFuture<ActorRef<Object>> child = new CompletableFuture<>();

    private ActorRef<Channel.Command> connected() {
        ActorRef<Channel.Command> listener =
                KIT.spawn(Channel.listen(() -> new OddSide(Side.PARENT, log.ref(), parent)));
        return KIT.spawn(Channel.connect(listener, () -> new OddSide(Side.CHILD, log.ref(), child)));
    }

    /** In a turn of the child's top-level actor. */
    private Object inTurn(Function<ProtocolActor<Odd>, Object> action) {
        CompletableFuture<Object> result = new CompletableFuture<>();
        get(child).tell(new Do(action, result));
        return get(result);
    }

    private static <T> T get(CompletableFuture<T> future) {
        try {
            return future.get(10, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw (RuntimeException) e.getCause();
        } catch (InterruptedException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The channel still works. */
    private void expectOpen() {
        inTurn(self -> {
            self.send(new Odd.Fine("still here"));
            return self;
        });
        log.expectMessage("still here");
    }

    // --- Definitions ---------------------------------------------------------------------------------------------

    interface Loose extends ProtocolMessage {}

    sealed interface Torn extends ProtocolMessage {
        record Both() implements Torn, ToParent, ToChild {}
    }

    @Test
    void messagesThatAreNotSealed_areRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Protocol.named("PLoose", Loose.class))
                .withMessageContaining("the messages of PLoose must be known")
                .withMessageContaining("has to be sealed");
    }

    @Test
    void messageThatIsMarkedBothWays_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Protocol.named("PTorn", Torn.class))
                .withMessageContaining("leave out both for a message that goes both ways");
    }

    private static final class Doubled extends TopLevelProtocol<Content> {
        <A extends Browser> Doubled(Class<A> type, int times) {
            super(Content.PROTOCOL, Side.PARENT);
            for (int i = 0; i < times; i++) {
                onConstructor(Browser.PROTOCOL, type, (self, open) -> Behaviors.empty());
            }
        }

        @Override
        protected Behavior<Content> create(ProtocolActor<Content> self) {
            return Behaviors.empty();
        }
    }

    @Test
    void implementationOfWhatIsNoConstructor_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Doubled(Browser.Step.class, 1))
                .withMessageContaining("constructs nothing on the PARENT side");
    }

    @Test
    void secondImplementation_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Doubled(Browser.Open.class, 2))
                .withMessageContaining("has an implementation already");
    }

    // --- Sending -------------------------------------------------------------------------------------------------

    @Test
    void serializerThatThrows_isToldToTheSender() {
        connected();
        assertThatThrownBy(() -> inTurn(self -> {
                    self.send(new Odd.Broken("text"));
                    return self;
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Broken of POdd was not sent: its serializer fails");
        expectOpen();
    }

    @Test
    void messageThatIsTooLong_isToldToTheSender() {
        connected();
        assertThatThrownBy(() -> inTurn(self -> {
                    self.send(new Odd.Fine("-".repeat(3000)));
                    return self;
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("peili.ipc.max-frame-size leaves room for")
                .hasMessageContaining("send it in parts");
        expectOpen();
    }

    @Test
    void messageOfTheOtherDirection_isRefused() {
        connected();
        assertThatThrownBy(() -> inTurn(self -> {
                    ProtocolActor<Browser> browser = self.make(Browser.PROTOCOL, its -> Behaviors.empty());
                    self.sendConstructor(browser, new Browser.Open("b", ""));
                    browser.send(new Browser.Click(1));
                    return self;
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not sent by the CHILD side: it is marked ToChild");
        expectOpen();
    }

    @Test
    void messageBeforeTheConstructor_isRefused() {
        connected();
        assertThatThrownBy(() -> inTurn(self -> {
                    self.make(Browser.PROTOCOL, its -> Behaviors.empty()).send(new Browser.Step(1));
                    return self;
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("PBrowser (new) cannot send Step: its constructor has not been sent");
    }

    @Test
    void constructorThatIsSentAsAMessage_isRefused() {
        connected();
        assertThatThrownBy(() -> inTurn(self -> {
                    ProtocolActor<Browser> browser = self.make(Browser.PROTOCOL, its -> Behaviors.empty());
                    browser.send(new Browser.Open("b", ""));
                    return self;
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("give it to the manager's sendConstructor");
    }

    @Test
    void messageAsAConstructor_isRefused() {
        connected();
        assertThatThrownBy(() -> inTurn(self -> {
                    ProtocolActor<Browser> browser = self.make(Browser.PROTOCOL, its -> Behaviors.empty());
                    self.sendConstructor(browser, new Browser.Step(1));
                    return self;
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("it is no Constructor");
    }

    @Test
    void actorThatTheProtocolDoesNotManage_isRefused() {
        connected();
        assertThatThrownBy(() -> inTurn(self -> self.make(Request.PROTOCOL, its -> Behaviors.empty())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("POdd 0 does not manage PRequest, but [PBrowser]: say so in the protocol");
    }

    @Test
    void makingOutsideOfATurn_isRefused() {
        connected();
        ProtocolActor<?> self = (ProtocolActor<?>) inTurn(its -> its);
        assertThatThrownBy(() -> self.make(Browser.PROTOCOL, its -> Behaviors.empty()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("in its own turns only")
                .hasMessageContaining("send it a message");
    }

    @Test
    void constructorIntoAGroupThatIsClosed_isRejected() {
        connected();
        Tab tab = Groups.get(KIT.system()).openTab();
        Document document = tab.openDocument("https://closed.example/");
        EventTarget target = document.eventTargetFor(TaskCategory.NETWORK);
        tab.close();
        assertThatThrownBy(() -> inTurn(self -> {
                    ProtocolActor<Browser> browser = self.make(Browser.PROTOCOL, its -> Behaviors.empty());
                    self.setEventTargetForActor(browser, target);
                    self.sendConstructor(browser, new Browser.Open("b", ""));
                    return self;
                }))
                .isInstanceOf(RejectedExecutionException.class)
                .hasMessageContaining("was not constructed")
                .hasMessageContaining("has been closed");
        expectOpen();
    }

    @Test
    void messageAfterTheEnd_isADeadLetter() {
        connected();
        TestProbe<org.apache.pekko.actor.DeadLetter> dead =
                KIT.createTestProbe(org.apache.pekko.actor.DeadLetter.class);
        // A subscription by the typed event stream would come too late.
        Adapter.toClassic(KIT.system())
                .eventStream()
                .subscribe(Adapter.toClassic(dead.ref()), org.apache.pekko.actor.DeadLetter.class);
        inTurn(self -> {
            ProtocolActor<Browser> browser = self.make(Browser.PROTOCOL, its -> Behaviors.empty());
            self.sendConstructor(browser, new Browser.Open("b", ""));
            browser.delete();
            browser.delete();
            browser.send(new Browser.Step(77));
            return self;
        });
        dead.fishForMessage(
                Duration.ofSeconds(10),
                letter -> letter.message().equals(new Browser.Step(77))
                        ? org.apache.pekko.actor.testkit.typed.javadsl.FishingOutcomes.complete()
                        : org.apache.pekko.actor.testkit.typed.javadsl.FishingOutcomes.continueAndIgnore());
        expectOpen();
    }

    // --- Opening and closing -------------------------------------------------------------------------------------

    private static ChannelClosedException failureOf(Behavior<Channel.Command> channel) {
        TestProbe<Throwable> failures = KIT.createTestProbe(Throwable.class);
        KIT.spawn(Behaviors.setup(context -> {
            context.watch(context.spawn(channel, "channel"));
            return Behaviors.receive(Object.class)
                    .onSignal(ChildFailed.class, failed -> {
                        failures.ref().tell(failed.getCause());
                        return Behaviors.stopped();
                    })
                    .onSignal(Terminated.class, ended -> {
                        failures.ref().tell(new AssertionError("it has not failed"));
                        return Behaviors.stopped();
                    })
                    .build();
        }));
        return (ChannelClosedException) failures.receiveMessage(Duration.ofSeconds(10));
    }

    @Test
    void listenerThatIsNotThere_isTold() {
        TestProbe<Channel.Command> nobody = KIT.createTestProbe(Channel.Command.class);
        ChannelClosedException failure =
                failureOf(Channel.connect(nobody.ref(), () -> new OddSide(Side.CHILD, log.ref(), child)));
        assertThat(failure.reason()).isEqualTo(CloseReason.CONNECT_TIMEOUT);
        assertThat(failure).hasMessageContaining("no answer from").hasMessageContaining("peili.ipc.connect.timeout");
    }

    @Test
    void sameSideTwice_isRefused() {
        ActorRef<Channel.Command> listener =
                KIT.spawn(Channel.listen(() -> new OddSide(Side.CHILD, log.ref(), parent)));
        ChannelClosedException failure =
                failureOf(Channel.connect(listener, () -> new OddSide(Side.CHILD, log.ref(), child)));
        assertThat(failure.reason()).isEqualTo(CloseReason.REFUSED);
        assertThat(failure).hasMessageContaining("the listener has the CHILD side, too");
    }

    @Test
    void otherProtocol_isRefusedWithTheDifference() {
        ActorRef<Channel.Command> listener =
                KIT.spawn(Channel.listen(() -> new OddSide(Side.PARENT, log.ref(), parent)));
        ChannelClosedException failure = failureOf(Channel.connect(
                listener,
                () -> new PuppetSide(
                        Side.CHILD,
                        Groups.get(KIT.system()),
                        KIT.createTestProbe(Event.class).ref())));
        assertThat(failure.reason()).isEqualTo(CloseReason.REFUSED);
        assertThat(failure).hasMessageContaining("POdd manages").hasMessageContaining("PContent manages");
    }

    @Test
    void listenerThatCannotMakeItsSide_isTold() {
        ActorRef<Channel.Command> listener = KIT.spawn(Channel.listen(() -> {
            throw new IllegalStateException("no side today");
        }));
        ChannelClosedException failure =
                failureOf(Channel.connect(listener, () -> new OddSide(Side.CHILD, log.ref(), child)));
        assertThat(failure.reason()).isEqualTo(CloseReason.REFUSED);
        assertThat(failure).hasMessageContaining("no side today");
    }

    @Test
    void channelThatIsClosedTwice_endsOnce() {
        ActorRef<Channel.Command> connector = connected();
        TestProbe<Object> probe = KIT.createTestProbe();
        expectOpen();
        connector.tell(new Channel.Close());
        connector.tell(new Channel.Close());
        probe.expectTerminated(connector, Duration.ofSeconds(10));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "blocking-after=0s",
                "actor-window=3",
                "channel-window=10",
                "max-frame-size=-1",
                "packet-size=1",
                "connect.timeout=-1s",
                "connect.retry-after=0s",
                "heartbeat.interval=0s",
                "heartbeat.timeout=nonsense"
            })
    void settingThatCannotBe_isNamed(String setting) {
        String key = "peili.ipc." + setting.substring(0, setting.indexOf('='));
        Config config = ConfigFactory.parseString("peili.ipc." + setting).withFallback(ConfigFactory.load());
        ActorTestKit kit = ActorTestKit.create(config);
        try {
            assertThatThrownBy(() -> IpcSettings.of(kit.system()))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining(key);
        } finally {
            kit.shutdownTestKit();
        }
    }
}
