package dev.peili.benchmarks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.peili.examples.OutputFile;
import dev.peili.examples.UserException;
import java.io.IOException;
import java.util.List;

/** The table as JSON. */
final class ResultFile {
    private ResultFile() {}

    static void write(OutputFile file, List<Outcome> outcomes) throws UserException {
        file.write(out -> {
            try (JsonGenerator json = new JsonFactory().createGenerator(out).useDefaultPrettyPrinter()) {
                json.writeStartArray();
                for (Outcome outcome : outcomes) {
                    write(json, outcome);
                }
                json.writeEndArray();
                json.writeRaw(System.lineSeparator());
            }
        });
    }

    private static void write(JsonGenerator json, Outcome outcome) throws IOException {
        Row row = outcome.row();
        json.writeStartObject();
        json.writeStringField("name", row.name());
        json.writeStringField("unit", row.unit());
        json.writeNumberField("peili", outcome.ourMedian());
        json.writeNumberField("peer", outcome.theirMedian());
        json.writeStringField("peerName", row.peer());
        json.writeNumberField("ratio", outcome.ratio());
        json.writeNumberField("ratioMin", outcome.least());
        json.writeNumberField("ratioMax", outcome.most());
        json.writeNumberField("mark", row.mark().published());
        json.writeBooleanField("met", outcome.isMet());
        json.writeEndObject();
    }
}
