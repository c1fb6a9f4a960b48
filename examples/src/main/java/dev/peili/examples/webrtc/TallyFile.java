package dev.peili.examples.webrtc;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.peili.examples.OutputFile;
import dev.peili.examples.UserException;
import java.io.IOException;

/** The results as JSON. */
final class TallyFile {
    private static final JsonFactory JSON = new JsonFactory();

    private TallyFile() {}

    static void write(OutputFile file, int rounds, Tallies tallies) throws UserException {
        file.write(out -> {
            try (JsonGenerator json = JSON.createGenerator(out).useDefaultPrettyPrinter()) {
                json.writeStartObject();
                json.writeNumberField("rounds", rounds);
                json.writeArrayFieldStart("modes");
                for (Mode mode : Mode.values()) {
                    writeMode(json, mode, tallies.of(mode));
                }
                json.writeEndArray();
                json.writeEndObject();
                json.writeRaw(System.lineSeparator());
            }
        });
    }

    private static void writeMode(JsonGenerator json, Mode mode, Tally tally) throws IOException {
        json.writeStartObject();
        json.writeStringField("mode", mode.toString());
        json.writeNumberField("racesSeen", tally.races());
        json.writeNumberField("messagesPerConnect", rounded(tally.messagesPerConnect()));
        json.writeObjectFieldStart("connectMicros");
        json.writeNumberField("p50", rounded(tally.connectMicros(50)));
        json.writeNumberField("p99", rounded(tally.connectMicros(99)));
        json.writeEndObject();
        json.writeNumberField("updatesSent", tally.updatesSent());
        json.writeNumberField("updatesConflated", tally.updatesConflated());
        json.writeEndObject();
    }

    private static double rounded(double value) {
        return Math.round(value * 1e3) / 1e3;
    }
}
