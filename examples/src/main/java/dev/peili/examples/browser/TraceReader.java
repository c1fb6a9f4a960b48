package dev.peili.examples.browser;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.BufferedInputStream;
import java.io.CharConversionException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the traces that Chrome's DevTools save, plain or packed with gzip, as recordings.
 *
 * <p>Safe from any thread. A trace is read once, as a stream; of its events only those are held that a task may be made of.
 */
public final class TraceReader {
    /** Streams are closed by those who opened them. */
    private static final JsonFactory JSON =
            JsonFactory.builder().disable(StreamReadFeature.AUTO_CLOSE_SOURCE).build();

    private static final int BUFFER = 1 << 16;

    private TraceReader() {}

    /**
     * Reads a file.
     *
     * @param file a Chrome trace
     * @return its tasks, at least one
     * @throws TraceException when it is not there, cannot be read to its end, or holds no task of a main thread
     */
    public static Recording read(Path file) throws TraceException {
        String name = file.toString();
        if (Files.isDirectory(file)) {
            throw new TraceException(name, "is a directory");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return read(name, in);
        } catch (NoSuchFileException e) {
            throw new TraceException(name, "no such file", e);
        } catch (AccessDeniedException e) {
            throw new TraceException(name, "may not be read", e);
        } catch (FileSystemException e) {
            throw unreadable(name, e.getReason(), e);
        } catch (IOException e) {
            throw unreadable(name, e.getMessage(), e);
        }
    }

    /**
     * Reads a stream to its end and leaves it open.
     *
     * @param name what messages call it
     * @param in the bytes of a Chrome trace
     * @return its tasks, at least one
     * @throws TraceException when it cannot be read to its end, or holds no task of a main thread
     */
    public static Recording read(String name, InputStream in) throws TraceException {
        TraceCollector collector = new TraceCollector();
        try (JsonParser json = JSON.createParser(unpacked(in))) {
            if (json.nextToken() == null) {
                throw new TraceException(name, "is empty");
            }
            boolean trace = new TraceParser(json, collector::add).parse();
            if (!trace) {
                throw new TraceException(name, "is JSON, but not a Chrome trace");
            }
            if (json.nextToken() != null) {
                throw new TraceException(
                        name, "is not valid JSON: more follows after its end" + at(json.currentLocation()));
            }
        } catch (IOException e) {
            throw problem(name, e);
        }
        Recording recording = collector.recording(name);
        if (recording.tasks().isEmpty()) {
            throw new TraceException(name, "is a Chrome trace without any task of a renderer's main thread");
        }
        return recording;
    }

    private static InputStream unpacked(InputStream in) throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(in, BUFFER);
        buffered.mark(2);
        boolean gzip = buffered.read() == 0x1f && buffered.read() == 0x8b;
        buffered.reset();
        return gzip ? new GZIPInputStream(buffered, BUFFER) : buffered;
    }

    private static TraceException problem(String name, IOException e) {
        if (e instanceof EOFException) { // only gzip asks for more than there is
            return new TraceException(name, "is cut off: its gzip data ends early", e);
        }
        if (e instanceof ZipException) {
            return new TraceException(name, "has damaged gzip data", e);
        }
        if (e instanceof StreamConstraintsException limit) {
            return new TraceException(name, "is beyond what can be read: " + limit.getOriginalMessage(), e);
        }
        if (e instanceof JsonProcessingException wrong) {
            // After a comma the parser tells the early end by its message only, not by JsonEOFException.
            if (wrong.getOriginalMessage().startsWith("Unexpected end-of-input")) {
                return new TraceException(name, "is cut off: its JSON ends early" + at(wrong.getLocation()), e);
            }
            return new TraceException(name, "is not valid JSON" + at(wrong.getLocation()), e);
        }
        if (e instanceof CharConversionException) {
            return new TraceException(name, "is not valid JSON", e);
        }
        return unreadable(name, e.getMessage(), e);
    }

    private static TraceException unreadable(String name, @Nullable String reason, IOException e) {
        return new TraceException(name, "cannot be read" + (reason == null ? "" : ": " + reason), e);
    }

    private static String at(@Nullable JsonLocation location) {
        return location == null ? "" : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
    }
}
