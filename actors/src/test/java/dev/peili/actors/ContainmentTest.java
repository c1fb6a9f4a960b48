package dev.peili.actors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/** Promise G7: a task that throws is logged with its name, category and group, counted, and harms no other. */
final class ContainmentTest {
    @RegisterExtension
    final Systems systems = new Systems();

    private final Logger logger = (Logger) LoggerFactory.getLogger("dev.peili");
    private final Logs logs = new Logs();

    private static final class Logs extends AppenderBase<ILoggingEvent> {
        final Queue<ILoggingEvent> events = new ConcurrentLinkedQueue<>();

        @Override
        protected void append(ILoggingEvent event) {
            events.add(event);
        }
    }

    /** Even what is said about it throws. */
    private static final class Unspeakable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new IllegalStateException("not even this");
        }
    }

    @BeforeEach
    void listen() {
        logs.start();
        logger.addAppender(logs);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(logs);
    }

    static Stream<Runnable> failures() {
        return Stream.of(
                () -> {
                    throw new IllegalArgumentException("wrong");
                },
                () -> {
                    throw new AssertionError("wrong");
                },
                () -> {
                    throw new LinkageError("wrong");
                },
                ContainmentTest::overflow,
                () -> sneak(new InterruptedException("wrong")),
                () -> sneak(new Exception("wrong")));
    }

    private static void overflow() {
        throw new StackOverflowError("as good as real");
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void sneak(Throwable failure) throws T {
        throw (T) failure;
    }

    @SuppressWarnings("InfiniteRecursion")
    private static int deep(int depth) {
        return deep(depth + 1) + 1;
    }

    @ParameterizedTest
    @MethodSource("failures")
    void taskThatThrows_isLoggedAndCounted_andTheGroupGoesOn(Runnable failure) {
        Groups groups = systems.groups(1);
        Document page = Systems.background(groups);
        page.dispatch("culprit", TaskCategory.NETWORK, failure);
        Systems.runThrough(page.docGroup(), TaskCategory.NETWORK);
        assertThat(page.docGroup().failedTasks()).isEqualTo(1);
        assertThat(page.tab().tabGroup().failedTasks()).isZero();
        assertThat(logs.events).hasSize(1);
        ILoggingEvent event = logs.events.element();
        assertThat(event.getLevel()).isEqualTo(Level.ERROR);
        assertThat(event.getFormattedMessage())
                .contains("culprit", "NETWORK", page.docGroup().name());
        assertThat(event.getThrowableProxy()).isNotNull();
        Systems.runThrough(page.tab().tabGroup(), TaskCategory.UI);
        Systems.runThrough(groups.root(), TaskCategory.UI);
    }

    @Test
    void realStackOverflow_harmsNoOther() {
        Groups groups = systems.groups(1);
        Document page = Systems.background(groups);
        for (int i = 0; i < 3; i++) {
            page.dispatch("overflow", TaskCategory.OTHER, () -> deep(0));
        }
        Systems.runThrough(page.docGroup(), TaskCategory.OTHER);
        assertThat(page.docGroup().failedTasks()).isEqualTo(3);
    }

    @Test
    void failureThatCannotBeLogged_harmsNoOther() {
        Groups groups = systems.groups(1);
        Document page = Systems.background(groups);
        page.dispatch("unspeakable", TaskCategory.OTHER, () -> {
            throw new Unspeakable();
        });
        Systems.runThrough(page.docGroup(), TaskCategory.OTHER);
        assertThat(page.docGroup().failedTasks()).isEqualTo(1);
        assertThat(logs.events)
                .extracting(ILoggingEvent::getFormattedMessage)
                .singleElement(STRING)
                .contains("unspeakable", page.docGroup().name(), Unspeakable.class.getName());
    }

    @Test
    void interruptFlagLeftSet_isNotSeenByTheNext() {
        Groups groups = systems.groups(1);
        Document page = Systems.background(groups);
        AtomicBoolean seen = new AtomicBoolean();
        page.dispatch(
                "interrupter", TaskCategory.OTHER, () -> Thread.currentThread().interrupt());
        page.dispatch(
                "next",
                TaskCategory.OTHER,
                () -> seen.set(Thread.currentThread().isInterrupted()));
        Systems.runThrough(page.docGroup(), TaskCategory.OTHER);
        assertThat(seen).isFalse();
    }

    @Test
    void failuresOfManyThreads_areAllCounted() {
        Groups groups = systems.groups(2);
        List<Document> pages = List.of(Systems.background(groups), Systems.foreground(groups));
        AtomicInteger ran = new AtomicInteger();
        logger.setLevel(Level.OFF);
        try {
            for (int i = 0; i < 500; i++) {
                pages.get(i % 2).dispatch("fails", TaskCategory.OTHER, () -> {
                    ran.incrementAndGet();
                    throw new IllegalStateException();
                });
            }
            pages.forEach(page -> Systems.runThrough(page.docGroup(), TaskCategory.OTHER));
        } finally {
            logger.setLevel(null);
        }
        assertThat(ran).hasValue(500);
        assertThat(pages).allMatch(page -> page.docGroup().failedTasks() == 250);
    }

    @Test
    void failureOnTopOfPausedTurn_doesNotReachIt() {
        Groups groups = systems.groups(1);
        Document page = Systems.background(groups);
        Document urgent = Systems.foreground(groups);
        CountDownLatch done = new CountDownLatch(1);
        AtomicBoolean ran = new AtomicBoolean();
        page.dispatch("long", TaskCategory.OTHER, () -> {
            urgent.dispatch("fails", TaskCategory.OTHER, () -> {
                ran.set(true);
                throw new AssertionError("on top");
            });
            while (!ran.get()) {
                Turn.checkpoint();
            }
            done.countDown();
        });
        Systems.await(done);
        assertThat(page.docGroup().failedTasks()).isZero();
        assertThat(urgent.docGroup().failedTasks()).isEqualTo(1);
    }

    @Test
    void actorThatThrows_harmsNeitherGroupNorNeighbours() {
        ActorTestKit kit = systems.start(1);
        DocGroup page = Systems.background(Groups.get(kit.system())).docGroup();
        TestProbe<String> probe = kit.createTestProbe(String.class);
        ActorRef<String> culprit = Systems.spawn(
                page,
                Behaviors.receiveMessage(message -> {
                    throw new IllegalStateException(message);
                }),
                "culprit");
        ActorRef<String> neighbour = Systems.spawn(
                page,
                Behaviors.receiveMessage(message -> {
                    probe.ref().tell(message);
                    return Behaviors.same();
                }),
                "neighbour");
        culprit.tell("boom");
        probe.expectTerminated(culprit, java.time.Duration.ofSeconds(5));
        neighbour.tell("still here");
        probe.expectMessage("still here");
        Systems.runThrough(page, TaskCategory.OTHER);
        // Its name is free again.
        Systems.spawn(page, Behaviors.<String>ignore(), "culprit");
    }

    @Test
    void actorThatLeavesInterruptFlagSet_goesOn() {
        ActorTestKit kit = systems.start(1);
        DocGroup page = Systems.background(Groups.get(kit.system())).docGroup();
        TestProbe<String> probe = kit.createTestProbe(String.class);
        ActorRef<String> actor = Systems.spawn(
                page,
                Behaviors.receiveMessage(message -> {
                    probe.ref().tell(message + Thread.currentThread().isInterrupted());
                    Thread.currentThread().interrupt();
                    return Behaviors.same();
                }),
                "actor");
        actor.tell("1 ");
        actor.tell("2 ");
        probe.expectMessage("1 false");
        probe.expectMessage("2 false");
        Systems.runThrough(page, TaskCategory.OTHER);
    }

    @Test
    void callbackInNoGroupThatThrows_harmsNoOther() {
        Groups groups = systems.groups(1);
        systems.loose().execute(() -> {
            throw new IllegalStateException("in no group");
        });
        systems.runLoose(3);
        Systems.runThrough(Systems.background(groups).docGroup(), TaskCategory.OTHER);
    }
}
