package dev.peili.examples.http;

import dev.peili.actors.Site;
import dev.peili.examples.RecordingException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The text of small DevTools protocol logs, and what is read of it; "" stands for what an event does not say. */
final class LogText {
    private LogText() {}

    static String attached(String frame, String parent) {
        return event("Page.frameAttached", field("frameId", frame) + field("parentFrameId", parent));
    }

    static String navigated(String frame, String parent, String url) {
        return navigated(frame, parent, "", url);
    }

    static String navigated(String frame, String parent, String loader, String url) {
        String fields = field("id", frame) + field("parentId", parent) + field("loaderId", loader) + field("url", url);
        return event("Page.frameNavigated", "\"frame\":" + object(fields));
    }

    /** A target of a type, told of in a session, with a session of its own. */
    static String target(String type, String id, String session, String ownSession) {
        String info = field("targetId", id) + field("type", type);
        return in(
                session,
                event("Target.attachedToTarget", field("sessionId", ownSession) + "\"targetInfo\":" + object(info)));
    }

    /** The request for the document of a frame. */
    static String load(String id, String frame, String url) {
        return request(id, frame, id, "Document", url, url);
    }

    /** A request of a frame's document. */
    static String image(String id, String frame, String documentUrl) {
        return image(id, frame, "", documentUrl);
    }

    static String image(String id, String frame, String loader, String documentUrl) {
        return request(id, frame, loader, "Image", "https://cdn.example/" + id, documentUrl);
    }

    static String request(String id, String frame, String loader, String type, String url, String documentUrl) {
        return event("Network.requestWillBeSent", requestFields(id, frame, loader, type, url, documentUrl));
    }

    static String redirect(String id, String frame, String type, String url) {
        return event(
                "Network.requestWillBeSent",
                requestFields(id, frame, "", type, url, "") + ",\"redirectResponse\":{\"status\":302}");
    }

    private static String requestFields(
            String id, String frame, String loader, String type, String url, String documentUrl) {
        return field("requestId", id)
                + field("frameId", frame)
                + field("loaderId", loader)
                + field("type", type)
                + field("documentURL", documentUrl)
                + "\"request\":"
                + object(field("url", url) + "\"method\":\"GET\"");
    }

    static String response(String id, int status) {
        return event(
                "Network.responseReceived",
                field("requestId", id) + "\"response\":{\"status\":%d,\"mimeType\":\"text/html\"}".formatted(status));
    }

    static String data(String id, long length) {
        return event("Network.dataReceived", field("requestId", id) + "\"dataLength\":" + length);
    }

    static String finished(String id) {
        return event("Network.loadingFinished", field("requestId", id));
    }

    static String failed(String id) {
        return event("Network.loadingFailed", field("requestId", id) + "\"errorText\":\"net::ERR_FAILED\"");
    }

    static String event(String method, String params) {
        return "{\"method\":\"" + method + "\",\"params\":" + object(params) + "}";
    }

    /** The event, as told in a session. */
    static String in(String session, String event) {
        return session.isEmpty() ? event : "{\"sessionId\":\"" + session + "\"," + event.substring(1);
    }

    private static String object(String fields) {
        return "{" + (fields.endsWith(",") ? fields.substring(0, fields.length() - 1) : fields) + "}";
    }

    private static String field(String name, String value) {
        return value.isEmpty() ? "" : "\"" + name + "\":\"" + value + "\",";
    }

    static String list(String... events) {
        return "[" + String.join(",\n", events) + "]";
    }

    /** The script of a log, which keeps the rules for scripts. */
    static Script read(String... events) throws RecordingException {
        return readText(list(events));
    }

    static Script readText(String text) throws RecordingException {
        return readBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    static Script readBytes(byte[] bytes) throws RecordingException {
        Script script = LogReader.read("a.json", new ByteArrayInputStream(bytes));
        ScriptRules.check(script);
        return script;
    }

    /** The targets of all channels. */
    static List<Target> targets(String... events) throws RecordingException {
        return read(events).channels().stream().map(Channel::target).toList();
    }

    /** The documents that are shown. */
    static List<Step.Show> shown(Script script) {
        return script.steps().stream()
                .filter(Step.Show.class::isInstance)
                .map(Step.Show.class::cast)
                .toList();
    }

    static Target.OfDocuments documents(String tab, String site) {
        return new Target.OfDocuments(tab, Site.of(site));
    }

    static Target tab(String tab) {
        return new Target.OfTab(tab);
    }
}
