package dev.peili.examples.browser;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.peili.examples.browser.TraceEvent.FrameReport;
import dev.peili.examples.browser.TraceEvent.ThreadId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Reads the JSON of a Chrome trace event by event, so that no more than one is held at a time.
 *
 * <p>A trace is a list of events, or an object with such a list as {@code traceEvents}. What an event has beside the few
 * fields needed here is skipped unread: it may be large.
 */
final class TraceParser {
    /** Beyond this a JSON number is not exact, and not a time. */
    private static final long LARGEST = 1L << 53;

    private final JsonParser json;
    private final Consumer<TraceEvent> sink;
    private final Map<String, String> strings = new HashMap<>();
    private boolean listed;
    private long entries;
    private long events;

    TraceParser(JsonParser json, Consumer<TraceEvent> sink) {
        this.json = json;
        this.sink = sink;
    }

    /** Hands every event to the sink and goes to the end of the JSON; returns whether it was a Chrome trace at all. */
    boolean parse() throws IOException {
        if (json.currentToken() == JsonToken.START_ARRAY) {
            list();
        } else if (json.currentToken() == JsonToken.START_OBJECT) {
            fields(field -> {
                if (field.equals("traceEvents") && json.currentToken() == JsonToken.START_ARRAY) {
                    list();
                }
            });
            // Without events it is still a trace, only an empty one.
            return listed && (events > 0 || entries == 0);
        }
        return events > 0;
    }

    private void list() throws IOException {
        listed = true;
        while (json.nextToken() != JsonToken.END_ARRAY) {
            entries++;
            if (json.currentToken() == JsonToken.START_OBJECT) {
                event();
            }
            skipRest();
        }
    }

    private void event() throws IOException {
        Draft draft = new Draft();
        fields(field -> {
            switch (field) {
                case "ph" -> draft.phase = text();
                case "name" -> draft.name = shared();
                case "pid" -> draft.process = number();
                case "tid" -> draft.thread = number();
                case "ts" -> draft.start = number();
                case "dur" -> draft.duration = number();
                case "tts" -> draft.cpuStart = number();
                case "tdur" -> draft.cpuDuration = number();
                case "args" -> fields(arg -> argument(draft, arg));
                default -> {}
            }
        });
        if (draft.phase.filter(phase -> phase.length() == 1).isPresent()) {
            events++;
            draft.event().ifPresent(sink);
        }
    }

    private void argument(Draft draft, String field) throws IOException {
        switch (field) {
            case "name" -> draft.metadata = shared();
            case "frame" -> draft.ownFrame = shared();
            case "data" -> {
                FrameDraft data = new FrameDraft();
                draft.data = data;
                fields(inner -> {
                    switch (inner) {
                        case "type" -> draft.dispatched = shared();
                        case "frames" -> frames(draft);
                        default -> frameField(data, inner);
                    }
                });
            }
            case "beginData" -> {
                FrameDraft data = new FrameDraft();
                fields(inner -> frameField(data, inner));
                draft.beginFrame = data.frame;
            }
            default -> {}
        }
    }

    private void frames(Draft draft) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            return;
        }
        while (json.nextToken() != JsonToken.END_ARRAY) {
            FrameDraft frame = new FrameDraft();
            fields(inner -> frameField(frame, inner));
            draft.frames.add(frame);
            skipRest();
        }
    }

    private void frameField(FrameDraft frame, String field) throws IOException {
        switch (field) {
            case "frame" -> frame.frame = shared();
            case "url" -> frame.url = text();
            case "parent" -> frame.parent = shared();
            case "processId" -> frame.process = number();
            default -> {}
        }
    }

    /** Takes what it wants of the value that the parser stands on; the rest of the value is skipped. */
    private interface FieldReader {
        void read(String field) throws IOException;
    }

    /** Goes through the fields of the object that the parser stands on; does nothing on anything else. */
    private void fields(FieldReader reader) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            return;
        }
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String field = json.currentName();
            json.nextToken();
            reader.read(field);
            skipRest();
        }
    }

    private void skipRest() throws IOException {
        if (json.currentToken().isStructStart()) {
            json.skipChildren();
        }
    }

    private Optional<String> text() throws IOException {
        return json.currentToken() == JsonToken.VALUE_STRING ? Optional.of(json.getText()) : Optional.empty();
    }

    /** A string of which a trace has many copies; the parser keeps one. */
    private Optional<String> shared() throws IOException {
        return text().filter(text -> !text.isEmpty()).map(text -> strings.computeIfAbsent(text, same -> same));
    }

    private OptionalLong number() throws IOException {
        if (!json.currentToken().isNumeric()) {
            return OptionalLong.empty();
        }
        double value = json.getDoubleValue();
        return Math.abs(value) <= LARGEST ? OptionalLong.of(Math.round(value)) : OptionalLong.empty();
    }

    /** What has been read of a frame so far. */
    private static final class FrameDraft {
        private Optional<String> frame = Optional.empty();
        private Optional<String> url = Optional.empty();
        private Optional<String> parent = Optional.empty();
        private OptionalLong process = OptionalLong.empty();

        private Optional<FrameReport> report() {
            return frame.map(id -> new FrameReport(id, url.filter(text -> !text.isEmpty()), parent, process));
        }
    }

    /** What has been read of an event so far: the fields come in any order. */
    private static final class Draft {
        private Optional<String> phase = Optional.empty();
        private Optional<String> name = Optional.empty();
        private OptionalLong process = OptionalLong.empty();
        private OptionalLong thread = OptionalLong.empty();
        private OptionalLong start = OptionalLong.empty();
        private OptionalLong duration = OptionalLong.empty();
        private OptionalLong cpuStart = OptionalLong.empty();
        private OptionalLong cpuDuration = OptionalLong.empty();
        private Optional<String> metadata = Optional.empty();
        private Optional<String> ownFrame = Optional.empty();
        private Optional<String> beginFrame = Optional.empty();
        private Optional<String> dispatched = Optional.empty();
        private FrameDraft data = new FrameDraft();
        private final List<FrameDraft> frames = new ArrayList<>();

        /** The event; empty when it lacks a place, or a time that it should have. */
        private Optional<TraceEvent> event() {
            char letter = phase.orElseThrow().charAt(0);
            if (process.isEmpty() || thread.isEmpty() || (start.isEmpty() && letter != 'M')) {
                return Optional.empty();
            }
            return Optional.of(new TraceEvent(
                    letter,
                    name.orElse(""),
                    new ThreadId(process.getAsLong(), thread.getAsLong()),
                    start.orElse(0),
                    Math.max(0, duration.orElse(0)),
                    cpuStart,
                    cpuDuration,
                    data.frame.or(() -> beginFrame).or(() -> ownFrame),
                    dispatched,
                    metadata,
                    reports()));
        }

        private List<FrameReport> reports() {
            return switch (name.orElse("")) {
                case "TracingStartedInBrowser" ->
                    frames.stream()
                            .map(FrameDraft::report)
                            .flatMap(Optional::stream)
                            .toList();
                case "CommitLoad" -> {
                    // The renderer commits in the process that it runs in, and does not say which.
                    data.process = process;
                    yield data.report().stream().toList();
                }
                case "FrameCommittedInBrowser", "ProcessReadyInBrowser" ->
                    data.report().stream().toList();
                default -> List.of();
            };
        }
    }
}
