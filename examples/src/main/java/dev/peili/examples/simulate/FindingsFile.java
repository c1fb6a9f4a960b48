package dev.peili.examples.simulate;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.peili.examples.OutputFile;
import dev.peili.examples.UserException;
import dev.peili.testkit.ScheduleFailedError;
import java.io.IOException;
import java.util.HexFormat;

/** The findings as JSON. */
final class FindingsFile {
    private static final JsonFactory JSON = new JsonFactory();

    private FindingsFile() {}

    static void write(OutputFile file, Findings findings) throws UserException {
        file.write(out -> {
            try (JsonGenerator json = JSON.createGenerator(out).useDefaultPrettyPrinter()) {
                json.writeStartObject();
                writeRace(json, findings);
                json.writeNumberField("fixedSchedules", findings.following().schedules());
                json.writeNumberField("fixedFailures", findings.fixedFailures());
                json.writeNumberField("messagesPerSecond", Math.round(findings.messagesPerSecond()));
                json.writeNumberField("schedulesPerSecond", Math.round(findings.schedulesPerSecond()));
                json.writeEndObject();
                json.writeRaw(System.lineSeparator());
            }
        });
    }

    /** Where it was not found there is nothing to say of it: null. */
    private static void writeRace(JsonGenerator json, Findings findings) throws IOException {
        if (findings.race().isPresent()) {
            ScheduleFailedError race = findings.race().get();
            json.writeNumberField("seed", race.seed());
            json.writeNumberField("schedulesUntilFound", findings.asking().schedules());
            json.writeNumberField("stepsFound", race.steps());
            json.writeStringField("traceHash", HexFormat.of().toHexDigits(race.traceHash()));
        } else {
            json.writeNullField("seed");
            json.writeNullField("schedulesUntilFound");
            json.writeNullField("stepsFound");
            json.writeNullField("traceHash");
        }
    }
}
