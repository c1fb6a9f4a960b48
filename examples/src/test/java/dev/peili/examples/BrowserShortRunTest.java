package dev.peili.examples;

import static dev.peili.examples.JsonText.list;
import static dev.peili.examples.JsonText.object;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run of a fraction of a second: what is printed and written, not how fast it was. */
final class BrowserShortRunTest {
    @TempDir
    private Path folder;

    private Console run(Path json, String only) throws Exception {
        return Console.run(
                "browser",
                Tiny.trace(folder).toString(),
                "--background=2",
                "--seconds=0.2",
                "--only=" + only,
                "--json=" + json);
    }

    @Test
    void peili_runsEveryForegroundTask() throws Exception {
        Path json = folder.resolve("out.json");
        Console console = run(json, "peili");

        console.wentWell();
        assertThat(console.out().lines()).allMatch(line -> line.length() <= 80);
        assertThat(console.out()).contains("tiny.json", "run 1 of 1: peili").doesNotContain("\r", "pekko-bulkhead");

        Map<?, ?> written = JsonText.read(json);
        assertThat(written.keySet().toString()).isEqualTo("[recordings, runs]");
        Map<?, ?> recording = object(list(written.get("recordings")).get(0));
        assertThat(recording.toString())
                .isEqualTo("{file=%s, tasks=4, tabGroups=1, docGroups=2, busyMillis=0.92}"
                        .formatted(folder.resolve("tiny.json")));
        assertThat(list(written.get("runs"))).hasSize(1);
        Map<?, ?> run = object(list(written.get("runs")).get(0));
        assertThat(run.keySet().toString()).isEqualTo("[dispatcher, foreground, background, pauses]");
        assertThat(run.get("dispatcher")).isEqualTo("peili");
        Map<?, ?> foreground = object(run.get("foreground"));
        assertThat(foreground.keySet().toString()).isEqualTo("[planned, run, delayMillis, over16_7, over50]");
        assertThat(foreground.get("planned")).isEqualTo(258);
        assertThat(foreground.get("run")).isEqualTo(258);
        assertThat(object(foreground.get("delayMillis")).keySet().toString()).isEqualTo("[p50, p99, max]");
        Map<?, ?> background = object(run.get("background"));
        assertThat(background.keySet().toString()).isEqualTo("[turns, busyMillis, slowestGroupShare]");
        assertThat(background.values()).allMatch(Number.class::isInstance);
    }

    @Test
    void alone_hasNoBackground() throws Exception {
        Path json = folder.resolve("out.json");
        run(json, "peili-alone").wentWell();

        Map<?, ?> run = object(list(JsonText.read(json).get("runs")).get(0));
        assertThat(object(run.get("background")).toString())
                .isEqualTo("{turns=0, busyMillis=0.0, slowestGroupShare=null}");
    }
}
