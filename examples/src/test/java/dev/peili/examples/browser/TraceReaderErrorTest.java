package dev.peili.examples.browser;

import static dev.peili.examples.Gzip.gzip;
import static dev.peili.examples.browser.TraceText.MAIN;
import static dev.peili.examples.browser.TraceText.list;
import static dev.peili.examples.browser.TraceText.readBytes;
import static dev.peili.examples.browser.TraceText.readText;
import static dev.peili.examples.browser.TraceText.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.peili.examples.RecordingException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way in which a file is no recording, told in one line that names it. */
final class TraceReaderErrorTest {
    private static final String TRACE = "{\"traceEvents\":" + list(MAIN, task(10, 5)) + "}";

    @TempDir
    private Path folder;

    private static void assertProblem(Path file, String problem) {
        assertThatThrownBy(() -> TraceReader.read(file))
                .isInstanceOf(RecordingException.class)
                .hasMessage(file + ": " + problem);
    }

    private static void assertProblem(String text, String problem) {
        assertThatThrownBy(() -> readText(text))
                .isInstanceOf(RecordingException.class)
                .hasMessage("a.json: " + problem);
    }

    private static void assertProblem(byte[] bytes, String problem) {
        assertThatThrownBy(() -> readBytes(bytes))
                .isInstanceOf(RecordingException.class)
                .hasMessage("a.json: " + problem);
    }

    @Test
    void missing() {
        assertProblem(folder.resolve("none.json"), "no such file");
    }

    @Test
    void belowAFile() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), TRACE);
        assertThatThrownBy(() -> TraceReader.read(file.resolve("none.json")))
                .isInstanceOf(RecordingException.class)
                .hasMessageStartingWith(file.resolve("none.json") + ": cannot be read");
    }

    @Test
    void directory() {
        assertProblem(folder, "is a directory");
    }

    @Test
    void withoutPermission() throws Exception {
        Path file = Files.writeString(folder.resolve("locked.json"), TRACE);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        assumeThat(Files.isReadable(file)).as("root may read everything").isFalse();
        assertProblem(file, "may not be read");
    }

    @Test
    void failingStream() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the disk\nis on fire");
            }

            @Override
            public int read(byte[] bytes, int from, int length) throws IOException {
                return read();
            }
        };
        assertThatThrownBy(() -> TraceReader.read("a.json", broken))
                .isInstanceOf(RecordingException.class)
                .hasMessage("a.json: cannot be read: the disk is on fire");
    }

    @Test
    void empty() throws Exception {
        assertProblem(Files.createFile(folder.resolve("empty.json")), "is empty");
        assertProblem(" \n", "is empty");
        assertProblem(gzip(""), "is empty");
    }

    @Test
    void truncatedGzip() {
        byte[] whole = gzip(TRACE);
        for (int length = 2; length < whole.length; length++) {
            assertProblem(Arrays.copyOf(whole, length), "is cut off: its gzip data ends early");
        }
    }

    @Test
    void damagedGzip() {
        byte[] damaged = gzip(TRACE);
        damaged[damaged.length - 6] ^= 1; // the check sum
        assertProblem(damaged, "has damaged gzip data");
    }

    @Test
    void truncatedJson() {
        assertProblem("[", "is cut off: its JSON ends early (line 1, column 2)");
        byte[] whole = TRACE.getBytes(StandardCharsets.UTF_8);
        for (int length = 1; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThat(catchThrowable(() -> readBytes(cut)))
                    .as("the first %d bytes", length)
                    .isInstanceOf(RecordingException.class)
                    .hasMessageStartingWith("a.json: is cut off: its JSON ends early (line ");
        }
    }

    @Test
    void truncatedJsonInGzip() {
        assertProblem(gzip("["), "is cut off: its JSON ends early (line 1, column 2)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"<!doctype html>", "hello", "[1,]", "{\"a\" 1}", "[\"\u0001\"]", "\u0000\u0000\u0000\u0000"})
    void notJson(String text) {
        assertThatThrownBy(() -> readText(text))
                .isInstanceOf(RecordingException.class)
                .hasMessageStartingWith("a.json: is not valid JSON")
                .hasMessageNotContaining("\n");
    }

    @Test
    void moreAfterTheEnd() {
        assertThatThrownBy(() -> readText(TRACE + "\n{}"))
                .isInstanceOf(RecordingException.class)
                .hasMessageStartingWith("a.json: is not valid JSON: more follows after its end (line ");
    }

    @Test
    void nestedTooDeeply() {
        assertThatThrownBy(() -> readText("[".repeat(5_000)))
                .isInstanceOf(RecordingException.class)
                .hasMessageStartingWith("a.json: is beyond what can be read: ")
                .hasMessageNotContaining("\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "\"trace\"",
                "null",
                "[]",
                "[1,2]",
                "{}",
                "{\"traceEvents\":7}",
                "{\"traceEvents\":[{}]}",
                "{\"log\":{\"version\":\"1.2\",\"entries\":[{\"ph\":\"X\"}]}}",
                "[{\"method\":\"Page.frameNavigated\",\"params\":{}}]"
            })
    void jsonOfAnotherKind(String text) {
        assertProblem(text, "is JSON, but not a Chrome trace");
    }

    @Test
    void traceWithoutTasks() {
        String problem = "is a Chrome trace without any task of a renderer's main thread";
        assertProblem("{\"traceEvents\":[]}", problem);
        assertProblem(list(MAIN), problem);
        assertProblem(list(task(10, 5)), problem);
    }
}
