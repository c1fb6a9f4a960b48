package dev.peili.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program, as a user starts it. */
final class BrowserIT {
    @TempDir
    private Path folder;

    private Console java(String... args) throws Exception {
        return Jar.run(folder, args);
    }

    @Test
    void everyDispatcher_onTheShippedRecording() throws Exception {
        Path json = folder.resolve("out.json");
        Path trace = folder.resolve("trace.json.gz");
        Console console =
                java("browser", "--seconds", "0.3", "--json", json.toString(), "--trace-out", trace.toString());

        console.wentWell();
        assertThat(console.out())
                .contains("first-light.trace.json.gz", "peili ", "peili-alone ", "pekko-default ")
                .contains("pekko-thread-pool ", "pekko-bulkhead ", "Foreground p99: ")
                .doesNotContain("\r");
        assertThat(console.out().lines()).allMatch(line -> line.length() <= 80);
        assertThat(JsonText.list(JsonText.read(json).get("runs")))
                .extracting(run -> JsonText.object(run).get("dispatcher"))
                .isEqualTo(List.of("peili", "peili-alone", "pekko-default", "pekko-thread-pool", "pekko-bulkhead"));
        assertThat(TurnTrace.read(trace).processes()).containsExactly("peili", "peili-alone");
    }

    @Test
    void version_isThatOfTheBuild() throws Exception {
        Console console = java("--version");
        console.wentWell();
        assertThat(console.out()).matches("peili-examples \\d+\\.\\d+\\.\\d+\\S*\\R");
    }

    @Test
    void badOption_isOneLine() throws Exception {
        java("browser", "--seconds", "soon")
                .refused("Invalid value for option '--seconds': 'soon' is not a number of seconds from 0.1 to 600");
    }

    @Test
    void missingTrace_isOneLine() throws Exception {
        java("browser", "none.json").refused("none.json: no such file");
    }
}
