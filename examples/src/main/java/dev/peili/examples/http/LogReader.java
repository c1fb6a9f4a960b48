package dev.peili.examples.http;

import dev.peili.examples.RecordingException;
import dev.peili.examples.RecordingFile;
import dev.peili.examples.RecordingJson;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads DevTools protocol logs, plain or packed with gzip, as scripts.
 *
 * <p>Safe from any thread. A log is read once, as a stream; of its events only those are held that say something about a
 * frame or a request.
 */
final class LogReader {
    private LogReader() {}

    /**
     * Reads a file.
     *
     * @throws RecordingException when it is not there, cannot be read to its end, or holds no request
     */
    static Script read(Path file) throws RecordingException {
        return RecordingFile.read(file, LogReader::read);
    }

    /**
     * Reads a stream to its end and leaves it open.
     *
     * @param name what messages call it
     * @throws RecordingException when it cannot be read to its end, or holds no request
     */
    static Script read(String name, InputStream in) throws RecordingException {
        List<LogEvent> events = new ArrayList<>();
        LogParser parser = RecordingJson.read(name, in, json -> new LogParser(json, events::add).parse());
        if (!parser.isLog()) {
            throw new RecordingException(name, "is JSON, but not a DevTools protocol log");
        }
        FrameTree frames = new FrameTree();
        events.forEach(frames::add);
        ScriptWriter writer = new ScriptWriter(frames);
        events.forEach(writer::add);
        Script script = writer.script(name, parser.foreign(), parser.incomplete());
        if (script.channels().isEmpty()) {
            throw new RecordingException(name, "is a DevTools protocol log without any request");
        }
        return script;
    }
}
