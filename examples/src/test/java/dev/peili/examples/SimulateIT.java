package dev.peili.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program, as a user starts it. */
final class SimulateIT {
    @TempDir
    private Path folder;

    private Map<?, ?> found(String name) throws Exception {
        Path json = folder.resolve(name);
        Console console = Jar.run(folder, "simulate", "--schedules", "500", "--json", json.toString());
        console.wentWell();
        assertThat(console.out()).contains("Yes, in schedule ", "500 schedules, 0 failures");
        Map<?, ?> written = JsonText.read(json);
        written.remove("messagesPerSecond");
        written.remove("schedulesPerSecond");
        return written;
    }

    @Test
    void anotherJvm_findsTheSame() throws Exception {
        assertThat(found("first.json")).hasSize(6).isEqualTo(found("second.json"));
    }
}
