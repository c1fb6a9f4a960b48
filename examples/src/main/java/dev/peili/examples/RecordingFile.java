package dev.peili.examples;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Opens recordings, and says in one line why one cannot be opened. */
public final class RecordingFile {
    private RecordingFile() {}

    /** Makes something of the bytes of a recording. */
    @FunctionalInterface
    public interface Reader<T> {
        /**
         * Called once, and leaves the stream open.
         *
         * @param name what messages call the recording
         */
        T read(String name, InputStream in) throws IOException, RecordingException;
    }

    /**
     * Reads a file.
     *
     * @throws RecordingException when it cannot be opened, or the reader does not want it
     */
    public static <T> T read(Path file, Reader<T> reader) throws RecordingException {
        String name = file.toString();
        if (Files.isDirectory(file)) {
            throw new RecordingException(name, "is a directory");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return reader.read(name, in);
        } catch (NoSuchFileException e) {
            throw new RecordingException(name, "no such file", e);
        } catch (AccessDeniedException e) {
            throw new RecordingException(name, "may not be read", e);
        } catch (FileSystemException e) {
            throw unreadable(name, e.getReason(), e);
        } catch (IOException e) {
            throw unreadable(name, e.getMessage(), e);
        }
    }

    /**
     * Reads a recording that comes with the program.
     *
     * @param owner the class that it lies beside
     * @throws RecordingException when it is not there, or the reader does not want it
     */
    public static <T> T readShipped(Class<?> owner, String name, Reader<T> reader) throws RecordingException {
        try (InputStream in = owner.getResourceAsStream(name)) {
            if (in == null) {
                throw new RecordingException(name, "is missing from the program");
            }
            return reader.read(name, in);
        } catch (IOException e) {
            throw unreadable(name, e.getMessage(), e);
        }
    }

    static RecordingException unreadable(String name, @Nullable String reason, IOException e) {
        return new RecordingException(name, "cannot be read" + (reason == null ? "" : ": " + reason), e);
    }
}
