package dev.peili.examples;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A file that is opened before there is anything to write, so that nobody waits for that in vain. */
public final class OutputFile {
    private final Path file;

    private OutputFile(Path file) {
        this.file = file;
    }

    /** Writes what belongs into the file. */
    @FunctionalInterface
    public interface Content {
        /** Called once, with the empty file. */
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Makes sure that the file can be written, and leaves as it is what it holds.
     *
     * @param recordings files that it must not be; recordings that are to be read
     * @throws UserException if it cannot, or is one of them
     */
    public static OutputFile open(Path file, List<Path> recordings) throws UserException {
        try {
            for (Path recording : recordings) {
                if (isSame(file, recording)) {
                    throw new UserException(file + ": is a recording, and would be written over");
                }
            }
            Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)
                    .close();
        } catch (IOException e) {
            throw unwritable(file, e);
        }
        return new OutputFile(file);
    }

    /**
     * Makes sure that this is another file.
     *
     * @throws UserException if it is the same
     */
    public void checkIsNot(Path other) throws UserException {
        try {
            if (isSame(file, other)) {
                throw new UserException(file + ": cannot be written twice, once for each option");
            }
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    private static boolean isSame(Path file, Path other) throws IOException {
        return Files.exists(file) && Files.exists(other) && Files.isSameFile(file, other);
    }

    /** Replaces what the file holds. */
    public void write(Content content) throws UserException {
        try (OutputStream out = Files.newOutputStream(file)) {
            content.writeTo(out);
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    private static UserException unwritable(Path file, IOException e) {
        return new UserException(file + ": cannot be written: " + reason(e), e);
    }

    private static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "no such directory";
        }
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        @Nullable String reason = e instanceof FileSystemException system ? system.getReason() : e.getMessage();
        return reason == null ? e.getClass().getSimpleName() : reason;
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
