package dev.peili.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows is true: the very text of its first program compiles and runs, and the tests it names exist. */
final class ReadmeTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static String readme() throws IOException {
        return Files.readString(ROOT.resolve("README.md"));
    }

    @Test
    void firstProgram_compilesAndRuns(@TempDir Path folder) throws Exception {
        Matcher block = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(readme());
        assertThat(block.find()).as("a Java program in the README").isTrue();
        String program = block.group(1);
        assertThat(program.strip().lines()).hasSizeLessThanOrEqualTo(25);

        Path source = Files.writeString(folder.resolve("FirstProgram.java"), program);
        String classPath = System.getProperty("java.class.path");
        JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler(), "a JDK");
        int status = compiler.run(
                null, null, null, "-Xlint:all", "-proc:none", "-cp", classPath, "-d", folder.toString(), "" + source);
        assertThat(status).as("exit status of javac").isZero();

        Path output = folder.resolve("output.txt");
        Process run = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        folder + File.pathSeparator + classPath,
                        "FirstProgram")
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(run.waitFor(60, TimeUnit.SECONDS)).as("ends by itself").isTrue();
        } finally {
            run.destroyForcibly();
        }
        assertThat(run.exitValue()).isZero();
        assertThat(Files.readAllLines(output)).contains("clicked", "indexed in tabgroup-1/news.example");
    }

    @Test
    void namedTests_exist() throws IOException {
        List<String> named = Pattern.compile("`(\\w+Test)`")
                .matcher(readme())
                .results()
                .map(found -> found.group(1))
                .distinct()
                .toList();
        assertThat(named).hasSizeGreaterThan(5);
        try (Stream<Path> files = Files.walk(ROOT)) {
            List<String> existing = files.filter(file -> file.toString().contains("src/test/java"))
                    .map(file -> file.getFileName().toString().replace(".java", ""))
                    .toList();
            assertThat(existing).containsAll(named);
        }
    }
}
