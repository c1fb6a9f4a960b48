package dev.peili.examples.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peili.actors.EventTarget;
import dev.peili.actors.Groups;
import dev.peili.actors.Tab;
import dev.peili.actors.TaskCategory;
import dev.peili.examples.PeiliSystem;
import dev.peili.ipc.Channel;
import dev.peili.ipc.ProtocolActor;
import dev.peili.ipc.Side;
import dev.peili.ipc.TopLevelProtocol;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A channel that would notice if it were not where it should be, or were told things in another order. */
final class HttpChannelChildTest {
    private final PeiliSystem system = PeiliSystem.start("test");
    private final Tab tab = system.openTab();
    private final EventTarget network = tab.tabGroup().eventTargetFor(TaskCategory.NETWORK);

    @AfterEach
    void stop() {
        system.close();
    }

    /** Asks for one channel, and sends it these messages. */
    private static final class Parent extends TopLevelProtocol<Content> {
        private Parent(List<HttpChannel> messages, CompletableFuture<Handled> handled) {
            super(Content.PROTOCOL, Side.PARENT);
            onConstructor(HttpChannel.PROTOCOL, HttpChannel.AsyncOpen.class, (self, open) -> {
                messages.forEach(self::send);
                return Behaviors.receive(HttpChannel.class)
                        .onMessage(HttpChannel.Done.class, done -> {
                            handled.complete(done.handled());
                            return Behaviors.same();
                        })
                        .build();
            });
        }

        @Override
        protected Behavior<Content> create(ProtocolActor<Content> self) {
            self.send(new Content.Load(0, "https://a.example/"));
            return Behaviors.empty();
        }
    }

    /** Makes a channel that takes one target for its own, and really has another. */
    private static final class Child extends TopLevelProtocol<Content> {
        private final EventTarget expected;
        private final EventTarget real;

        private Child(EventTarget expected, EventTarget real) {
            super(Content.PROTOCOL, Side.CHILD);
            this.expected = expected;
            this.real = real;
        }

        @Override
        protected Behavior<Content> create(ProtocolActor<Content> self) {
            return Behaviors.receiveMessage(load -> {
                ProtocolActor<HttpChannel> channel =
                        self.make(HttpChannel.PROTOCOL, its -> HttpChannelChild.create(its, expected));
                self.setEventTargetForActor(channel, real);
                self.sendConstructor(channel, new HttpChannel.AsyncOpen(0, ""));
                return Behaviors.same();
            });
        }
    }

    private Handled handled(EventTarget expected, EventTarget real, HttpChannel... messages) {
        CompletableFuture<Handled> handled = new CompletableFuture<>();
        try (Opener parent = Opener.start(
                        system.system(), "parent", Channel.listen(() -> new Parent(List.of(messages), handled)));
                Opener child = Opener.start(
                        system.system(), "child", Channel.connect(parent.actor(), () -> new Child(expected, real)))) {
            assertThat(child.ended()).isNotDone();
            return PeiliSystem.await(handled);
        }
    }

    private static HttpChannel redirect(int number) {
        return new HttpChannel.Redirect(number, Clock.micros(), 302, "");
    }

    private static HttpChannel response(int number) {
        return new HttpChannel.StartRequest(number, Clock.micros(), 200, "");
    }

    private static HttpChannel data(int number) {
        return new HttpChannel.Data(number, Clock.micros(), 5, new byte[5]);
    }

    private static HttpChannel stop(int number) {
        return new HttpChannel.StopRequest(number, Clock.micros(), true, "");
    }

    @Test
    void inItsTarget_andInOrder_allIsWell() {
        Handled handled = handled(network, network, redirect(0), response(1), data(2), data(3), stop(4));
        assertThat(handled.redirects()).isOne();
        assertThat(handled.responses()).isOne();
        assertThat(handled.data()).isEqualTo(2);
        assertThat(handled.bytes()).isEqualTo(10);
        assertThat(handled.ends()).isOne();
        assertThat(handled.misrouted()).isZero();
        assertThat(handled.outOfOrder()).isZero();
        assertThat(handled.place()).isEqualTo(Place.of(tab.tabGroup()));
        assertThat(handled.place().kind()).isEqualTo(Place.Kind.TAB_GROUP);
    }

    @Test
    void anotherGroup_countsEveryTurn() {
        EventTarget other = system.openTab().tabGroup().eventTargetFor(TaskCategory.NETWORK);
        assertThat(handled(network, other, response(0), stop(1)).misrouted()).isEqualTo(3);
    }

    @Test
    void anotherCategory_countsEveryTurn() {
        EventTarget other = tab.tabGroup().eventTargetFor(TaskCategory.UI);
        assertThat(handled(network, other, stop(0)).misrouted()).isEqualTo(2);
    }

    @Test
    void aMessageThatIsMissing_leavesAllLaterOnesOutOfOrder() {
        assertThat(handled(network, network, response(0), data(2), stop(3)).outOfOrder())
                .isEqualTo(2);
    }

    @Test
    void rootGroup_isNoTab() {
        EventTarget root = Groups.get(system.system()).root().eventTargetFor(TaskCategory.OTHER);
        Place place = handled(root, root, new HttpChannel.EndOfLog()).place();
        assertThat(place.kind()).isEqualTo(Place.Kind.ROOT);
        assertThat(place.tabGroup()).isEmpty();
    }
}
