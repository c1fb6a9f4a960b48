package dev.peili.examples;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad options: one line each, before anything runs. */
final class SimulateErrorTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "2.5", "100000001", "10_000", "many", "", "99999999999999999999"})
    void schedules_ofNoUse(String value) {
        Console.run("simulate", "--schedules", value)
                .refused("Invalid value for option '--schedules': '" + value
                        + "' is not a whole number from 1 to 100000000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.5", "lucky", "", "9223372036854775808"})
    void seed_ofNoUse(String value) {
        Console.run("simulate", "--seed", value)
                .refused("Invalid value for option '--seed': '" + value + "' is not a whole number of at most 64 bits");
    }

    @Test
    void unknownOption() {
        Console.run("simulate", "--nonsense").refused("Unknown option: '--nonsense'");
    }

    @Test
    void argument() {
        Console.run("simulate", "cache").refused("Unmatched argument at index 1: 'cache'");
    }

    @Test
    void option_withoutValue() {
        Console.run("simulate", "--seed").refused("Missing required parameter for option '--seed' (S)");
    }

    @Test
    void json_noName() {
        Console.run("simulate", "--json", "")
                .refused("Invalid value for option '--json': '' is not the name of a file");
    }

    @Test
    void json_directory() {
        Console.run("simulate", "--json", folder.toString()).refused(folder + ": cannot be written: Is a directory");
    }

    @Test
    void json_inNoDirectory() {
        Path file = folder.resolve("none").resolve("out.json");
        Console.run("simulate", "--json", file.toString()).refused(file + ": cannot be written: no such directory");
    }
}
