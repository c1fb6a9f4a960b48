package dev.peili.examples.browser;

import dev.peili.examples.RecordingException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;

/** The text of small Chrome traces; events are on process 1, thread 1 unless they say otherwise. */
final class TraceText {
    /** Names thread 1 of process 1 a renderer's main thread. */
    static final String MAIN = mainThread(1, 1);

    private TraceText() {}

    static String mainThread(int pid, int tid) {
        return event("M", "thread_name", pid, tid, "\"ts\":0,\"args\":{\"name\":\"CrRendererMain\"}");
    }

    static String task(long ts, long dur) {
        return x("RunTask", ts, dur, "{}");
    }

    static String x(String name, long ts, long dur, String args) {
        return event("X", name, 1, 1, "\"ts\":%d,\"dur\":%d,\"args\":%s".formatted(ts, dur, args));
    }

    /** An interval with the time that its thread had a processor. */
    static String onCpu(String name, long ts, long dur, String tdur) {
        return event("X", name, 1, 1, "\"ts\":%d,\"dur\":%d,\"tts\":7,\"tdur\":%s".formatted(ts, dur, tdur));
    }

    /** Half an interval with the clock of its thread. */
    static String halfOnCpu(String phase, String name, long ts, long tts) {
        return event(phase, name, 1, 1, "\"ts\":%d,\"tts\":%d".formatted(ts, tts));
    }

    static String at(String phase, String name, long ts, String args) {
        return event(phase, name, 1, 1, "\"ts\":%d,\"args\":%s".formatted(ts, args));
    }

    static String event(String phase, String name, int pid, int tid, String rest) {
        return "{\"pid\":%d,\"tid\":%d,\"ph\":\"%s\",\"name\":\"%s\",%s}".formatted(pid, tid, phase, name, rest);
    }

    /** Arguments of an event that belongs to a frame. */
    static String frame(String id) {
        return "{\"data\":{\"frame\":\"%s\"}}".formatted(id);
    }

    /** A frame as the browser process reports it; a parent of "" is none. */
    static String committed(long ts, String id, String parent, int process, String url) {
        String up = parent.isEmpty() ? "" : "\"parent\":\"%s\",".formatted(parent);
        return event(
                "I",
                "FrameCommittedInBrowser",
                99,
                99,
                "\"ts\":%d,\"args\":{\"data\":{\"frame\":\"%s\",%s\"processId\":%d,\"url\":\"%s\"}}"
                        .formatted(ts, id, up, process, url));
    }

    static String list(String... events) {
        return "[" + String.join(",\n", events) + "]";
    }

    static Recording read(String... events) throws RecordingException {
        return readText(list(events));
    }

    static Recording readText(String text) throws RecordingException {
        return readBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    static Recording readBytes(byte[] bytes) throws RecordingException {
        return TraceReader.read("a.json", new ByteArrayInputStream(bytes));
    }
}
