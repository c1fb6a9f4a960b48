package dev.peili.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged program, as a user starts it, with the command that has a second process. */
final class HttpChannelIT {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"1", "2"})
    void shippedLog_inAnyNumberOfProcesses(String processes) throws Exception {
        Console console = Jar.run(folder, "http-channel", "--processes", processes);
        console.wentWell();
        assertThat(console.out()).contains("478 messages sent, 478 handled; 0 in a wrong group, 0 out of order");
        assertThat(console.out().lines()).allMatch(line -> line.length() <= 80);
    }

    @Test
    void killed_isSaid() throws Exception {
        Console console = Jar.run(folder, "http-channel", "--processes=2", "--kill-after=100");
        console.wentWell();
        assertThat(console.out()).containsPattern("PEER_CRASHED +1 +2 ");
    }
}
