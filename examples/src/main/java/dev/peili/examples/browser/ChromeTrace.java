package dev.peili.examples.browser;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import jdk.jfr.consumer.RecordedEvent;

/**
 * Recorded runs in the format that Perfetto and chrome://tracing open: a process for each run and in it a row, which is a
 * thread there, for each group, foreground first.
 *
 * <p>A turn is a complete event ("X") by the task's name, with the category as its category. Its pauses lie on it, named
 * "paused"; what ran meanwhile is in the row of its own group. Times are microseconds from the run's first turn. The format
 * is Google's "Trace Event Format".
 */
final class ChromeTrace {
    private static final JsonFactory JSON = new JsonFactory();
    /** Far apart, because viewers take threads of the same number in two processes for one. */
    private static final int PROCESSES_APART = 10_000;

    private final JsonGenerator json;
    private int process;

    private ChromeTrace(JsonGenerator json) {
        this.json = json;
    }

    static void write(List<TurnRecorder.Take> takes, OutputStream out) throws IOException {
        DefaultPrettyPrinter onePerLine = new DefaultPrettyPrinter();
        onePerLine.indentArraysWith(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE);
        onePerLine.indentObjectsWith(DefaultPrettyPrinter.NopIndenter.instance);
        try (JsonGenerator json = JSON.createGenerator(out).setPrettyPrinter(onePerLine)) {
            json.writeStartObject();
            json.writeStringField("displayTimeUnit", "ms");
            json.writeArrayFieldStart("traceEvents");
            ChromeTrace trace = new ChromeTrace(json);
            for (TurnRecorder.Take take : takes) {
                trace.write(take);
            }
            json.writeEndArray();
            json.writeEndObject();
            json.writeRaw(System.lineSeparator());
        }
    }

    private void write(TurnRecorder.Take take) throws IOException {
        process += PROCESSES_APART;
        metadata("process_name", process, take.contender().toString());
        sortIndex("process_sort_index", process);
        Set<String> used = new TreeSet<>();
        Instant[] first = {Instant.MAX};
        take.forEach(event -> {
            used.add(group(event));
            first[0] = event.getStartTime().isBefore(first[0]) ? event.getStartTime() : first[0];
        });
        Map<String, Integer> rows = rows(take.groups(), used);
        take.forEach(event -> slice(event, Objects.requireNonNull(rows.get(group(event))), first[0]));
    }

    /** Begins a row for each group that has turns, and returns their numbers. */
    private Map<String, Integer> rows(List<Stage.Group> groups, Set<String> used) throws IOException {
        Map<String, Integer> rows = new HashMap<>();
        for (boolean foreground : new boolean[] {true, false}) {
            for (Stage.Group group : groups) {
                if (group.foreground() == foreground && used.contains(group.name())) {
                    row(rows, group.name(), group.name() + (foreground ? " (foreground)" : ""));
                }
            }
        }
        for (String group : used) {
            if (!rows.containsKey(group)) {
                row(rows, group, group);
            }
        }
        return rows;
    }

    private void row(Map<String, Integer> rows, String group, String title) throws IOException {
        int row = process + 1 + rows.size();
        rows.put(group, row);
        metadata("thread_name", row, title);
        sortIndex("thread_sort_index", row);
    }

    private void metadata(String name, int thread, String value) throws IOException {
        begin("M", name, thread);
        json.writeObjectFieldStart("args");
        json.writeStringField("name", value);
        json.writeEndObject();
        json.writeEndObject();
    }

    private void sortIndex(String name, int thread) throws IOException {
        begin("M", name, thread);
        json.writeObjectFieldStart("args");
        json.writeNumberField("sort_index", thread);
        json.writeEndObject();
        json.writeEndObject();
    }

    private void slice(RecordedEvent event, int row, Instant start) throws IOException {
        boolean pause = event.getEventType().getName().equals(TurnRecorder.PAUSE);
        begin("X", pause ? "paused" : string(event, "name"), row);
        json.writeStringField("cat", pause ? "pause" : string(event, "category"));
        json.writeNumberField(
                "ts", micros(Duration.between(start, event.getStartTime()).toNanos()));
        json.writeNumberField("dur", micros(event.getDuration().toNanos()));
        json.writeObjectFieldStart("args");
        if (pause) {
            json.writeStringField("how", string(event, "how"));
        } else {
            json.writeNumberField("queueMicros", micros(event.getLong("queueTime")));
            json.writeNumberField("runMicros", micros(event.getLong("runTime")));
            json.writeNumberField("pausedMicros", micros(event.getLong("pausedTime")));
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static String group(RecordedEvent event) {
        return string(event, "group");
    }

    /** Flight Recorder may lose a string; a turn without its name is still one. */
    private static String string(RecordedEvent event, String field) {
        return Objects.requireNonNullElse(event.getString(field), "?");
    }

    private void begin(String phase, String name, int thread) throws IOException {
        json.writeStartObject();
        json.writeStringField("ph", phase);
        json.writeStringField("name", name);
        json.writeNumberField("pid", process);
        json.writeNumberField("tid", thread);
    }

    private static BigDecimal micros(long nanos) {
        return BigDecimal.valueOf(nanos, 3);
    }
}
