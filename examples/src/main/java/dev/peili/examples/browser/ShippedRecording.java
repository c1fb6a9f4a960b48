package dev.peili.examples.browser;

import dev.peili.examples.RecordingException;
import dev.peili.examples.RecordingFile;

/** The recording that comes with the program: a shop, with frames of four other sites (see {@code examples/recording}). */
final class ShippedRecording {
    /** The resource beside this class, and the name that the recording goes by. */
    static final String NAME = "first-light.trace.json.gz";

    private ShippedRecording() {}

    static Recording read() throws RecordingException {
        return RecordingFile.readShipped(ShippedRecording.class, NAME, TraceReader::read);
    }
}
