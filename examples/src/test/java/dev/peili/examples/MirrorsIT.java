package dev.peili.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program, as a user starts it, with the two commands that show mirrors. */
final class MirrorsIT {
    @TempDir
    private Path folder;

    @Test
    void webrtc_runs() throws Exception {
        Console console = Jar.run(folder, "webrtc", "--rounds", "50");
        console.wentWell();
        assertThat(console.out()).containsPattern("canonical-initialized +0 +1\\.00 +1\\.00 ");
    }

    @Test
    void desk_runs() throws Exception {
        Console console = Jar.run(folder, "desk", "--turns", "1000");
        console.wentWell();
        assertThat(console.out()).contains("1,000 turns with mirrors");
    }
}
