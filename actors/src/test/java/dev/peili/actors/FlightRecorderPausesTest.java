package dev.peili.actors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordedEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Promise G9 for turns that are paused: the pause is an event, and no part of what the turn ran. */
final class FlightRecorderPausesTest {
    @RegisterExtension
    final Systems systems = new Systems();

    private static Duration nanos(long nanos) {
        return Duration.ofNanos(nanos);
    }

    /** Is paused at a checkpoint until the other task has run for as long. */
    static void pauseFor(Document urgent, String name, long nanos) {
        AtomicBoolean ran = new AtomicBoolean();
        urgent.dispatch(name, TaskCategory.UI, () -> {
            Systems.spin(nanos);
            ran.set(true);
        });
        while (!ran.get()) {
            Turn.checkpoint();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"on-top", "hand-over"})
    void pausedTurn_andTheOneInItsPlace_areBothEvents(String pause) {
        // No other pause but the ones for the urgent tasks.
        Groups groups = systems.groups(1, "pause = " + pause, "hand-over-after = 0");
        Document page = Systems.background(groups);
        Document urgent = Systems.foreground(groups);
        try (Recorded recorded = Recorded.everything()) {
            long before = System.nanoTime();
            page.dispatch("long", TaskCategory.NETWORK, () -> {
                pauseFor(urgent, "first", 2_000_000);
                pauseFor(urgent, "second", 3_000_000);
            });
            Systems.runThrough(page.docGroup(), TaskCategory.NETWORK);
            long outside = System.nanoTime() - before;
            List<RecordedEvent> events = recorded.end();

            List<RecordedEvent> turns = Recorded.of(Recorded.TURN, systems.latestSystem(), events);
            RecordedEvent paused = Recorded.named("long", turns);
            RecordedEvent first = Recorded.named("first", turns);
            RecordedEvent second = Recorded.named("second", turns);
            assertThat(paused.getDuration("pausedTime")).isBetween(nanos(5_000_000), nanos(outside));
            assertThat(paused.getDuration("runTime")).isLessThanOrEqualTo(nanos(outside - 5_000_000));
            for (RecordedEvent other : List.of(first, second)) {
                assertThat(Recorded.isWithin(other, paused)).as("%s", other).isTrue();
                assertThat(other.getDuration("pausedTime")).isZero();
                assertThat(other.getThread().getJavaThreadId()
                                == paused.getThread().getJavaThreadId())
                        .isEqualTo(pause.equals("on-top"));
            }
            List<RecordedEvent> pauses = Recorded.of(Recorded.PAUSE, systems.latestSystem(), events);
            assertThat(pauses)
                    .extracting(
                            event -> event.getString("name"),
                            event -> event.getString("category"),
                            event -> event.getString("group"),
                            event -> event.getString("how"),
                            RecordedEvent::getThread)
                    .containsOnly(tuple(
                            "long",
                            "NETWORK",
                            page.docGroup().name(),
                            pause.equals("on-top") ? "on-top" : "parked",
                            paused.getThread()));
            assertThat(pauses).hasSize((int) groups.pauses()).allMatch(event -> Recorded.isWithin(event, paused));
            assertThat(pauses).anyMatch(event -> Recorded.isWithin(first, event));
            assertThat(pauses).anyMatch(event -> Recorded.isWithin(second, event));
        }
    }

    @Test
    void turnOnTopOfOneOnTop_isTimeOfBoth() {
        Groups groups = systems.groups(1, "hand-over-after = 0");
        Document page = Systems.background(groups);
        Document middle = Systems.foreground(groups);
        Document urgent = Systems.foreground(groups);
        try (Recorded recorded = Recorded.everything()) {
            page.dispatch("lowest", TaskCategory.OTHER, () -> {
                AtomicBoolean ran = new AtomicBoolean();
                middle.dispatch("middle", TaskCategory.OTHER, () -> {
                    // Now it can be paused, too.
                    middle.tab().setVisible(false);
                    pauseFor(urgent, "top", 2_000_000);
                    ran.set(true);
                });
                while (!ran.get()) {
                    Turn.checkpoint();
                }
            });
            Systems.runThrough(page.docGroup(), TaskCategory.OTHER);
            List<RecordedEvent> turns = recorded.end(Recorded.TURN, systems.latestSystem());
            RecordedEvent lowest = Recorded.named("lowest", turns);
            RecordedEvent inBetween = Recorded.named("middle", turns);
            RecordedEvent top = Recorded.named("top", turns);
            assertThat(Recorded.isWithin(top, inBetween)).isTrue();
            assertThat(Recorded.isWithin(inBetween, lowest)).isTrue();
            assertThat(top.getDuration("runTime")).isGreaterThanOrEqualTo(nanos(2_000_000));
            assertThat(inBetween.getDuration("pausedTime")).isGreaterThanOrEqualTo(top.getDuration("runTime"));
            assertThat(lowest.getDuration("pausedTime"))
                    .isGreaterThanOrEqualTo(inBetween.getDuration("pausedTime").plus(inBetween.getDuration("runTime")));
        }
    }

