package dev.peili.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line, as a person types it. */
final class RunTest {
    private static final int WIDTH = 79;

    @TempDir
    private Path dir = Path.of("");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        return Run.run(args, new PrintWriter(out), new PrintWriter(err));
    }

    @Test
    void namedMeasure_isPrintedAndWritten() throws Exception {
        Path json = dir.resolve("results.json");
        assertThat(run("--quick", "--json", json.toString(), "checkpoint.idle"))
                .as("%s", err)
                .isZero();
        assertThat(out.toString().lines()).allMatch(line -> line.length() <= WIDTH);
        assertThat(out.toString().lines().reduce((first, last) -> last))
                .hasValueSatisfying(
                        line -> assertThat(line).startsWith("checkpoint.idle").containsAnyOf("met", "MISSED"));
        assertThat(Files.readString(json))
                .contains("\"name\" : \"checkpoint.idle\"", "\"unit\" : \"ns\"", "\"peerName\" : \"a volatile read\"")
                .contains("\"peili\"", "\"peer\"", "\"ratio\"", "\"ratioMin\"", "\"ratioMax\"", "\"mark\" : 0.5")
                .contains("\"met\"");
    }

    @Test
    void unknownMeasure_isNamed() {
        assertThat(run("dispatch.tel")).isEqualTo(2);
        assertThat(err.toString())
                .isEqualToIgnoringNewLines("benchmarks/run: there is no measure dispatch.tel; --help lists them");
    }

    @Test
    void unknownOption_isNamed() {
        assertThat(run("--fast")).isEqualTo(2);
        assertThat(err.toString()).contains("Unknown option: '--fast'").hasLineCount(1);
    }

    @Test
    void fileThatCannotBeWritten_isNamedBeforeAnythingRuns() {
        assertThat(run("--json", dir.resolve("no/such/file").toString())).isEqualTo(2);
        assertThat(err.toString()).contains("no/such/file: cannot be written: no such directory");
    }

    @Test
    void help_listsTheMeasures() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).contains("--quick", "dispatch.tell", "ipc.two-processes", "ipc.construct");
        assertThat(out.toString().lines()).allMatch(line -> line.length() <= WIDTH);
    }
}
