package dev.peili.examples.http;

import dev.peili.examples.RecordingException;
import dev.peili.examples.RecordingFile;

/** The log that comes with the program: two tabs, with frames of several sites (see {@code examples/recording}). */
final class ShippedLog {
    /** The resource beside this class, and the name that the log goes by. */
    static final String NAME = "two-tabs.devtoolslog.json.gz";

    private ShippedLog() {}

    static Script read() throws RecordingException {
        return RecordingFile.readShipped(ShippedLog.class, NAME, LogReader::read);
    }
}
