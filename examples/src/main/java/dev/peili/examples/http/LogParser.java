package dev.peili.examples.http;

import com.fasterxml.jackson.core.JsonParser;
import dev.peili.examples.JsonFields;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Reads the JSON of a DevTools protocol log event by event.
 *
 * <p>A log is a list of {@code {method, params, sessionId}}. Some tools nest each of them as {@code message} in an object of
 * theirs, once or twice, and the driver of Chrome as JSON within a string. What is not needed here is skipped unread.
 */
final class LogParser {
    /** How many objects an event may be nested in. */
    private static final int DEEPEST = 3;

    private final JsonFields json;
    private final Consumer<LogEvent> sink;
    private boolean log;
    private long foreign;
    private long incomplete;

    LogParser(JsonParser json, Consumer<LogEvent> sink) {
        this.json = new JsonFields(json);
        this.sink = sink;
    }

    /** Hands every event to the sink and goes to the end of the JSON. */
    LogParser parse() throws IOException {
        json.elements(this::entry);
        return this;
    }

    /** Whether it was a log at all. */
    boolean isLog() {
        return log;
    }

    /** How many entries were no events. */
    long foreign() {
        return foreign;
    }

    /** How many events lacked what they should say. */
    long incomplete() {
        return incomplete;
    }

    private void entry() throws IOException {
        EventDraft draft = new EventDraft();
        message(json, draft, 0);
        if (!draft.isEvent()) {
            foreign++;
            return;
        }
        log = true;
        if (draft.isWanted()) {
            Optional<LogEvent> event = draft.event();
            event.ifPresentOrElse(sink, () -> incomplete++);
        }
    }

    private static void message(JsonFields json, EventDraft draft, int depth) throws IOException {
        if (depth > DEEPEST) {
            return;
        }
        json.inText(inner -> message(inner, draft, depth + 1));
        json.fields(field -> {
            switch (field) {
                case "message" -> message(json, draft, depth + 1);
                case "method" -> draft.method = json.shared();
                case "sessionId" -> draft.session = json.shared();
                case "params" -> json.fields(parameter -> parameter(json, draft, parameter));
                default -> {}
            }
        });
    }

    private static void parameter(JsonFields json, EventDraft draft, String parameter) throws IOException {
        switch (parameter) {
            case "requestId" -> draft.request = json.shared();
            case "frameId" -> draft.frame = json.shared();
            case "parentFrameId" -> draft.parent = json.shared();
            case "loaderId" -> draft.loader = json.shared();
            case "documentURL" -> draft.documentUrl = json.shared();
            case "type" -> draft.type = json.shared();
            case "dataLength" -> draft.length = json.number();
            case "errorText" -> draft.error = json.shared();
            case "sessionId" -> draft.ownSession = json.shared();
            case "frame" -> json.fields(field -> frame(json, draft, field));
            case "targetInfo" -> json.fields(field -> target(json, draft, field));
            case "request" ->
                json.fields(field -> {
                    if (field.equals("url")) {
                        draft.url = json.text();
                    }
                });
            case "response", "redirectResponse" -> response(json, draft, parameter);
            default -> {}
        }
    }

    private static void response(JsonFields json, EventDraft draft, String parameter) throws IOException {
        draft.redirected |= parameter.equals("redirectResponse") && json.isObject();
        json.fields(field -> {
            switch (field) {
                case "status" -> draft.status = json.number();
                case "mimeType" -> draft.mimeType = json.shared();
                default -> {}
            }
        });
    }

    private static void frame(JsonFields json, EventDraft draft, String field) throws IOException {
        switch (field) {
            case "id" -> draft.frame = json.shared();
            case "parentId" -> draft.parent = json.shared();
            case "loaderId" -> draft.loader = json.shared();
            case "url" -> draft.url = json.text();
            default -> {}
        }
    }

