package dev.peili.examples.browser;

import dev.peili.examples.OutputFile;
import dev.peili.examples.Screen;
import dev.peili.examples.UserException;
import java.io.BufferedOutputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** The recorded runs as a Chrome trace, packed if the file's name says so. */
final class TraceFile {
    private static final int WIDTH = 80;

    private TraceFile() {}

    static void write(OutputFile file, List<TurnRecorder.Take> takes) throws UserException {
        file.write(out -> {
            OutputStream packed = file.toString().endsWith(".gz") ? new GZIPOutputStream(out) : out;
            try (OutputStream buffered = new BufferedOutputStream(packed)) {
                ChromeTrace.write(takes, buffered);
            }
        });
    }

    /** Says what is in the file and how to open it. */
    static List<String> lines(OutputFile file) {
        return List.of(
                "",
                "Every turn on Peili, and every pause, in a row for each group:",
                Screen.end("  " + file, WIDTH),
                "To look at it, drop it on https://ui.perfetto.dev or chrome://tracing.");
    }
}
