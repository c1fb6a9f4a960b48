package dev.peili.examples.browser;

import com.fasterxml.jackson.core.JsonParser;
import dev.peili.examples.JsonFields;
import dev.peili.examples.browser.TraceEvent.FrameReport;
import dev.peili.examples.browser.TraceEvent.ThreadId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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
    private final JsonFields json;
    private final Consumer<TraceEvent> sink;
    private boolean listed;
    private long entries;
    private long events;

    TraceParser(JsonParser json, Consumer<TraceEvent> sink) {
        this.json = new JsonFields(json);
        this.sink = sink;
    }

    /** Hands every event to the sink and goes to the end of the JSON; returns whether it was a Chrome trace at all. */
    boolean parse() throws IOException {
        if (json.isList()) {
            list();
        } else if (json.isObject()) {
            json.fields(field -> {
                if (field.equals("traceEvents") && json.isList()) {
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
        json.elements(() -> {
            entries++;
            if (json.isObject()) {
                event();
            }
        });
    }

    private void event() throws IOException {
        Draft draft = new Draft();
        json.fields(field -> {
            switch (field) {
                case "ph" -> draft.phase = json.text();
                case "name" -> draft.name = json.shared();
                case "pid" -> draft.process = json.number();
                case "tid" -> draft.thread = json.number();
                case "ts" -> draft.start = json.number();
                case "dur" -> draft.duration = json.number();
                case "tts" -> draft.cpuStart = json.number();
                case "tdur" -> draft.cpuDuration = json.number();
                case "args" -> json.fields(arg -> argument(draft, arg));
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
            case "name" -> draft.metadata = json.shared();
            case "frame" -> draft.ownFrame = json.shared();
            case "data" -> {
                FrameDraft data = new FrameDraft();
                draft.data = data;
                json.fields(inner -> {
                    switch (inner) {
                        case "type" -> draft.dispatched = json.shared();
                        case "frames" -> frames(draft);
                        default -> frameField(data, inner);
                    }
                });
            }
            case "beginData" -> {
                FrameDraft data = new FrameDraft();
                json.fields(inner -> frameField(data, inner));
                draft.beginFrame = data.frame;
            }
            default -> {}
        }
    }

    private void frames(Draft draft) throws IOException {
        json.elements(() -> {
            FrameDraft frame = new FrameDraft();
            json.fields(inner -> frameField(frame, inner));
            draft.frames.add(frame);
        });
    }

    private void frameField(FrameDraft frame, String field) throws IOException {
        switch (field) {
            case "frame" -> frame.frame = json.shared();
            case "url" -> frame.url = json.text();
            case "parent" -> frame.parent = json.shared();
            case "processId" -> frame.process = json.number();
            default -> {}
        }
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
