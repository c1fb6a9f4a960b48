package dev.peili.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

final class ScreenTest {
    private static String print(boolean terminal) {
        StringWriter out = new StringWriter();
        Screen screen = new Screen(new PrintWriter(out), terminal);
        screen.step("run 1 of 1");
        screen.progress("run 1 of 1, " + "very ".repeat(20) + "long");
        screen.endOfSteps();
        screen.line("done");
        return out.toString();
    }

    @Test
    void terminal_progressIsWrittenOver() {
        String printed = print(true);
        assertThat(printed.lines().filter(line -> !line.isEmpty())).allMatch(line -> line.length() <= 79);
        assertThat(printed).startsWith("\rrun 1 of 1 ").endsWith(" \rdone" + System.lineSeparator());
        assertThat(printed.split("\n", -1)).hasSize(2);
    }

    @Test
    void elsewhere_eachStepIsALine() {
        String end = System.lineSeparator();
        assertThat(print(false)).isEqualTo("run 1 of 1" + end + end + "done" + end);
    }
}
