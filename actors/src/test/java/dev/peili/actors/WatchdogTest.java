package dev.peili.actors;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import com.typesafe.config.ConfigFactory;
import dev.peili.elsewhere.Application;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;

/** Turns that keep their thread for too long are reported, once for each place in the code. */
final class WatchdogTest {
    private static final String NO_LONG_TURNS = "watchdog.long-turn = 0";
    private static final String LONG_TURNS = "watchdog.long-turn = 20ms";
    private static final String BLOCKING_TURNS = "watchdog.blocking-turn = 20ms";
    /** Not longer than it has to be where there must be a report; where there must be none, others may be in the way. */
    private static final String QUITE_LONG_TURNS = "watchdog.long-turn = 100ms";

    private static final long LONG_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    @RegisterExtension
    final Systems systems = new Systems();

    private final Logger logger = (Logger) LoggerFactory.getLogger("dev.peili.actors.Watchdog");
    private final Logs logs = new Logs();

    private static final class Logs extends AppenderBase<ILoggingEvent> {
        final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();

        @Override
        protected void append(ILoggingEvent event) {
            events.add(event);
        }

        BooleanSupplier atLeast(int count) {
            return () -> events.size() >= count;
        }

        ILoggingEvent await(int number) {
            Systems.await("report " + number, atLeast(number));
            return events.get(number - 1);
        }
    }

    @BeforeEach
    void listen() {
        logs.start();
        logger.addAppender(logs);
        logger.setAdditive(false);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(logs);
        logger.setAdditive(true);
    }

    private static BooleanSupplier elapsed(long nanos) {
        long end = System.nanoTime() + nanos;
        return () -> System.nanoTime() - end > 0;
    }

    private static List<String> methods(ILoggingEvent event) {
        return Arrays.stream(event.getThrowableProxy().getStackTraceElementProxyArray())
                .map(frame -> frame.getStackTraceElement())
                .map(frame -> frame.getClassName() + "." + frame.getMethodName())
                .toList();
    }

    /** The first time in the report. */
    private static long millis(ILoggingEvent event) {
        Matcher time = Pattern.compile("for (\\d+) ms").matcher(event.getFormattedMessage());
        assertThat(time.find()).isTrue();
        return Long.parseLong(time.group(1));
    }

    private static String place(String method) {
        return Application.class.getName() + "." + method;
    }

    /** Has a turn of the group computed for long, and asserts that it is the only one that was reported. */
    private void assertSilentUntilNow(SchedulerGroup group) {
        group.dispatch("marker", TaskCategory.OTHER, () -> Application.calculate(logs.atLeast(1)));
        assertThat(logs.await(1).getFormattedMessage()).contains("'marker'", place("calculate"));
        Systems.runThrough(group, TaskCategory.OTHER);
        assertThat(logs.events).hasSize(1);
    }

    @Test
    void longTurn_isReportedWithNameCategoryGroupAndStack() {
        DocGroup page = Systems.background(systems.groups(1, LONG_TURNS)).docGroup();
        page.dispatch("indexing", TaskCategory.NETWORK, () -> Application.compute(logs.atLeast(1)));
        ILoggingEvent event = logs.await(1);
        assertThat(event.getLevel()).isEqualTo(Level.WARN);
        assertThat(event.getFormattedMessage())
                .contains("'indexing'", "(NETWORK) of " + page.name(), "without a checkpoint", "Turn.checkpoint()")
                .contains(place("compute"))
                .containsPattern("has run for \\d+ ms \\(\\d+ ms of that on a processor\\)");
        assertThat(millis(event)).isGreaterThanOrEqualTo(20);
        assertThat(event.getThrowableProxy().getMessage())
                .contains(systems.latestSystem().name() + "-peili.dispatcher-1");
        assertThat(methods(event)).endsWith(place("compute"));
    }

    @Test
    void turn_isReportedByDefault() {
        ActorTestKit kit = systems.start(ConfigFactory.load());
        DocGroup page = Systems.background(Groups.get(kit.system())).docGroup();
        page.dispatch("indexing", TaskCategory.OTHER, () -> Application.compute(logs.atLeast(1)));
        assertThat(logs.await(1).getFormattedMessage()).contains("has run for");
        assertThat(millis(logs.await(1))).isGreaterThanOrEqualTo(100);
        page.dispatch("waiting", TaskCategory.OTHER, () -> Application.await(reported(2)));
        assertThat(logs.await(2).getFormattedMessage()).contains("has blocked its thread for");
        assertThat(millis(logs.await(2))).isGreaterThanOrEqualTo(50);
    }

