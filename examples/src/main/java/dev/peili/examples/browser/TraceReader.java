package dev.peili.examples.browser;

import dev.peili.examples.RecordingException;
import dev.peili.examples.RecordingFile;
import dev.peili.examples.RecordingJson;
import java.io.InputStream;
import java.nio.file.Path;

/**
 * Reads the traces that Chrome's DevTools save, plain or packed with gzip, as recordings.
 *
 * <p>Safe from any thread. A trace is read once, as a stream; of its events only those are held that a task may be made of.
 */
public final class TraceReader {
    private TraceReader() {}

    /**
     * Reads a file.
     *
     * @param file a Chrome trace
     * @return its tasks, at least one
     * @throws RecordingException when it is not there, cannot be read to its end, or holds no task of a main thread
     */
    public static Recording read(Path file) throws RecordingException {
        return RecordingFile.read(file, TraceReader::read);
    }

    /**
     * Reads a stream to its end and leaves it open.
     *
     * @param name what messages call it
     * @param in the bytes of a Chrome trace
     * @return its tasks, at least one
     * @throws RecordingException when it cannot be read to its end, or holds no task of a main thread
     */
    public static Recording read(String name, InputStream in) throws RecordingException {
        TraceCollector collector = new TraceCollector();
        boolean trace = RecordingJson.read(name, in, json -> new TraceParser(json, collector::add).parse());
        if (!trace) {
            throw new RecordingException(name, "is JSON, but not a Chrome trace");
        }
        Recording recording = collector.recording(name);
        if (recording.tasks().isEmpty()) {
            throw new RecordingException(name, "is a Chrome trace without any task of a renderer's main thread");
        }
        return recording;
    }
}
