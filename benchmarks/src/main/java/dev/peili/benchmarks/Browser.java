package dev.peili.benchmarks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.peili.examples.browser.BrowserCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;

/** The example {@code browser} on its shipped recording: the p99 of the foreground, in milliseconds. */
final class Browser {
    private static final Duration TIME = Duration.ofSeconds(3);

    private Browser() {}

    static List<Measure> measures() {
        return List.of(Measure.of(
                        Row.cost(
                                "foreground.browser",
                                "ms",
                                "a dispatcher of its own for the foreground",
                                Mark.ratio(1)),
                        effort -> Sides.of(
                                () -> p99("peili", effort.time(TIME)),
                                () -> p99("pekko-bulkhead", effort.time(TIME)),
                                () -> {}))
                .withOneWarmUp());
    }

    private static double p99(String dispatcher, Duration time) {
        try {
            Path json = Files.createTempFile("browser", ".json");
            try {
                int status = new CommandLine(new BrowserCommand(new PrintWriter(PrintWriter.nullWriter())))
                        .execute(
                                "--only",
                                dispatcher,
                                "--seconds",
                                String.format(Locale.ROOT, "%.1f", time.toMillis() / 1e3),
                                "--json",
                                json.toString());
                if (status != 0) {
                    throw new IllegalStateException("browser ends with status " + status);
                }
                return number(json, "p99");
            } finally {
                Files.delete(json);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double number(Path json, String field) throws IOException {
        try (JsonParser parser = new JsonFactory().createParser(json.toFile())) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.FIELD_NAME && parser.currentName().equals(field)) {
                    parser.nextToken();
                    return parser.getDoubleValue();
                }
            }
        }
        throw new IllegalStateException("there is no " + field + " in what browser has written");
    }
}
