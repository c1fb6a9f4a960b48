package dev.peili.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;

/** What one command printed, and the status it ended with. */
record Console(int status, String out, String err) {
    static Console run(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status = Main.run(args, new PrintWriter(out, true), new PrintWriter(err, true));
        return new Console(status, out.toString(), err.toString());
    }

    /** That it said so in one line, and did nothing else. */
    void refused(String problem) {
        assertThat(err).isEqualTo("peili-examples: " + problem + System.lineSeparator());
        assertThat(out).isEmpty();
        assertThat(status).isEqualTo(2);
    }

    void wentWell() {
        assertThat(err).isEmpty();
        assertThat(status).isZero();
    }
}
