package dev.peili.ipc;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.peili.actors.EventTarget;
import dev.peili.actors.Groups;
import dev.peili.actors.TaskCategory;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** I4: what an actor sends in its first turn arrives, even if that is before its maker, or the other side, has gone on. */
final class FirstTurnTest {
    private static final int ACTORS = 5_000;
    private static final int CHANNELS = 300;

    /** A side whose top-level actor has a group of its own. */
    private abstract static class Own extends TopLevelProtocol<Content> {
        private Own(Side side) {
            super(Content.PROTOCOL, side);
        }

        @Override
        protected EventTarget eventTarget(Groups groups) {
            return groups.openTab().tabGroup().eventTargetFor(TaskCategory.OTHER);
        }
    }

    /** Says something in the first turn of each actor, and asks for the next. */
    private static final class Answering extends Own {
        private Answering() {
            super(Side.PARENT);
        }

        @Override
        protected Behavior<Content> create(ProtocolActor<Content> self) {
            onConstructor(Browser.PROTOCOL, Browser.Open.class, (browser, open) -> {
                browser.send(new Browser.Step(0));
                self.send(new Content.Step(0));
                return Behaviors.ignore();
            });
            self.send(new Content.Step(0));
            return Behaviors.ignore();
        }
    }

    /** Makes an actor whenever it is asked for one. */
    private static final class Making extends Own {
        private final CountDownLatch heard;
        private int made;

        private Making(CountDownLatch heard) {
            super(Side.CHILD);
            this.heard = heard;
        }

        @Override
        protected Behavior<Content> create(ProtocolActor<Content> self) {
            return Behaviors.receiveMessage(step -> {
                if (made++ < ACTORS) {
                    self.sendConstructor(
                            self.make(Browser.PROTOCOL, browser -> hearing(heard)), new Browser.Open("", ""));
                }
                return Behaviors.same();
            });
        }
    }

    /** Makes an actor in the first turn of the channel. */
    private static final class Hasty extends Own {
        private Hasty() {
            super(Side.PARENT);
        }

        @Override
        protected Behavior<Content> create(ProtocolActor<Content> self) {
            ProtocolActor<Browser> browser = self.make(Browser.PROTOCOL, its -> Behaviors.ignore());
            self.sendConstructor(browser, new Browser.Open("", ""));
            browser.send(new Browser.Step(0));
            return Behaviors.ignore();
        }
    }

    /** Has actors made. */
    private static final class Hearing extends Own {
        private Hearing(CountDownLatch heard) {
            super(Side.CHILD);
            onConstructor(Browser.PROTOCOL, Browser.Open.class, (browser, open) -> hearing(heard));
        }

        @Override
        protected Behavior<Content> create(ProtocolActor<Content> self) {
            return Behaviors.ignore();
        }
    }

    private static Behavior<Browser> hearing(CountDownLatch heard) {
        return Behaviors.receiveMessage(step -> {
            heard.countDown();
            return Behaviors.same();
        });
    }

    private static ActorTestKit start(boolean serialized) {
        return ActorTestKit.create(ConfigFactory.parseString("peili.ipc.serialize-in-process = " + serialized)
                .withFallback(ConfigFactory.load()));
    }

    private static void await(CountDownLatch heard) throws InterruptedException {
        assertThat(heard.await(20, TimeUnit.SECONDS))
                .as("%d were not heard", heard.getCount())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void firstTurnOfAnActor(boolean serialized) throws Exception {
        ActorTestKit kit = start(serialized);
        try {
            CountDownLatch heard = new CountDownLatch(ACTORS);
            ActorRef<Channel.Command> listener = kit.spawn(Channel.listen(Answering::new));
            kit.spawn(Channel.connect(listener, () -> new Making(heard)));
            await(heard);
        } finally {
            kit.shutdownTestKit();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void firstTurnOfAChannel(boolean serialized) throws Exception {
        ActorTestKit kit = start(serialized);
        try {
            ActorRef<Channel.Command> listener = kit.spawn(Channel.listen(Hasty::new));
            for (int i = 0; i < CHANNELS; i++) {
                CountDownLatch heard = new CountDownLatch(1);
                ActorRef<Channel.Command> connector = kit.spawn(Channel.connect(listener, () -> new Hearing(heard)));
                await(heard);
                connector.tell(new Channel.Close());
            }
        } finally {
            kit.shutdownTestKit();
        }
    }
}
