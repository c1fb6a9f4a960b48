package dev.peili.examples;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad options: one line each, before anything runs. */
final class WebrtcErrorTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "2.5", "10000001", "many", "", "99999999999999999999"})
    void rounds_ofNoUse(String value) {
        Console.run("webrtc", "--rounds", value)
                .refused("Invalid value for option '--rounds': '" + value
                        + "' is not a whole number from 1 to 10000000");
    }

    @Test
    void unknownOption() {
        Console.run("webrtc", "--turns=3").refused("Unknown option: '--turns=3'");
    }

    @Test
    void argument() {
        Console.run("webrtc", "call").refused("Unmatched argument at index 1: 'call'");
    }

    @Test
    void option_withoutValue() {
        Console.run("webrtc", "--rounds").refused("Missing required parameter for option '--rounds' (N)");
    }

    @Test
    void json_noName() {
        Console.run("webrtc", "--json", "").refused("Invalid value for option '--json': '' is not the name of a file");
    }

    @Test
    void json_inNoDirectory() {
        Path file = folder.resolve("none").resolve("out.json");
        Console.run("webrtc", "--json", file.toString()).refused(file + ": cannot be written: no such directory");
    }
}
