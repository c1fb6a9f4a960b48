package dev.peili.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad options and bad files: one line each, before anything runs. */
final class BrowserErrorTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1001", "2.5", "many", "", "99999999999999999999"})
    void background_ofNoUse(String value) {
        Console.run("browser", "--background", value)
                .refused("Invalid value for option '--background': '" + value
                        + "' is not a whole number from 1 to 1000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "0.09", "601", "NaN", "5s", "", "1e999999999"})
    void seconds_ofNoUse(String value) {
        Console.run("browser", "--seconds", value)
                .refused("Invalid value for option '--seconds': '" + value
                        + "' is not a number of seconds from 0.1 to 600");
    }

    @Test
    void only_unknownDispatcher() {
        Console.run("browser", "--only", "pekko")
                .refused("Invalid value for option '--only': 'pekko' is not one of peili, peili-alone, pekko-default,"
                        + " pekko-thread-pool, pekko-bulkhead");
    }

    @Test
    void option_withoutValue() {
        Console.run("browser", "--seconds").refused("Missing required parameter for option '--seconds' (S)");
    }

    @Test
    void option_givenTwice() {
        Console.run("browser", "--seconds", "1", "--seconds", "2")
                .refused("option '--seconds' (S) should be specified only once");
    }

    @Test
    void trace_emptyName() {
        Console.run("browser", "").refused("'' is not the name of a file");
    }

    @Test
    void trace_missing() {
        Path file = folder.resolve("none.json");
        Console.run("browser", file.toString()).refused(file + ": no such file");
    }

    @Test
    void trace_empty() throws Exception {
        Path file = Files.createFile(folder.resolve("empty.json"));
        Console.run("browser", file.toString()).refused(file + ": is empty");
    }

    @Test
    void trace_truncated() throws Exception {
        Path file = Files.writeString(folder.resolve("cut.json"), "{\"traceEvents\":[");
        Console.run("browser", file.toString()).refused(file + ": is cut off: its JSON ends early (line 1, column 17)");
    }

    @Test
    void trace_ofAnotherKind() throws Exception {
        Path file = Files.writeString(folder.resolve("other.json"), "{\"log\":{}}");
        Console.run("browser", file.toString()).refused(file + ": is JSON, but not a Chrome trace");
    }

    @Test
    void secondTrace_missing() throws Exception {
        Path file = Tiny.trace(folder);
        Path missing = folder.resolve("none.json");
        Console.run("browser", file.toString(), missing.toString()).refused(missing + ": no such file");
    }

    @Test
    void json_directory() {
        Console.run("browser", "--json", folder.toString()).refused(folder + ": cannot be written: Is a directory");
    }

    @Test
    void json_inNoDirectory() {
        Path file = folder.resolve("none").resolve("out.json");
        Console.run("browser", "--json", file.toString()).refused(file + ": cannot be written: no such directory");
    }

    @Test
    void json_wouldWriteOverTheTrace() throws Exception {
        Path file = Tiny.trace(folder);
        Console.run("browser", file.toString(), "--json", file.toString())
                .refused(file + ": is a recording, and would be written over");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pekko-default", "pekko-thread-pool", "pekko-bulkhead"})
    void traceOut_withoutARunOnPeili(String only) {
        Path file = folder.resolve("trace.json");
        Console.run("browser", "--only", only, "--trace-out", file.toString())
                .refused("option '--trace-out' is of no use with '--only " + only
                        + "': only runs on Peili give such a trace");
        assertThat(file).doesNotExist();
    }

    @Test
    void traceOut_noName() {
        Console.run("browser", "--trace-out", "")
                .refused("Invalid value for option '--trace-out': '' is not the name of a file");
    }

    @Test
    void traceOut_directory() {
        Console.run("browser", "--trace-out", folder.toString())
                .refused(folder + ": cannot be written: Is a directory");
    }

    @Test
    void traceOut_inNoDirectory() {
        Path file = folder.resolve("none").resolve("trace.json");
        Console.run("browser", "--trace-out", file.toString()).refused(file + ": cannot be written: no such directory");
    }

    @Test
    void traceOut_wouldWriteOverTheTrace() throws Exception {
        Path file = Tiny.trace(folder);
        Console.run("browser", file.toString(), "--trace-out", file.toString())
                .refused(file + ": is a recording, and would be written over");
    }

    @Test
    void traceOut_toTheFileOfTheResults() {
        Path file = folder.resolve("out.json");
        Console.run("browser", "--json", file.toString(), "--trace-out", folder + "/./out.json")
                .refused(folder + "/./out.json: cannot be written twice, once for each option");
    }
}
