package dev.peili.actors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.peili.actors.Systems.Gate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import jdk.jfr.consumer.RecordedEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Promise G9: every task is a JFR event with its name, category and group, and says where its time went. */
final class FlightRecorderTest {
    private static final Duration UNKNOWN = Duration.ofSeconds(Long.MIN_VALUE);

    @RegisterExtension
    final Systems systems = new Systems();

    private static Duration nanos(long nanos) {
        return Duration.ofNanos(nanos);
    }

    @Test
    void task_isAnEvent_withNameCategoryAndGroup() {
        Groups groups = systems.groups(2);
        Document page = Systems.background(groups);
        List<SchedulerGroup> all = List.of(page.docGroup(), page.tab().tabGroup(), groups.root());
        try (Recorded recorded = Recorded.everything()) {
            for (SchedulerGroup group : all) {
                for (TaskCategory category : TaskCategory.values()) {
                    group.dispatch(category + " of " + group, category, () -> {});
                    Systems.runThrough(group, category);
                }
            }
            List<RecordedEvent> turns = recorded.end(Recorded.TURN, systems.latestSystem());
            for (SchedulerGroup group : all) {
                for (TaskCategory category : TaskCategory.values()) {
                    RecordedEvent turn = Recorded.named(category + " of " + group, turns);
                    assertThat(turn.getString("category")).isEqualTo(category.name());
                    assertThat(turn.getString("group")).isEqualTo(group.name());
                    assertThat(turn.getString("actor")).isNull();
                    assertThat(turn.getStackTrace()).isNull();
                }
            }
        }
    }

    @Test
    void timesOfATask_areWhatItWaitedAndRan() {
        Document page = Systems.background(systems.groups(1));
        AtomicLong begun = new AtomicLong();
        AtomicLong ended = new AtomicLong();
        try (Recorded recorded = Recorded.everything()) {
            Gate gate = systems.occupy(page.docGroup());
            long before = System.nanoTime();
            page.dispatch("task", TaskCategory.UI, () -> {
                begun.set(System.nanoTime());
                Systems.spin(2_000_000);
                ended.set(System.nanoTime());
            });
            long dispatched = System.nanoTime();
            Systems.spin(3_000_000);
            long waited = System.nanoTime() - dispatched;
            gate.open();
            Systems.runThrough(page.docGroup(), TaskCategory.UI);
            long after = System.nanoTime();

            RecordedEvent turn = Recorded.named("task", recorded.end(Recorded.TURN, systems.latestSystem()));
            assertThat(turn.getDuration("queueTime")).isBetween(nanos(waited), nanos(begun.get() - before));
            long ran = ended.get() - begun.get();
            assertThat(turn.getDuration("runTime")).isBetween(nanos(ran), nanos(after - before));
            assertThat(turn.getDuration("pausedTime")).isZero();
            // By another clock.
            assertThat(turn.getDuration()).isBetween(nanos(ran * 9 / 10), nanos((after - before) * 11 / 10));
        }
    }

    @Test
    void taskThatThrows_isAnEvent() {
        Document page = Systems.background(systems.groups(1));
        try (Recorded recorded = Recorded.everything()) {
            page.dispatch("culprit", TaskCategory.UI, () -> {
                throw new IllegalStateException("as told");
            });
            page.dispatch("next", TaskCategory.UI, () -> {});
            Systems.runThrough(page.docGroup(), TaskCategory.UI);
            List<RecordedEvent> turns = recorded.end(Recorded.TURN, systems.latestSystem());
            RecordedEvent next = Recorded.named("next", turns);
            assertThat(next.getStartTime())
                    .isAfterOrEqualTo(Recorded.named("culprit", turns).getEndTime());
        }
    }

    @Test
    void threshold_isTenMillisecondsByDefault() {
        Document page = Systems.background(systems.groups(1));
        try (Recorded recorded = Recorded.byDefault()) {
            page.dispatch("long", TaskCategory.OTHER, () -> Systems.spin(11_000_000));
            for (int i = 0; i < 100; i++) {
                page.dispatch("short", TaskCategory.OTHER, () -> {});
            }
            Systems.runThrough(page.docGroup(), TaskCategory.OTHER);
            List<RecordedEvent> turns = recorded.end(Recorded.TURN, systems.latestSystem());
            assertThat(Recorded.named("long", turns).getDuration("queueTime")).isPositive();
            assertThat(turns)
                    .hasSizeLessThan(100)
                    .allMatch(turn -> turn.getDuration().toMillis() >= 10);
        }
    }

