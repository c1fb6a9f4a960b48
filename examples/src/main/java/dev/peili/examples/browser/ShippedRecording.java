package dev.peili.examples.browser;

import java.io.IOException;
import java.io.InputStream;

/** The recording that comes with the program: a shop, with frames of four other sites (see {@code examples/recording}). */
final class ShippedRecording {
    /** The resource beside this class, and the name that the recording goes by. */
    static final String NAME = "first-light.trace.json.gz";

    private ShippedRecording() {}

    static Recording read() throws TraceException {
        try (InputStream in = ShippedRecording.class.getResourceAsStream(NAME)) {
            if (in == null) {
                throw new TraceException(NAME, "is missing from the program");
            }
            return TraceReader.read(NAME, in);
        } catch (IOException e) {
            throw new TraceException(NAME, "cannot be read", e);
        }
    }
}
