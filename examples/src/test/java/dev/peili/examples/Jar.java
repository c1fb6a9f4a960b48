package dev.peili.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The packaged program in a JVM of its own. */
final class Jar {
    private static final Predicate<String> JDK_WARNING = line ->
            line.startsWith("WARNING: ") && (line.contains("sun.misc.Unsafe") || line.contains("pekko.util.Unsafe"));

    private Jar() {}

    /** @param folder for what it prints */
    static Console run(Path folder, String... args) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                System.getProperty("peili.examples.jar")));
        command.addAll(List.of(args));
        File out = folder.resolve("stdout").toFile();
        File err = folder.resolve("stderr").toFile();
        Process process = new ProcessBuilder(command)
                .redirectOutput(out)
                .redirectError(err)
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new Console(process.exitValue(), Files.readString(out.toPath()), ownErrors(err.toPath()));
    }

    /** What was printed to stderr, but for the four lines of each JVM in which newer JDKs warn of Pekko's use of Unsafe. */
    private static String ownErrors(Path err) throws IOException {
        String all = Files.readString(err);
        long warnings = all.lines().filter(JDK_WARNING).count();
        return warnings > 0 && warnings % 4 == 0
                ? all.lines().filter(JDK_WARNING.negate()).collect(Collectors.joining(System.lineSeparator()))
                : all;
    }
}