    @Test
    void pausesAlone_canBeRecorded() {
        Groups groups = systems.groups(1);
        Document page = Systems.background(groups);
        Document urgent = Systems.foreground(groups);
        try (Recorded recorded = Recorded.without(Recorded.TURN)) {
            page.dispatch("long", TaskCategory.OTHER, () -> pauseFor(urgent, "urgent", 11_000_000));
            Systems.runThrough(page.docGroup(), TaskCategory.OTHER);
            List<RecordedEvent> events = recorded.end();
            assertThat(Recorded.of(Recorded.TURN, systems.latestSystem(), events))
                    .isEmpty();
            assertThat(Recorded.of(Recorded.PAUSE, systems.latestSystem(), events))
                    .extracting(event -> event.getString("name"))
                    .contains("long");
        }
    }

    /** Turns of all kinds, paused in all ways: the events agree with each other and with what happened. */
    @ParameterizedTest
    @ValueSource(strings = {"on-top", "hand-over"})
    void manyTurns_areOneEventEach_andThoseOfAGroupDoNotOverlap(String pause) {
        Groups groups = systems.groups(2, "pause = " + pause, "hand-over-after = 1ms", "tick = 200us");
        List<Document> pages =
                Stream.generate(() -> Systems.background(groups)).limit(3).toList();
        List<Document> urgent =
                Stream.generate(() -> Systems.foreground(groups)).limit(2).toList();
        try (Recorded recorded = Recorded.everything()) {
            int dispatched = runMany(pages, urgent);
            List<RecordedEvent> events = recorded.end();
            List<RecordedEvent> turns = Recorded.of(Recorded.TURN, systems.latestSystem(), events);
            List<RecordedEvent> tasks = turns.stream()
                    .filter(turn -> turn.getString("name").startsWith("task "))
                    .toList();
            assertThat(tasks)
                    .hasSize(dispatched)
                    .extracting(turn -> turn.getString("name"))
                    .doesNotHaveDuplicates();
            turns.stream()
                    .collect(Collectors.groupingBy(turn -> turn.getString("group")))
                    .values()
                    .forEach(FlightRecorderPausesTest::doNotOverlap);
            List<RecordedEvent> pauses = Recorded.of(Recorded.PAUSE, systems.latestSystem(), events);
            assertThat(pauses).hasSize((int) groups.pauses()).isNotEmpty();
            Map<String, List<RecordedEvent>> byTurn =
                    pauses.stream().collect(Collectors.groupingBy(event -> event.getString("name")));
            for (RecordedEvent task : tasks) {
                List<RecordedEvent> own = byTurn.getOrDefault(task.getString("name"), List.of());
                assertThat(own).allMatch(event -> Recorded.isWithin(event, task));
                assertThat(task.getDuration("pausedTime").isZero()).isEqualTo(own.isEmpty());
            }
        }
    }

    /** Dispatches tasks with names of their own for a while, and returns how many. */
    private static int runMany(List<Document> pages, List<Document> urgent) {
        AtomicInteger dispatched = new AtomicInteger();
        AtomicInteger ended = new AtomicInteger();
        long end = System.nanoTime() + Systems.budgetNanos(10);
        while (System.nanoTime() < end) {
            pages.forEach(page -> dispatch(page, "task " + dispatched.incrementAndGet(), 3_000_000, ended));
            urgent.forEach(page -> dispatch(page, "task " + dispatched.incrementAndGet(), 100_000, ended));
            Systems.await("backlog", () -> dispatched.get() - ended.get() < 20);
        }
        pages.forEach(page -> Systems.runThrough(page.docGroup(), TaskCategory.OTHER));
        urgent.forEach(page -> Systems.runThrough(page.docGroup(), TaskCategory.OTHER));
        return dispatched.get();
    }

    private static void dispatch(Document page, String name, long nanos, AtomicInteger ended) {
        page.dispatch(name, TaskCategory.OTHER, () -> {
            long until = System.nanoTime() + nanos;
            while (System.nanoTime() < until) {
                Turn.checkpoint();
            }
            ended.incrementAndGet();
        });
    }

    private static void doNotOverlap(List<RecordedEvent> turns) {
        for (int i = 1; i < turns.size(); i++) {
            assertThat(turns.get(i).getStartTime())
                    .as("%s", turns.get(i))
                    .isAfterOrEqualTo(turns.get(i - 1).getEndTime());
        }
    }
}
