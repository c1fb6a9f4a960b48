package dev.peili.examples.http;

import static dev.peili.examples.Gzip.gzip;
import static dev.peili.examples.http.LogText.data;
import static dev.peili.examples.http.LogText.list;
import static dev.peili.examples.http.LogText.load;
import static dev.peili.examples.http.LogText.navigated;
import static dev.peili.examples.http.LogText.readBytes;
import static dev.peili.examples.http.LogText.readText;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.peili.examples.RecordingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way in which a file is no log, told in one line that names it. */
final class LogReaderErrorTest {
    private static final String LOG = list(load("1", "T", "https://www.shop.example/"), data("1", 5));

    @TempDir
    private Path folder;

    private static void assertProblem(Path file, String problem) {
        assertThatThrownBy(() -> LogReader.read(file))
                .isInstanceOf(RecordingException.class)
                .hasMessage(file + ": " + problem);
    }

    private static void assertProblem(byte[] bytes, String problem) {
        assertThatThrownBy(() -> readBytes(bytes))
                .isInstanceOf(RecordingException.class)
                .hasMessage("a.json: " + problem);
    }

    private static void assertProblem(String text, String problem) {
        assertProblem(text.getBytes(StandardCharsets.UTF_8), problem);
    }

    @Test
    void file_thatIsNone() throws Exception {
        assertProblem(folder.resolve("none.json"), "no such file");
        assertProblem(folder, "is a directory");
        assertProblem(Files.createFile(folder.resolve("empty.json")), "is empty");
    }

    @Test
    void empty() {
        assertProblem(" \n", "is empty");
        assertProblem(gzip(""), "is empty");
    }

    @Test
    void gzip_cutOffOrDamaged() {
        byte[] whole = gzip(LOG);
        for (int length = 2; length < whole.length; length++) {
            assertProblem(Arrays.copyOf(whole, length), "is cut off: its gzip data ends early");
        }
        whole[whole.length - 6] ^= 1; // the check sum
        assertProblem(whole, "has damaged gzip data");
    }

    @Test
    void json_cutOff() {
        byte[] whole = LOG.getBytes(StandardCharsets.UTF_8);
        for (int length = 1; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThat(catchThrowable(() -> readBytes(cut)))
                    .as("the first %d bytes", length)
                    .isInstanceOf(RecordingException.class)
                    .hasMessageStartingWith("a.json: is cut off: its JSON ends early (line ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"<!doctype html>", "hello", "[1,]", "{\"a\" 1}", "[{\"method\":\"a.b\"}]]"})
    void notJson(String text) {
        assertThatThrownBy(() -> readText(text))
                .isInstanceOf(RecordingException.class)
                .hasMessageStartingWith("a.json: is not valid JSON")
                .hasMessageNotContaining("\n");
    }

    @Test
    void nestedTooDeeply() {
        assertThatThrownBy(() -> readText("[" + "{\"message\":".repeat(5_000)))
                .isInstanceOf(RecordingException.class)
                .hasMessageStartingWith("a.json: is beyond what can be read: ")
                .hasMessageNotContaining("\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "\"log\"",
                "null",
                "[]",
                "{}",
                "[1,{}]",
                "[{\"method\":\"GET\"}]",
                "{\"log\":{\"version\":\"1.2\",\"entries\":[]}}",
                "{\"method\":\"Page.frameNavigated\",\"params\":{}}",
                "{\"traceEvents\":[]}",
                "[{\"ph\":\"X\",\"name\":\"RunTask\",\"pid\":1,\"tid\":1,\"ts\":1,\"dur\":1}]"
            })
    void jsonOfAnotherKind(String text) {
        assertProblem(text, "is JSON, but not a DevTools protocol log");
    }

    @Test
    void logWithoutRequests() {
        String problem = "is a DevTools protocol log without any request";
        assertProblem(list(navigated("T", "", "https://www.shop.example/")), problem);
        assertProblem(list(data("1", 5)), problem);
    }

    @Test
    void damagedAnywhere_isReadOrRefused() {
        byte[] whole = LOG.getBytes(StandardCharsets.UTF_8);
        int refused = 0;
        for (int seed = 0; seed < 5_000; seed++) {
            Random random = new Random(seed);
            byte[] damaged = whole.clone();
            for (int i = random.nextInt(3); i >= 0; i--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            Throwable thrown = catchThrowable(() -> readBytes(damaged));
            if (thrown != null) {
                refused++;
                assertThat(thrown)
                        .as("seed %d", seed)
                        .isInstanceOf(RecordingException.class)
                        .hasMessageStartingWith("a.json: ")
                        .hasMessageNotContaining("\n");
            }
        }
        assertThat(refused).isBetween(1_000, 4_999);
    }
}
