package dev.peili.examples.browser;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.peili.examples.OutputFile;
import dev.peili.examples.UserException;
import java.io.IOException;
import java.util.List;

/** The results as JSON. */
final class JsonFile {
    private static final JsonFactory JSON = new JsonFactory();

    private JsonFile() {}

    static void write(OutputFile file, List<Script> scripts, List<RunResult> results) throws UserException {
        file.write(out -> {
            try (JsonGenerator json = JSON.createGenerator(out).useDefaultPrettyPrinter()) {
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
            }
        });
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
}