    /** A latch that opens with the report of this number, by a thread of its own. */
    private CountDownLatch reported(int number) {
        CountDownLatch latch = new CountDownLatch(1);
        Thread thread = new Thread(
                () -> {
                    logs.await(number);
                    latch.countDown();
                },
                "reported");
        thread.setDaemon(true);
        thread.start();
        return latch;
    }

    @Test
    void samePlaceAgain_isNotReported() {
        DocGroup page = Systems.background(systems.groups(1, LONG_TURNS)).docGroup();
        page.dispatch("first", TaskCategory.OTHER, () -> Application.compute(logs.atLeast(1)));
        logs.await(1);
        page.dispatch("second", TaskCategory.OTHER, () -> Application.compute(elapsed(LONG_NANOS)));
        page.dispatch("third", TaskCategory.OTHER, () -> Application.calculate(logs.atLeast(2)));
        logs.await(2);
        Systems.runThrough(page, TaskCategory.OTHER);
        assertThat(logs.events).hasSize(2);
        assertThat(logs.await(1).getFormattedMessage()).contains("'first'", place("compute"));
        assertThat(logs.await(2).getFormattedMessage()).contains("'third'", place("calculate"));
    }

    @Test
    void turnWithCheckpoints_isNotReported() {
        DocGroup page = Systems.background(systems.groups(1, QUITE_LONG_TURNS)).docGroup();
        page.dispatch("long", TaskCategory.OTHER, () -> Application.computeWithCheckpoints(elapsed(LONG_NANOS)));
        assertSilentUntilNow(page);
    }

    @Test
    void turnThatWouldYield_isNotReported_norAskedToForNothing() {
        DocGroup page = Systems.background(systems.groups(1, QUITE_LONG_TURNS)).docGroup();
        AtomicBoolean stopped = new AtomicBoolean();
        page.dispatch("long", TaskCategory.OTHER, () -> {
            BooleanSupplier end = elapsed(LONG_NANOS);
            Application.computeUnlessOthersWait(end);
            stopped.set(!end.getAsBoolean());
        });
        Systems.runThrough(page, TaskCategory.OTHER);
        assertThat(stopped).isFalse();
        assertSilentUntilNow(page);
    }

    @Test
    void manyShortMessagesInARow_areNotReported() {
        DocGroup page = Systems.background(systems.groups(1, QUITE_LONG_TURNS)).docGroup();
        int count = 200;
        AtomicInteger handled = new AtomicInteger();
        ActorRef<Integer> actor = Systems.spawn(
                page,
                Behaviors.receiveMessage(message -> {
                    Systems.spin(LONG_NANOS / count);
                    handled.incrementAndGet();
                    return Behaviors.same();
                }),
                "actor");
        for (int i = 0; i < count; i++) {
            actor.tell(i);
        }
        Systems.await("all messages", () -> handled.get() == count);
        assertSilentUntilNow(page);
    }

    @Test
    void blockingAsk_isReportedWithTheActorsPath() {
        ActorTestKit kit = systems.start(1, LONG_TURNS, BLOCKING_TURNS);
        TestProbe<ActorRef<String>> other = kit.createTestProbe();
        DocGroup page = Systems.foreground(Groups.get(kit.system())).docGroup();
        ActorRef<String> actor = Systems.spawn(page, Application.askAndWait(other.ref()), "impatient");
        actor.tell("go");
        ActorRef<String> asker = other.receiveMessage();
        ILoggingEvent event = logs.await(1);
        asker.tell("answer");
        assertThat(event.getFormattedMessage())
                .contains("'" + actor.path() + "'", "(OTHER) of " + page.name(), "Do not block in a turn")
                .contains("has blocked its thread for");
        assertThat(millis(event)).isGreaterThanOrEqualTo(20);
        assertThat(methods(event))
                .contains("java.util.concurrent.CompletableFuture.join")
                .last()
                .asString()
                .startsWith(place("lambda$askAndWait"));
        Systems.runThrough(page, TaskCategory.OTHER);
        assertThat(logs.events).as("not as a long turn too").hasSize(1);
    }

    @Test
    void turnThatWaitsForAMonitor_isReported() {
        DocGroup page = Systems.background(systems.groups(1, BLOCKING_TURNS)).docGroup();
        Object monitor = new Object();
        AtomicInteger entered = new AtomicInteger();
        synchronized (monitor) {
            page.dispatch("sync", TaskCategory.TIMER, () -> Application.enter(monitor, entered));
            assertThat(logs.await(1).getFormattedMessage())
                    .contains("'sync'", "(TIMER) of " + page.name(), "blocked", place("enter"));
        }
        Systems.await("the monitor", () -> entered.get() == 1);
    }

