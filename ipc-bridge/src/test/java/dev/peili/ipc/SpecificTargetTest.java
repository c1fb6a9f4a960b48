package dev.peili.ipc;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.peili.actors.Document;
import dev.peili.actors.EventTarget;
import dev.peili.actors.Groups;
import dev.peili.actors.Tab;
import dev.peili.actors.TaskCategory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** I1, I2 and I4 where single messages have an event target of their own. */
final class SpecificTargetTest {
    private static final int MANY = 300;
    private static final int CLOSED = 1000;
    private static final int BAD = 2000;

    private final List<ActorTestKit> kits = new ArrayList<>();

    @AfterEach
    void shutdown() {
        kits.forEach(ActorTestKit::shutdownTestKit);
    }

    private ActorTestKit kit(boolean serialize) {
        ActorTestKit kit =
                ActorTestKit.create(ConfigFactory.parseString("peili.ipc.serialize-in-process = " + serialize)
                        .withFallback(ConfigFactory.load()));
        kits.add(kit);
        return kit;
    }

    /** Sends numbers when the other half is there. */
    private static final class Sender extends TopLevelProtocol<Content> {
        private final List<Integer> numbers;
        private final ActorRef<String> log;

        Sender(List<Integer> numbers, ActorRef<String> log) {
            super(Content.PROTOCOL, Side.PARENT);
            this.numbers = numbers;
            this.log = log;
        }

        @Override
        protected Behavior<Content> create(ProtocolActor<Content> self) {
            return Behaviors.setup(context -> {
                ProtocolActor<Browser> browser = self.make(
                        Browser.PROTOCOL,
                        its -> Behaviors.receive(Browser.class)
                                .onSignal(ActorDestroy.class, why -> {
                                    log.tell("sender " + why.why());
                                    return Behaviors.same();
                                })
                                .onMessage(Browser.Page.class, page -> {
                                    numbers.forEach(number -> its.send(new Browser.Step(number)));
                                    return Behaviors.same();
                                })
                                .build());
                self.sendConstructor(browser, new Browser.Open("b", ""));
                return Behaviors.empty();
            });
        }
    }

    /** Handles numbers where they belong. */
    private static final class Receiver extends TopLevelProtocol<Content> {
        private final Tab tab;
        private final Document document;
        private final EventTarget closed;
        private final ActorRef<String> log;

        Receiver(Groups groups, ActorRef<String> log) {
            super(Content.PROTOCOL, Side.CHILD);
            this.tab = groups.openTab();
            this.document = tab.openDocument("https://specific.example/");
            this.log = log;
            Tab other = groups.openTab();
            this.closed = other.tabGroup().eventTargetFor(TaskCategory.UI);
            other.close();
            onConstructor(Browser.PROTOCOL, Browser.Open.class, (self, open) -> receiving(self));
        }

        private Behavior<Browser> receiving(ProtocolActor<Browser> self) {
            self.send(new Browser.Page(0, "here"));
            return Behaviors.receive(Browser.class)
                    .onMessage(Browser.Step.class, step -> {
                        // In a turn of its own, wherever it is.
                        ProtocolActor<Request> request = self.make(Request.PROTOCOL, its -> Behaviors.empty());
                        log.tell(step.number() + " in " + target() + " " + request.protocol());
                        return Behaviors.same();
                    })
                    .onSignal(ActorDestroy.class, why -> {
                        log.tell(why.why() + " in " + target());
                        return Behaviors.same();
                    })
                    .build();
        }

        private static String target() {
            EventTarget target = EventTarget.current().orElseThrow();
            return target.group().getClass().getSimpleName() + "/" + target.category();
        }

        @Override
        protected Behavior<Content> create(ProtocolActor<Content> self) {
            return Behaviors.empty();
        }

        @Override
        protected Optional<EventTarget> getMessageEventTarget(ConstructorMessage message) {
            return Optional.of(document.eventTargetFor(TaskCategory.NETWORK));
        }

        @Override
        protected Optional<EventTarget> getSpecificMessageEventTarget(IncomingMessage message) {
            assertThat(EventTarget.current()).isEmpty();
            int number = ((Browser.Step) message.message()).number();
            if (number == BAD) {
                throw new IllegalStateException("no target for " + message.actorId());
            } else if (number == CLOSED) {
                return Optional.of(closed);
            }
            return switch (number % 3) {
                case 0 -> Optional.of(document.eventTargetFor(TaskCategory.UI));
                case 1 -> Optional.of(tab.tabGroup().eventTargetFor(TaskCategory.NETWORK));
                default -> Optional.empty();
            };
        }
    }

    private static String placeOf(int number) {
        return switch (number % 3) {
            case 0 -> "DocGroup/UI";
            case 1 -> "TabGroup/NETWORK";
            default -> "DocGroup/NETWORK";
        };
    }

    private TestProbe<String> play(boolean serialize, List<Integer> numbers) {
        ActorTestKit kit = kit(serialize);
        TestProbe<String> log = kit.createTestProbe(String.class);
        ActorRef<Channel.Command> listener = kit.spawn(Channel.listen(() -> new Sender(numbers, log.ref())));
        kit.spawn(Channel.connect(listener, () -> new Receiver(Groups.get(kit.system()), log.ref())));
        return log;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void eachMessage_isHandledInItsTarget_inOrder(boolean serialize) {
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            numbers.add(i);
        }
        TestProbe<String> log = play(serialize, numbers);
        for (int i = 0; i < MANY; i++) {
            log.expectMessage(Duration.ofSeconds(10), i + " in " + placeOf(i) + " PRequest");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void targetWhoseGroupIsClosed_countsAsNone(boolean serialize) {
        TestProbe<String> log = play(serialize, List.of(0, CLOSED, 1));
        log.expectMessage("0 in DocGroup/UI PRequest");
        log.expectMessage(CLOSED + " in DocGroup/NETWORK PRequest");
        log.expectMessage("1 in TabGroup/NETWORK PRequest");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void chooserThatThrows_failsTheActor(boolean serialize) {
        TestProbe<String> log = play(serialize, List.of(BAD, 1));
        List<String> ends = List.of(log.receiveMessage(), log.receiveMessage());
        assertThat(ends).containsExactlyInAnyOrder("FAILED in DocGroup/NETWORK", "sender FAILED");
    }
}
