package dev.peili.examples;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Takes the few values that somebody wants out of JSON that is not known beforehand; the rest is skipped unread, for it may
 * be large, and of the wrong kind.
 */
public final class JsonFields {
    /** Beyond this a JSON number is not exact. */
    private static final long LARGEST = 1L << 53;

    private static final JsonFactory JSON = new JsonFactory();

    private final JsonParser json;
    private final Map<String, String> strings;

    /** @param json stands on the value to begin with */
    public JsonFields(JsonParser json) {
        this(json, new HashMap<>());
    }

    private JsonFields(JsonParser json, Map<String, String> strings) {
        this.json = json;
        this.strings = strings;
    }

    /** Takes what it wants of a field's value; the rest of the value is skipped. */
    @FunctionalInterface
    public interface FieldReader {
        /** Called with the parser on the first token of the value. */
        void read(String field) throws IOException;
    }

    /** Takes what it wants of an element; the rest of it is skipped. */
    @FunctionalInterface
    public interface ElementReader {
        /** Called with the parser on the first token of the element. */
        void read() throws IOException;
    }

    /** Takes what it wants of JSON that lies within other JSON. */
    @FunctionalInterface
    public interface InnerReader {
        /** Called with the fields of the inner JSON. */
        void read(JsonFields inner) throws IOException;
    }

    /** Whether this value is an object. */
    public boolean isObject() {
        return json.currentToken() == JsonToken.START_OBJECT;
    }

    /** Whether this value is a list. */
    public boolean isList() {
        return json.currentToken() == JsonToken.START_ARRAY;
    }

    /** Goes through the fields of this object; does nothing on anything else. */
    public void fields(FieldReader reader) throws IOException {
        if (!isObject()) {
            return;
        }
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String field = json.currentName();
            json.nextToken();
            reader.read(field);
            skipRest();
        }
    }

    /** Goes through the elements of this list; does nothing on anything else. */
    public void elements(ElementReader reader) throws IOException {
        if (!isList()) {
            return;
        }
        while (json.nextToken() != JsonToken.END_ARRAY) {
            reader.read();
            skipRest();
        }
    }

    /**
     * Reads the JSON that this string holds; does nothing on anything else.
     *
     * @return whether it was a string with JSON in it, to its end
     */
    public boolean inText(InnerReader reader) throws IOException {
        Optional<String> text = text();
        if (text.isEmpty()) {
            return false;
        }
        try (JsonParser inner = JSON.createParser(text.get())) {
            if (inner.nextToken() == null) {
                return false;
            }
            reader.read(new JsonFields(inner, strings));
            return inner.nextToken() == null;
        } catch (JsonProcessingException e) {
            return false; // a string like any other, which the JSON around it may well hold
        }
    }

    /** This string; empty for anything else. */
    public Optional<String> text() throws IOException {
        return json.currentToken() == JsonToken.VALUE_STRING ? Optional.of(json.getText()) : Optional.empty();
    }

    /** A string of which a recording has many copies, and one is kept; empty for anything else, the empty string too. */
    public Optional<String> shared() throws IOException {
        return text().filter(text -> !text.isEmpty()).map(text -> strings.computeIfAbsent(text, same -> same));
    }

    /** This number, rounded; empty for anything else, and for one that is too large to be exact. */
    public OptionalLong number() throws IOException {
        if (!json.currentToken().isNumeric()) {
            return OptionalLong.empty();
        }
        double value = json.getDoubleValue();
        return Math.abs(value) <= LARGEST ? OptionalLong.of(Math.round(value)) : OptionalLong.empty();
    }

    private void skipRest() throws IOException {
        if (json.currentToken().isStructStart()) {
            json.skipChildren();
        }
    }
}
