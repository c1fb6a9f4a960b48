package dev.peili.examples.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peili.actors.Document;
import dev.peili.actors.Groups;
import dev.peili.actors.TaskCategory;
import dev.peili.actors.Turn;
import dev.peili.examples.TurnTrace;
import dev.peili.examples.TurnTrace.Slice;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;

/** What of recorded turns can be seen in a trace. */
final class ChromeTraceTest {
    /** How long the urgent task takes, in nanoseconds. */
    private static final long URGENT = 2_000_000;

    private static TurnTrace trace(Consumer<Groups> load, List<Stage.Group> groups) throws Exception {
        try (TurnRecorder recorder = new TurnRecorder()) {
            recorder.begin(Contender.PEILI);
            ActorSystem<Void> system = Systems.start(Behaviors.empty());
            recorder.opened(groups);
            try {
                load.accept(Groups.get(system));
            } finally {
                Systems.stop(system);
                recorder.end();
            }
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ChromeTrace.write(recorder.takes(), out);
            return TurnTrace.read(new ByteArrayInputStream(out.toByteArray()));
        }
    }

    private static Document document(Groups groups, boolean visible) {
        Document document = groups.openTab().openDocument("https://page.example/");
        document.tab().setVisible(visible);
        return document;
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Every thread has a background turn, and they go on until the urgent task has run on top of one of them. */
    private static void pause(Groups groups) {
        AtomicBoolean urgentRan = new AtomicBoolean();
        CountDownLatch begun = new CountDownLatch(Systems.processors());
        CountDownLatch ended = new CountDownLatch(Systems.processors());
        for (int i = 0; i < Systems.processors(); i++) {
            document(groups, false).dispatch("long", TaskCategory.NETWORK, () -> {
                begun.countDown();
                while (!urgentRan.get()) {
                    Turn.checkpoint();
                }
                ended.countDown();
            });
        }
        await(begun);
        document(groups, true).dispatch("urgent", TaskCategory.UI, () -> {
            ForegroundTab.sleepUntil(System.nanoTime() + URGENT);
            urgentRan.set(true);
        });
        await(ended);
    }

    @Test
    void pauseOfATurn_liesOnIt_andWhatRanMeanwhileInItsOwnRow() throws Exception {
        long before = System.nanoTime();
        Map<Slice, List<Slice>> turns = trace(ChromeTraceTest::pause, List.of()).turns();
        long inAll = System.nanoTime() - before;
        List<Slice> urgent = new ArrayList<>(turns.keySet());
        urgent.removeIf(turn -> !turn.name().equals("urgent"));
        assertThat(urgent).hasSize(1);
        Slice onTop = urgent.get(0);
        assertThat(onTop.category()).isEqualTo("UI");
        assertThat(turns.get(onTop)).isEmpty();
        // The two clocks are not the same.
        assertThat(onTop.duration()).isBetween(URGENT * 9 / 10, inAll * 11 / 10);
        assertThat(onTop.nanos("runMicros")).isBetween(URGENT, inAll);
        List<Slice> around = turns.values().stream()
                .flatMap(List::stream)
                .filter(pause -> pause.start() <= onTop.start() && pause.end() >= onTop.end())
                .toList();
        assertThat(around).hasSize(1).allSatisfy(pause -> {
            assertThat(pause.category()).isEqualTo("pause");
            assertThat(pause.row()).isNotEqualTo(onTop.row());
            assertThat(pause.args().toString()).isEqualTo("{how=on-top}");
        });
        assertThat(turns.keySet())
                .filteredOn(turn -> turn.name().equals("long"))
                .hasSize(Systems.processors())
                .allMatch(turn -> turn.category().equals("NETWORK"));
    }

    @Test
    void rows_areForegroundFirst_andOnlyOfGroupsThatRan() throws Exception {
        TurnTrace trace = trace(
                groups -> {
                    Document hidden = document(groups, false);
                    Document visible = document(groups, true);
                    for (int i = 0; i < 3; i++) {
                        hidden.dispatch("hidden", TaskCategory.OTHER, () -> {});
                        visible.dispatch("visible", TaskCategory.OTHER, () -> {});
                    }
                    groups.root().dispatch("root", TaskCategory.OTHER, () -> {});
                    CountDownLatch done = new CountDownLatch(1);
                    groups.root().dispatch("last", TaskCategory.OTHER, done::countDown);
                    await(done);
                },
                List.of(
                        new Stage.Group("tabgroup-1", false),
                        new Stage.Group("tabgroup-1/page.example", false),
                        new Stage.Group("tabgroup-3", true),
                        new Stage.Group("tabgroup-3/page.example", true)));
        // The root group is one that nobody has told of.
        assertThat(trace.rows())
                .containsExactly("tabgroup-3/page.example (foreground)", "tabgroup-1/page.example", "root");
        assertThat(trace.turns().keySet()).hasSize(8).allMatch(turn -> switch (turn.name()) {
            case "hidden" -> turn.row().equals("tabgroup-1/page.example");
            case "visible" -> turn.row().equals("tabgroup-3/page.example (foreground)");
            default -> turn.row().equals("root");
        });
        assertThat(trace.turns().keySet().stream().mapToLong(Slice::start).min())
                .hasValue(0);
    }
}
