package dev.peili.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peili.examples.TurnTrace.Slice;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run of a fraction of a second with {@code --trace-out}: every turn is in the trace, in the row of its group. */
final class BrowserTraceTest {
    @TempDir
    private Path folder;

    private Console run(Path trace, String... more) throws Exception {
        List<String> args = new ArrayList<>(List.of(
                "browser", Tiny.trace(folder).toString(), "--background=2", "--seconds=0.2", "--trace-out=" + trace));
        args.addAll(List.of(more));
        return Console.run(args.toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {"trace.json", "trace.json.gz"})
    void everyTurn_isInTheRowOfItsGroup(String name) throws Exception {
        Path file = folder.resolve(name);
        Path json = folder.resolve("out.json");
        Console console = run(file, "--only=peili", "--json=" + json);

        console.wentWell();
        assertThat(console.out()).contains(name, "https://ui.perfetto.dev", "chrome://tracing");
        assertThat(console.out().lines()).allMatch(line -> line.length() <= 80);

        TurnTrace trace = TurnTrace.read(file);
        assertThat(trace.processes()).containsExactly("peili");
        assertThat(trace.rows())
                .hasSize(9)
                .doesNotHaveDuplicates()
                .startsWith(
                        "tabgroup-1 (foreground)",
                        "tabgroup-1/shop.example (foreground)",
                        "tabgroup-1/ads.example (foreground)")
                .filteredOn(row -> row.endsWith("(foreground)"))
                .hasSize(3);

        Map<Slice, List<Slice>> turns = trace.turns();
        assertThat(turns.keySet())
                .filteredOn(turn -> turn.row().endsWith("(foreground)"))
                .hasSize(258);
        Map<?, ?> result =
                JsonText.object(JsonText.list(JsonText.read(json).get("runs")).get(0));
        Map<?, ?> background = JsonText.object(result.get("background"));
        assertThat(turns).hasSizeGreaterThanOrEqualTo(258 + number(background, "turns"));
        assertThat(turns.values().stream().mapToInt(List::size).sum()).isGreaterThanOrEqualTo(number(result, "pauses"));
        turns.forEach(BrowserTraceTest::agree);
    }

    private static int number(Map<?, ?> of, String key) {
        return (Integer) Objects.requireNonNull(of.get(key));
    }

    private static void agree(Slice turn, List<Slice> pauses) {
        String group = turn.row().replace(" (foreground)", "").replaceFirst("tabgroup-\\d+", "tab");
        assertThat(List.of(turn.name(), turn.category(), group))
                .isIn(
                        List.of("TimerFire", "TIMER", "tab/shop.example"),
                        List.of("XHRLoad", "NETWORK", "tab/ads.example"),
                        List.of("RunTask", "OTHER", "tab"));
        assertThat(turn.start()).isNotNegative();
        assertThat(turn.nanos("queueMicros")).isNotNegative();
        assertThat(turn.nanos("runMicros")).isPositive();
        assertThat(turn.nanos("pausedMicros") > 0).as("%s", turn).isEqualTo(!pauses.isEmpty());
    }

    @Test
    void runsOnPeili_areAProcessEach() throws Exception {
        Path file = folder.resolve("trace.json");
        run(file).wentWell();
        TurnTrace trace = TurnTrace.read(file);
        assertThat(trace.processes()).containsExactly("peili", "peili-alone");
        assertThat(trace.rows()).hasSize(9 + 3);
        assertThat(trace.turns().keySet())
                .noneMatch(turn -> turn.name().equals("?") || turn.row().startsWith("?"))
                .filteredOn(turn -> turn.row().endsWith("(foreground)"))
                .hasSize(2 * 258);
    }

    @Test
    void traceOfTurns_isNoRecordingOfABrowser() throws Exception {
        Path file = folder.resolve("trace.json");
        run(file, "--only=peili-alone").wentWell();
        Console.run("browser", file.toString())
                .refused(file + ": is a Chrome trace without any task of a renderer's main thread");
    }
}
