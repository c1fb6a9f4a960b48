package dev.peili.examples.desk;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.peili.examples.OutputFile;
import dev.peili.examples.UserException;
import java.io.IOException;

/**
 * The outcomes as JSON: {@code turns}; {@code viewers}, each with {@code viewer}, {@code slow}, {@code rendered}, {@code
 * skipped}, {@code mixed} and {@code lastTurn}; and for {@code mirrors} and {@code messages} each {@code turns}, {@code
 * turnsPerSecond}, {@code mostWaiting} and {@code heapGrowthBytes}.
 */
final class OutcomeFile {
    private static final JsonFactory JSON = new JsonFactory();

    private OutcomeFile() {}

    static void write(OutputFile file, Outcome mirrors, Outcome messages) throws UserException {
        file.write(out -> {
            try (JsonGenerator json = JSON.createGenerator(out).useDefaultPrettyPrinter()) {
                json.writeStartObject();
                json.writeNumberField("turns", mirrors.turns());
                json.writeArrayFieldStart("viewers");
                for (Lines viewer : mirrors.viewers()) {
                    writeViewer(json, mirrors, viewer);
                }
                json.writeEndArray();
                writeWay(json, "mirrors", mirrors);
                writeWay(json, "messages", messages);
                json.writeEndObject();
                json.writeRaw(System.lineSeparator());
            }
        });
    }

    private static void writeViewer(JsonGenerator json, Outcome outcome, Lines viewer) throws IOException {
        json.writeStartObject();
        json.writeStringField("viewer", viewer.viewer());
        json.writeBooleanField("slow", viewer.slow());
        json.writeNumberField("rendered", viewer.rendered());
        json.writeNumberField("skipped", Report.skipped(outcome, viewer));
        json.writeNumberField("mixed", viewer.mixed());
        json.writeNumberField("lastTurn", viewer.last().turn());
        json.writeEndObject();
    }

    private static void writeWay(JsonGenerator json, String way, Outcome outcome) throws IOException {
        json.writeObjectFieldStart(way);
        json.writeNumberField("turns", outcome.turns());
        json.writeNumberField("turnsPerSecond", Math.round(outcome.turnsPerSecond()));
        json.writeNumberField("mostWaiting", outcome.mostWaiting());
        json.writeNumberField("heapGrowthBytes", outcome.heapGrowth());
        json.writeEndObject();
    }
}