    @Test
    void turnThatReadsFromASocket_isReportedAsLong() throws IOException {
        DocGroup page = Systems.background(systems.groups(1, LONG_TURNS, BLOCKING_TURNS))
                .docGroup();
        InetAddress here = InetAddress.getLoopbackAddress();
        try (ServerSocket server = new ServerSocket(0, 1, here);
                Socket one = new Socket(here, server.getLocalPort());
                Socket other = server.accept()) {
            page.dispatch("load", TaskCategory.OTHER, () -> Application.read(stream(one)));
            assertThat(logs.await(1).getFormattedMessage()).contains("'load'", "has run for", place("read"));
            other.getOutputStream().write(1);
            Systems.runThrough(page, TaskCategory.OTHER);
        }
    }

    private static InputStream stream(Socket socket) {
        try {
            return socket.getInputStream();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void parkedTurn_isNotReported() {
        Groups groups = systems.groups(1, NO_LONG_TURNS, BLOCKING_TURNS, "hand-over-after = 1ms");
        DocGroup page = Systems.background(groups).docGroup();
        AtomicBoolean stop = new AtomicBoolean();
        CountDownLatch begun = new CountDownLatch(1);
        page.dispatch("parked", TaskCategory.OTHER, () -> {
            begun.countDown();
            Application.computeWithCheckpoints(stop::get);
        });
        Systems.await(begun);
        DocGroup other = Systems.background(groups).docGroup();
        other.dispatch("keeps the permit", TaskCategory.OTHER, () -> {
            Application.compute(elapsed(LONG_NANOS));
            stop.set(true);
        });
        Systems.runThrough(page, TaskCategory.OTHER);
        assertThat(groups.pauses()).isPositive();
        other.dispatch("marker", TaskCategory.OTHER, () -> Application.await(reported(1)));
        assertThat(logs.await(1).getFormattedMessage()).contains("'marker'");
        Systems.runThrough(other, TaskCategory.OTHER);
        assertThat(logs.events).hasSize(1);
    }

    @Test
    void turnOnTopOfAnother_isReportedByItself() {
        Groups groups = systems.groups(1, LONG_TURNS);
        DocGroup page = Systems.background(groups).docGroup();
        DocGroup urgent = Systems.foreground(groups).docGroup();
        CountDownLatch begun = new CountDownLatch(1);
        page.dispatch("beneath", TaskCategory.OTHER, () -> {
            begun.countDown();
            Application.computeWithCheckpoints(logs.atLeast(1));
        });
        Systems.await(begun);
        urgent.dispatch("on top", TaskCategory.UI, () -> Application.compute(logs.atLeast(1)));
        ILoggingEvent event = logs.await(1);
        assertThat(event.getFormattedMessage()).contains("'on top'", "(UI) of " + urgent.name());
        assertThat(methods(event)).endsWith(place("compute")).doesNotContain(place("computeWithCheckpoints"));
        Systems.runThrough(page, TaskCategory.OTHER);
        assertThat(groups.pauses()).isPositive();
        assertThat(logs.events).hasSize(1);
    }

    @Test
    void limitOfNothing_isNever() {
        DocGroup page = Systems.background(systems.groups(1, NO_LONG_TURNS, BLOCKING_TURNS))
                .docGroup();
        page.dispatch("long", TaskCategory.OTHER, () -> Application.compute(elapsed(LONG_NANOS)));
        page.dispatch("marker", TaskCategory.OTHER, () -> Application.await(reported(1)));
        assertThat(logs.await(1).getFormattedMessage()).contains("'marker'");
        Systems.runThrough(page, TaskCategory.OTHER);
        assertThat(logs.events).hasSize(1);
    }

    @Test
    void otherLimitOfNothing_isNeverEither() {
        DocGroup page = Systems.background(systems.groups(1, LONG_TURNS)).docGroup();
        CountDownLatch latch = new CountDownLatch(1);
        page.dispatch("blocked", TaskCategory.OTHER, () -> Application.await(latch));
        Systems.await("a while", elapsed(LONG_NANOS));
        latch.countDown();
        assertSilentUntilNow(page);
    }

    @Test
    void workInNoGroup_isReportedToo() {
        ActorTestKit kit = systems.start(1, LONG_TURNS);
        Groups.get(kit.system());
        systems.loose().execute(() -> Application.compute(logs.atLeast(1)));
        assertThat(logs.await(1).getFormattedMessage())
                .contains("'callback' in no group", "a checkpoint does nothing in it");
        ActorRef<String> actor = kit.spawn(
                Behaviors.receiveMessage(message -> {
                    Application.calculate(logs.atLeast(2));
                    return Behaviors.same();
                }),
                DispatcherSelector.fromConfig("peili.dispatcher"));
        actor.tell("go");
        assertThat(logs.await(2).getFormattedMessage())
                .contains("'" + actor.path() + "' in no group", "Turn.checkpoint()");
    }

    @Test
    void beyondTheNumberOfPlaces_nothingIsReported() {
        DocGroup page = Systems.background(systems.groups(1, LONG_TURNS, "watchdog.places = 1"))
                .docGroup();
        page.dispatch("first", TaskCategory.OTHER, () -> Application.compute(logs.atLeast(1)));
        assertThat(logs.await(2).getFormattedMessage()).contains("last", "peili.dispatcher.watchdog.places is 1");
        page.dispatch("second", TaskCategory.OTHER, () -> Application.calculate(elapsed(LONG_NANOS)));
        Systems.runThrough(page, TaskCategory.OTHER);
        assertThat(logs.events).hasSize(2);
    }

    @Test
    void appenderThatBlocks_harmsNobody() {
        CountDownLatch opened = new CountDownLatch(1);
        CountDownLatch entered = new CountDownLatch(1);
        AppenderBase<ILoggingEvent> slow = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
                entered.countDown();
                Systems.await(opened);
            }
        };
        slow.start();
        logger.addAppender(slow);
        try {
            Groups groups = systems.groups(1, LONG_TURNS, "hand-over-after = 1ms");
            DocGroup page = Systems.background(groups).docGroup();
            page.dispatch("first", TaskCategory.OTHER, () -> Application.compute(() -> entered.getCount() == 0));
            Systems.await(entered);
            // Each is parked for the other, which needs ticks.
            AtomicInteger begun = new AtomicInteger();
            for (int i = 0; i < 2; i++) {
                Systems.background(groups).dispatch("long", TaskCategory.OTHER, () -> {
                    begun.incrementAndGet();
                    Application.computeWithCheckpoints(() -> begun.get() == 2);
                });
            }
            Systems.await("both", () -> begun.get() == 2);
            opened.countDown();
            page.dispatch("second", TaskCategory.OTHER, () -> Application.calculate(logs.atLeast(2)));
            assertThat(logs.await(2).getFormattedMessage()).contains("'second'");
        } finally {
            opened.countDown();
            logger.detachAppender(slow);
        }
    }

