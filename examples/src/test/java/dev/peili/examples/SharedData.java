package dev.peili.examples;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Recordings of real sites, which lie beside the checkout and are not part of the project. */
public final class SharedData {
    private SharedData() {}

    /** A file of the folder that the system property {@code peili.shared} names; without that folder, the test is skipped. */
    public static Path shared(String file) {
        Path folder = Path.of(System.getProperty("peili.shared", "../../shared"));
        if (!Files.isDirectory(folder)) {
            String missing = "no real recordings: " + folder.toAbsolutePath().normalize() + " is not there";
            // A machine that is meant to prove this must not skip it in silence.
            if (System.getenv("CI") != null) {
                fail(missing);
            }
            assumeTrue(false, missing);
        }
        return folder.resolve("data").resolve(file);
    }
}
