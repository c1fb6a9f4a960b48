package dev.peili.examples;

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
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** Reads recordings that are JSON, plain or packed with gzip, as a stream; says in one line what is wrong with one. */
public final class RecordingJson {
    /** Streams are closed by those who opened them. */
    private static final JsonFactory JSON =
            JsonFactory.builder().disable(StreamReadFeature.AUTO_CLOSE_SOURCE).build();

    private static final int BUFFER = 1 << 16;

    private RecordingJson() {}

    /** Makes something of a JSON value. */
    @FunctionalInterface
    public interface Content<T> {
        /** Called once, on the first token of the value; goes to its last one, or stays where it is. */
        T read(JsonParser json) throws IOException;
    }

    /**
     * Reads a stream to its end and leaves it open.
     *
     * @param name what messages call it
     * @param in the bytes of one JSON value
     * @throws RecordingException when it is anything else, or cannot be read to its end
     */
    public static <T> T read(String name, InputStream in, Content<T> content) throws RecordingException {
        try (JsonParser json = JSON.createParser(unpacked(in))) {
            if (json.nextToken() == null) {
                throw new RecordingException(name, "is empty");
            }
            T result = content.read(json);
            if (json.currentToken().isStructStart()) {
                json.skipChildren();
            }
            if (json.nextToken() != null) {
                throw new RecordingException(
                        name, "is not valid JSON: more follows after its end" + at(json.currentLocation()));
            }
            return result;
        } catch (IOException e) {
            throw problem(name, e);
        }
    }

    private static InputStream unpacked(InputStream in) throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(in, BUFFER);
        buffered.mark(2);
        boolean gzip = buffered.read() == 0x1f && buffered.read() == 0x8b;
        buffered.reset();
        return gzip ? new GZIPInputStream(buffered, BUFFER) : buffered;
    }

    private static RecordingException problem(String name, IOException e) {
        if (e instanceof EOFException) { // only gzip asks for more than there is
            return new RecordingException(name, "is cut off: its gzip data ends early", e);
        }
        if (e instanceof ZipException) {
            return new RecordingException(name, "has damaged gzip data", e);
        }
        if (e instanceof StreamConstraintsException limit) {
            return new RecordingException(name, "is beyond what can be read: " + limit.getOriginalMessage(), e);
        }
        if (e instanceof JsonProcessingException wrong) {
            // After a comma the parser tells the early end by its message only, not by JsonEOFException.
            if (wrong.getOriginalMessage().startsWith("Unexpected end-of-input")) {
                return new RecordingException(name, "is cut off: its JSON ends early" + at(wrong.getLocation()), e);
            }
            return new RecordingException(name, "is not valid JSON" + at(wrong.getLocation()), e);
        }
        if (e instanceof CharConversionException) {
            return new RecordingException(name, "is not valid JSON", e);
        }
        return RecordingFile.unreadable(name, e.getMessage(), e);
    }

    private static String at(@Nullable JsonLocation location) {
        return location == null ? "" : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
    }
}
