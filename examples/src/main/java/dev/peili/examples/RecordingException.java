package dev.peili.examples;

/** A file that cannot be used as a recording; the message is one line that names the file and what is wrong with it. */
public final class RecordingException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * @param name what messages call the recording
     * @param problem what is wrong with it
     */
    public RecordingException(String name, String problem) {
        super(oneLine(name + ": " + problem));
    }

    /**
     * @param name what messages call the recording
     * @param problem what is wrong with it
     */
    public RecordingException(String name, String problem, Throwable cause) {
        super(oneLine(name + ": " + problem), cause);
    }

    /** File names and messages of the system may hold line breaks, too. */
    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ");
    }
}
