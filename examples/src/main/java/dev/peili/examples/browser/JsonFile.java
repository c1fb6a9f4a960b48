package dev.peili.examples.browser;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.peili.examples.UserException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The results as JSON, in a file that is opened before there are any, so that nobody waits for them in vain. */
final class JsonFile {
    private static final JsonFactory JSON = new JsonFactory();

    private final Path file;

    private JsonFile(Path file) {
        this.file = file;
    }

    /**
     * Makes sure that the file can be written, and leaves as it is what it holds.
     *
     * @param inputs files that it must not be
     * @throws UserException if it cannot, or is one of them
     */
    static JsonFile open(Path file, List<Path> inputs) throws UserException {
        try {
            for (Path input : inputs) {
                if (Files.exists(file) && Files.isSameFile(file, input)) {
                    throw new UserException(file + ": is a recording, and would be written over");
                }
            }
            Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)
                    .close();
        } catch (IOException e) {
            throw unwritable(file, e);
        }
        return new JsonFile(file);
    }

    void write(List<Script> scripts, List<RunResult> results) throws UserException {
        try (OutputStream out = Files.newOutputStream(file);
                JsonGenerator json = JSON.createGenerator(out).useDefaultPrettyPrinter()) {
            json.writeStartObject();
            json.writeArrayFieldStart("recordings");
            for (Script script : scripts) {
                writeRecording(json, script);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("runs");
            for (RunResult result : results) {
                writeRun(json, result);
            }
            json.writeEndArray();
            json.writeEndObject();
            json.writeRaw(System.lineSeparator());
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    private static void writeRecording(JsonGenerator json, Script script) throws IOException {
        json.writeStartObject();
        json.writeStringField("file", script.recording().name());
        json.writeNumberField("tasks", script.recording().tasks().size());
        json.writeNumberField("tabGroups", script.tabGroups());
        json.writeNumberField("docGroups", script.docGroups());
        json.writeNumberField("busyMillis", rounded(script.recording().busyMicros() / 1e3));
        json.writeEndObject();
    }

    private static void writeRun(JsonGenerator json, RunResult result) throws IOException {
        json.writeStartObject();
        json.writeStringField("dispatcher", result.dispatcher().toString());
        writeForeground(json, result.foreground());
        writeBackground(json, result.background());
        json.writeNumberField("pauses", result.pauses());
        json.writeEndObject();
    }

    private static void writeForeground(JsonGenerator json, RunResult.Foreground foreground) throws IOException {
        json.writeObjectFieldStart("foreground");
        json.writeNumberField("planned", foreground.planned());
        json.writeNumberField("run", foreground.run());
        json.writeObjectFieldStart("delayMillis");
        json.writeNumberField("p50", rounded(foreground.delayMillis().p50()));
        json.writeNumberField("p99", rounded(foreground.delayMillis().p99()));
        json.writeNumberField("max", rounded(foreground.delayMillis().max()));
        json.writeEndObject();
        json.writeNumberField("over16_7", foreground.over16_7());
        json.writeNumberField("over50", foreground.over50());
        json.writeEndObject();
    }

    /** Where there is no background there is no slowest of it: null. */
    private static void writeBackground(JsonGenerator json, RunResult.Background background) throws IOException {
        json.writeObjectFieldStart("background");
        json.writeNumberField("turns", background.turns());
        json.writeNumberField("busyMillis", rounded(background.busyMillis()));
        json.writeFieldName("slowestGroupShare");
        if (background.slowestGroupShare().isPresent()) {
            json.writeNumber(rounded(background.slowestGroupShare().getAsDouble()));
        } else {
            json.writeNull();
        }
        json.writeEndObject();
    }

    private static double rounded(double value) {
        return Math.round(value * 1e3) / 1e3;
    }

    private static UserException unwritable(Path file, IOException e) {
        return new UserException(file + ": cannot be written: " + reason(e), e);
    }

    private static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "no such directory";
        }
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        @Nullable String reason = e instanceof FileSystemException system ? system.getReason() : e.getMessage();
        return reason == null ? e.getClass().getSimpleName() : reason;
    }
}