    private static void target(JsonFields json, EventDraft draft, String field) throws IOException {
        switch (field) {
            case "targetId" -> draft.frame = json.shared();
            case "parentFrameId" -> draft.parent = json.shared();
            case "type" -> draft.type = json.shared();
            default -> {}
        }
    }

    /** What has been read of an event so far: the fields come in any order, and each says the same wherever it is. */
    private static final class EventDraft {
        private static final long LARGEST_STATUS = 999;

        private Optional<String> method = Optional.empty();
        private Optional<String> session = Optional.empty();
        private Optional<String> ownSession = Optional.empty();
        private Optional<String> request = Optional.empty();
        private Optional<String> frame = Optional.empty();
        private Optional<String> parent = Optional.empty();
        private Optional<String> loader = Optional.empty();
        private Optional<String> documentUrl = Optional.empty();
        private Optional<String> url = Optional.empty();
        private Optional<String> type = Optional.empty();
        private Optional<String> mimeType = Optional.empty();
        private Optional<String> error = Optional.empty();
        private OptionalLong status = OptionalLong.empty();
        private OptionalLong length = OptionalLong.empty();
        private boolean redirected;

        /** Events are called by their domain and name. */
        private boolean isEvent() {
            return method.filter(name -> name.indexOf('.') > 0).isPresent();
        }

        private boolean isWanted() {
            return switch (method.orElseThrow()) {
                case "Page.frameAttached",
                        "Page.frameNavigated",
                        "Network.requestWillBeSent",
                        "Network.responseReceived",
                        "Network.dataReceived",
                        "Network.loadingFinished",
                        "Network.loadingFailed" -> true;
                // Workers have no frame.
                case "Target.attachedToTarget" ->
                    type.isEmpty() || isTab() || type.get().equals("iframe");
                default -> false;
            };
        }

        private boolean isTab() {
            return type.filter("page"::equals).isPresent();
        }

        private Optional<LogEvent> event() {
            return switch (method.orElseThrow()) {
                case "Page.frameAttached" ->
                    frame.flatMap(id -> parent.map(above -> new LogEvent.FrameAttached(id, above)));
                case "Page.frameNavigated" ->
                    frame.map(id -> new LogEvent.FrameNavigated(id, parent, loader, url, session));
                case "Target.attachedToTarget" ->
                    frame.filter(id -> type.isPresent())
                            .map(id -> new LogEvent.TargetAttached(id, isTab(), parent, ownSession, session));
                case "Network.requestWillBeSent" -> request.flatMap(this::sent);
                default -> request.flatMap(id -> message().map(message -> new LogEvent.Answered(id, message)));
            };
        }

        private Optional<LogEvent> sent(String id) {
            // The id of a document's request is that of the document, wherever the type is missing.
            boolean document = type.map("Document"::equals)
                    .orElse(loader.filter(id::equals).isPresent());
            return url.map(asked -> new LogEvent.RequestSent(
                    id,
                    frame,
                    loader,
                    documentUrl,
                    asked,
                    type.orElse("Other"),
                    document,
                    redirected ? Optional.of(new Message.Redirect(status().orElse(0), asked)) : Optional.empty(),
                    session));
        }

        private Optional<Message> message() {
            return switch (method.orElseThrow()) {
                case "Network.responseReceived" ->
                    status().map(code -> new Message.Response(code, mimeType.orElse("")));
                case "Network.dataReceived" ->
                    length.isPresent() && length.getAsLong() >= 0
                            ? Optional.of(new Message.Data(length.getAsLong()))
                            : Optional.empty();
                case "Network.loadingFinished" -> Optional.of(new Message.Finish());
                default -> Optional.of(new Message.Fail(error.orElse("")));
            };
        }

        private Optional<Integer> status() {
            return status.isPresent() && status.getAsLong() >= 0 && status.getAsLong() <= LARGEST_STATUS
                    ? Optional.of((int) status.getAsLong())
                    : Optional.empty();
        }
    }
}