    @Test
    void queueTimeOfWhatWasQueuedBefore_isNotKnown() {
        Document page = Systems.background(systems.groups(1));
        Gate gate = systems.occupy(page.docGroup());
        page.dispatch("task", TaskCategory.OTHER, () -> {});
        try (Recorded recorded = Recorded.everything()) {
            gate.open();
            Systems.runThrough(page.docGroup(), TaskCategory.OTHER);
            List<RecordedEvent> turns = recorded.end(Recorded.TURN, systems.latestSystem());
            assertThat(Recorded.named("task", turns).getDuration("queueTime")).isEqualTo(UNKNOWN);
            assertThat(turns).noneMatch(turn -> turn.getString("name").equals("gate"));
        }
    }

    @Test
    void rejectedTask_isAnEvent() {
        Document page = Systems.background(systems.groups(1));
        try (Recorded recorded = Recorded.everything()) {
            page.close();
            assertThatThrownBy(() -> page.dispatch("late", TaskCategory.TIMER, () -> {}))
                    .isInstanceOf(RejectedExecutionException.class);
            List<RecordedEvent> events = recorded.end();
            assertThat(events)
                    .filteredOn(event -> event.getEventType().getName().equals(Recorded.REJECTION))
                    .filteredOn(event -> event.getThread().getJavaThreadId()
                            == Thread.currentThread().getId())
                    .extracting(
                            event -> event.getString("name"),
                            event -> event.getString("category"),
                            event -> event.getString("group"),
                            event -> event.getString("reason"))
                    .containsExactly(tuple("late", "TIMER", page.docGroup().name(), "closed"));
        }
    }

    @Test
    void droppedTask_isAnEvent() {
        Groups groups = systems.groups(1);
        Document page = Systems.background(groups);
        // It has no actor, so the end of the system does not wait for the open turn.
        Gate gate = systems.occupy(page.docGroup());
        try (Recorded recorded = Recorded.everything()) {
            page.dispatch("dropped", TaskCategory.WORKER, () -> {});
            systems.latestSystem().terminate();
            Systems.get(systems.latestSystem().getWhenTerminated());
            gate.open();
            assertThat(recorded.end())
                    .filteredOn(event -> event.getEventType().getName().equals(Recorded.DEAD_LETTER))
                    .extracting(
                            event -> event.getString("name"),
                            event -> event.getString("category"),
                            event -> event.getString("group"))
                    .containsOnlyOnce(tuple("dropped", "WORKER", page.docGroup().name()));
        }
    }

    @Test
    void nothing_whileTheEventsAreDisabled() {
        Groups groups = systems.groups(1);
        Document page = Systems.background(groups);
        Document urgent = Systems.foreground(groups);
        try (Recorded recorded =
                Recorded.without(Recorded.TURN, Recorded.PAUSE, Recorded.REJECTION, Recorded.DEAD_LETTER)) {
            page.dispatch(
                    "long", TaskCategory.OTHER, () -> FlightRecorderPausesTest.pauseFor(urgent, "urgent", 11_000_000));
            Systems.runThrough(page.docGroup(), TaskCategory.OTHER);
            page.close();
            assertThatThrownBy(() -> page.dispatch("late", TaskCategory.OTHER, () -> {}))
                    .isInstanceOf(RejectedExecutionException.class);
            assertThat(recorded.end()).isEmpty();
        }
    }

    @Test
    void workInNoGroup_isNoEvent() {
        systems.groups(1);
        try (Recorded recorded = Recorded.everything()) {
            systems.runLoose(100);
            assertThat(recorded.end(Recorded.TURN, systems.latestSystem())).isEmpty();
        }
    }

    @Test
    void twoActorSystems_areToldApartByTheirThreads() {
        Document one = Systems.background(systems.groups(1));
        var first = systems.latestSystem();
        Document other = Systems.background(systems.groups(1));
        var second = systems.latestSystem();
        try (Recorded recorded = Recorded.everything()) {
            for (int i = 0; i < 10; i++) {
                one.dispatch("one", TaskCategory.OTHER, () -> {});
                other.dispatch("other", TaskCategory.OTHER, () -> {});
            }
            Systems.runThrough(one.docGroup(), TaskCategory.OTHER);
            Systems.runThrough(other.docGroup(), TaskCategory.OTHER);
            List<RecordedEvent> events = recorded.end();
            assertThat(Recorded.of(Recorded.TURN, first, events))
                    .extracting(turn -> turn.getString("name"))
                    .filteredOn(name -> !name.equals("run through"))
                    .hasSize(10)
                    .containsOnly("one");
            assertThat(Recorded.of(Recorded.TURN, second, events))
                    .extracting(turn -> turn.getString("name"))
                    .filteredOn(name -> !name.equals("run through"))
                    .hasSize(10)
                    .containsOnly("other");
        }
    }
}
