package dev.peili.examples;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad options: one line each, before anything runs. */
final class DeskErrorTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "2.5", "100000001", "many", "", "99999999999999999999"})
    void turns_ofNoUse(String value) {
        Console.run("desk", "--turns", value)
                .refused("Invalid value for option '--turns': '" + value
                        + "' is not a whole number from 1 to 100000000");
    }

    @Test
    void unknownOption() {
        Console.run("desk", "--rounds=3").refused("Unknown option: '--rounds=3'");
    }

    @Test
    void argument() {
        Console.run("desk", "sell").refused("Unmatched argument at index 1: 'sell'");
    }

    @Test
    void option_withoutValue() {
        Console.run("desk", "--turns").refused("Missing required parameter for option '--turns' (N)");
    }

    @Test
    void json_noName() {
        Console.run("desk", "--json", "").refused("Invalid value for option '--json': '' is not the name of a file");
    }

    @Test
    void json_inNoDirectory() {
        Path file = folder.resolve("none").resolve("out.json");
        Console.run("desk", "--json", file.toString()).refused(file + ": cannot be written: no such directory");
    }
}
