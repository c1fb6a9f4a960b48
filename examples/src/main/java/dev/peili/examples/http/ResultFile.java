package dev.peili.examples.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.peili.examples.OutputFile;
import dev.peili.examples.UserException;
import java.io.IOException;
import java.util.List;

/** The results as JSON. */
final class ResultFile {
    private static final JsonFactory JSON = new JsonFactory();

    private ResultFile() {}

    static void write(OutputFile file, List<Playback> playbacks) throws UserException {
        file.write(out -> {
            try (JsonGenerator json = JSON.createGenerator(out).useDefaultPrettyPrinter()) {
                json.writeStartObject();
                json.writeArrayFieldStart("files");
                for (Playback playback : playbacks) {
                    writeFile(json, playback);
                }
                json.writeEndArray();
                json.writeEndObject();
                json.writeRaw(System.lineSeparator());
            }
        });
    }

    private static void writeFile(JsonGenerator json, Playback playback) throws IOException {
        Tally all = playback.results().all();
        Counts counts = playback.results().counts();
        json.writeStartObject();
        json.writeStringField("file", playback.script().name());
        json.writeNumberField("channels", counts.channels());
        json.writeNumberField("redirects", counts.redirects());
        json.writeNumberField("tabGroups", counts.tabGroups());
        json.writeNumberField("docGroups", counts.docGroups());
        json.writeObjectFieldStart("targets");
        json.writeNumberField("docGroup", counts.targets().docGroup());
        json.writeNumberField("tabGroup", counts.targets().tabGroup());
        json.writeNumberField("none", counts.targets().none());
        json.writeEndObject();
        json.writeNumberField("messages", playback.sent());
        json.writeNumberField("delivered", all.messages());
        json.writeNumberField("misrouted", all.misrouted());
        json.writeNumberField("outOfOrder", all.outOfOrder());
        json.writeEndObject();
    }
}