    @Test
    void appenderThatThrows_harmsNobody() {
        AtomicBoolean thrown = new AtomicBoolean();
        AppenderBase<ILoggingEvent> broken = new AppenderBase<>() {
            @Override
            public synchronized void doAppend(ILoggingEvent event) {
                if (thrown.compareAndSet(false, true)) {
                    throw new IllegalStateException("broken");
                }
            }

            @Override
            protected void append(ILoggingEvent event) {}
        };
        logger.detachAppender(logs);
        logger.addAppender(broken);
        logger.addAppender(logs);
        try {
            DocGroup page = Systems.background(systems.groups(1, LONG_TURNS)).docGroup();
            page.dispatch("first", TaskCategory.OTHER, () -> Application.compute(thrown::get));
            page.dispatch("second", TaskCategory.OTHER, () -> Application.calculate(logs.atLeast(1)));
            assertThat(logs.await(1).getFormattedMessage()).contains("'second'");
        } finally {
            logger.detachAppender(broken);
        }
    }

    @Test
    void everything_runsUnderTheClosestWatch() {
        Groups groups = systems.groups(
                2,
                "tick = 50us",
                "hand-over-after = 100us",
                "watchdog { long-turn = 1us, blocking-turn = 1us, places = 1000000 }");
        long end = System.nanoTime() + Systems.budgetNanos(20);
        Runnable user = () -> {
            Document page = Systems.background(groups);
            Document urgent = Systems.foreground(groups);
            while (System.nanoTime() < end) {
                CountDownLatch done = new CountDownLatch(4);
                page.dispatch("long", TaskCategory.OTHER, () -> {
                    Application.computeWithCheckpoints(elapsed(1_000_000));
                    done.countDown();
                });
                page.dispatch("blocking", TaskCategory.UI, () -> {
                    Systems.await("a moment", elapsed(1_000_000));
                    done.countDown();
                });
                page.dispatch("without checkpoint", TaskCategory.UI, () -> {
                    Application.compute(logs.atLeast(1));
                    Application.calculate(elapsed(1_000_000));
                    done.countDown();
                });
                urgent.dispatch("urgent", TaskCategory.UI, done::countDown);
                Systems.await(done);
            }
        };
        Systems.inParallel(user, user, user);
        assertThat(logs.events).isNotEmpty();
    }
}
