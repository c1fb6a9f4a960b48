package dev.peili.examples.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peili.actors.TaskCategory;
import dev.peili.examples.RecordingException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every dispatcher does what it is given, whatever it makes of it. */
final class TrialTest {
    /** Work that is hardly any, so that this is no test of the machine. */
    private static final Work LITTLE = new Work(10);

    private static Script script() throws RecordingException {
        return Script.of(ShippedRecording.read());
    }

    @ParameterizedTest
    @EnumSource
    void contender_isGivenThePlan(Contender contender) throws Exception {
        Duration length = Duration.ofMillis(200);
        Script script = script();
        RunResult result = new Trial(new Load(List.of(script), 3, length), LITTLE, Trial.Recorder.NONE)
                .run(contender, (run, planned) -> {});

        assertThat(result.dispatcher()).isEqualTo(contender);
        assertThat(result.foreground().planned())
                .isEqualTo(ForegroundTab.plan(script, length).size());
        assertThat(result.foreground().run()).isBetween(0L, result.foreground().planned());
        assertThat(result.background().turns() > 0).isEqualTo(contender.hasBackground());
        assertThat(result.background().slowestGroupShare().isPresent()).isEqualTo(contender.hasBackground());
        if (contender == Contender.PEILI || contender == Contender.PEILI_ALONE) {
            assertThat(result.foreground().run()).isEqualTo(result.foreground().planned());
        } else {
            assertThat(result.pauses()).isZero();
        }
    }

    @Test
    void neverStarted_countsWithTheTimeItWaited() throws Exception {
        List<ForegroundTab.Planned> plan = ForegroundTab.plan(script(), Duration.ofMillis(1));
        List<TaskTarget> nobody = script().labels().stream()
                .map(label -> (TaskTarget) (name, category, task) -> {})
                .toList();
        ForegroundTab tab = new ForegroundTab(plan, nobody, LITTLE, new AtomicBoolean());
        long start = System.nanoTime();
        tab.play(start);

        assertThat(tab.run()).isZero();
        long[] delays = tab.delays(start, start + 5_000_000_000L);
        assertThat(delays).hasSize(plan.size());
        assertThat(LongStream.of(delays)).allMatch(delay -> delay > 4_900_000_000L && delay <= 5_000_000_000L);
    }

    /** With the duration, this would take hours. */
    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void cpuTime_isWhatATaskBurns() {
        RecordedTask task = new RecordedTask(
                0, 10_000_000_000L, 5, "RunTask", TaskCategory.OTHER, Optional.empty(), Optional.empty());
        Script script = Script.of(new Recording("a.json", List.of(task)));
        Work work = new Work(1_000);
        ForegroundTab foreground = new ForegroundTab(
                ForegroundTab.plan(script, Duration.ofMillis(1)),
                List.of((name, category, turn) -> turn.run()),
                work,
                new AtomicBoolean());
        foreground.play(System.nanoTime());
        assertThat(foreground.run()).isEqualTo(1);

        ArrayDeque<Runnable> queue = new ArrayDeque<>();
        BackgroundTab background = new BackgroundTab(
                script, List.of((name, category, turn) -> queue.add(turn)), 0, work, new AtomicBoolean());
        background.start();
        queue.remove().run();
        assertThat(background.done()).isEqualTo(new BackgroundTab.Done(1, 5));
    }

    @Test
    void backgroundTab_keepsAFewTasksQueued_inTheRecordedOrder() throws Exception {
        Script script = script();
        AtomicBoolean over = new AtomicBoolean();
        ArrayDeque<Runnable> queue = new ArrayDeque<>();
        ArrayList<String> names = new ArrayList<>();
        TaskTarget target = (name, category, task) -> {
            names.add(name);
            queue.add(task);
        };
        List<TaskTarget> targets = script.labels().stream().map(label -> target).toList();
        int first = script.cues().size() - 2;
        BackgroundTab tab = new BackgroundTab(script, targets, first, LITTLE, over);
        tab.start();
        assertThat(queue).hasSize(BackgroundTab.QUEUED);
        for (int i = 0; i < 100; i++) {
            queue.remove().run();
        }
        assertThat(queue).hasSize(BackgroundTab.QUEUED);
        assertThat(tab.done().turns()).isEqualTo(100);
        List<String> expected = IntStream.range(first, first + 100 + BackgroundTab.QUEUED)
                .mapToObj(
                        i -> script.cues().get(i % script.cues().size()).task().name())
                .toList();
        assertThat(names).isEqualTo(expected);

        over.set(true);
        assertThat(tab.awaitEnd(Duration.ZERO)).isFalse();
        while (!queue.isEmpty()) {
            queue.remove().run();
        }
        assertThat(tab.awaitEnd(Duration.ZERO)).isTrue();
        assertThat(tab.done().turns()).isEqualTo(100);
    }
}
