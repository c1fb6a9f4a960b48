package dev.peili.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad options and bad files: one line each, before anything runs. */
final class HttpChannelErrorTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"0", "3", "-1", "1.5", "two", ""})
    void processes_ofNoUse(String value) {
        Console.run("http-channel", "--processes", value)
                .refused("Invalid value for option '--processes': '" + value + "' is not a whole number from 1 to 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1000000001", "some", ""})
    void killAfter_ofNoUse(String value) {
        Console.run("http-channel", "--kill-after", value)
                .refused("Invalid value for option '--kill-after': '" + value
                        + "' is not a whole number from 1 to 1000000000");
    }

    @Test
    void killAfter_inOneProcess() {
        Console.run("http-channel", "--kill-after", "5").refused("option '--kill-after' needs '--processes 2'");
    }

    @Test
    void killAfter_withResults() {
        Path file = folder.resolve("out.json");
        Console.run("http-channel", "--processes=2", "--kill-after=5", "--json=" + file)
                .refused("option '--json' is of no use with '--kill-after': a killed process has no results");
        assertThat(file).doesNotExist();
    }

    @Test
    void killAfter_moreThanThereIs() {
        Console.run("http-channel", "--processes=2", "--kill-after=1000000")
                .refused("option '--kill-after': two-tabs.devtoolslog.json.gz has only 478 messages, not 1000000");
    }

    @Test
    void unknownOption() {
        Console.run("http-channel", "--kill").refused("Unknown option: '--kill'");
    }

    @Test
    void option_withoutValue() {
        Console.run("http-channel", "--processes").refused("Missing required parameter for option '--processes' (N)");
    }

    @Test
    void log_emptyName() {
        Console.run("http-channel", "").refused("'' is not the name of a file");
    }

    @Test
    void log_missing() {
        Path file = folder.resolve("none.json");
        Console.run("http-channel", file.toString()).refused(file + ": no such file");
    }

    @Test
    void log_ofAnotherKind() throws Exception {
        Path file = Files.writeString(folder.resolve("other.json"), "{\"traceEvents\":[]}");
        Console.run("http-channel", file.toString()).refused(file + ": is JSON, but not a DevTools protocol log");
    }

    @Test
    void json_inNoDirectory() {
        Path file = folder.resolve("none").resolve("out.json");
        Console.run("http-channel", "--json", file.toString()).refused(file + ": cannot be written: no such directory");
    }

    @Test
    void json_isALog() throws Exception {
        String entry = "[{\"method\":\"Network.requestWillBeSent\",\"params\":{\"requestId\":\"1\","
                + "\"request\":{\"url\":\"https://a.example/\"}}}]";
        Path file = Files.writeString(folder.resolve("log.json"), entry);
        Console.run("http-channel", file.toString(), "--json", file.toString())
                .refused(file + ": is a recording, and would be written over");
        assertThat(file).hasContent(entry);
    }
}
