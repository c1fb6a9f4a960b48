package dev.peili.examples;

import static dev.peili.examples.JsonText.list;
import static dev.peili.examples.JsonText.object;
import static dev.peili.examples.SharedData.shared;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the command prints and writes. */
final class HttpChannelTest {
    @TempDir
    private Path folder;

    private static String row(
            String file, int channels, int redirects, int tabGroups, int docGroups, String targets, int messages) {
        return file + " " + channels + " " + redirects + " " + tabGroups + " " + docGroups + " " + targets + " "
                + messages + " " + messages + " 0 0";
    }

    private static String row(Object file) {
        List<String> values = new ArrayList<>();
        object(file)
                .forEach((key, value) -> values.add(
                        key.equals("file") ? Path.of("" + value).getFileName().toString() : "" + value));
        return String.join(" ", values);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2"})
    void file_hasWhatEachLogHas_inAnyNumberOfProcesses(String processes) throws Exception {
        List<String> logs = List.of(
                shared("devtools/lighthouse-cnn.devtoolslog.json.gz").toString(),
                shared("devtools/lighthouse-video-embed.devtoolslog.json.gz").toString(),
                shared("devtools/ryanair.perflog.json.gz").toString());
        Path json = folder.resolve("out.json");
        List<String> arguments = new ArrayList<>(List.of("http-channel", "--processes", processes));
        arguments.addAll(logs);
        arguments.addAll(List.of("--json", json.toString()));

        Console.run(arguments.toArray(String[]::new)).wentWell();

        assertThat(list(JsonText.read(json).get("files")))
                .extracting(HttpChannelTest::row)
                .isEqualTo(List.of(
                        row(
                                "lighthouse-cnn.devtoolslog.json.gz",
                                861,
                                449,
                                1,
                                18,
                                "{docGroup=834, tabGroup=1, none=26}",
                                2_826),
                        row(
                                "lighthouse-video-embed.devtoolslog.json.gz",
                                39,
                                1,
                                1,
                                3,
                                "{docGroup=34, tabGroup=1, none=4}",
                                199),
                        row("ryanair.perflog.json.gz", 155, 24, 1, 1, "{docGroup=154, tabGroup=1, none=0}", 603)));
    }

    @Test
    void file_ofTheShippedLog_hasAllKeys() throws Exception {
        Path json = folder.resolve("out.json");
        Console.run("http-channel", "--json", json.toString()).wentWell();

        Map<?, ?> written = JsonText.read(json);
        assertThat(written.keySet()).hasToString("[files]");
        assertThat(list(written.get("files"))).hasSize(1);
        Map<?, ?> file = object(list(written.get("files")).get(0));
        assertThat(file.keySet())
                .hasToString(
                        "[file, channels, redirects, tabGroups, docGroups, targets, messages, delivered, misrouted,"
                                + " outOfOrder]");
        assertThat(row(file))
                .isEqualTo(
                        row("two-tabs.devtoolslog.json.gz", 122, 4, 2, 7, "{docGroup=116, tabGroup=3, none=3}", 478));
    }

    @Test
    void output_hasARowForEachGroup_andFits() throws Exception {
        Console console = Console.run("http-channel");
        console.wentWell();
        assertThat(console.out())
                .containsPattern("tab 1 +2 +6 +861 +[\\d.]+\\R  market.example +62 ")
                .containsPattern("tab 2 +1 +3 +352 +[\\d.]+\\R  mail.example +26 ")
                .containsPattern("no group +3 ")
                .containsPattern("all +122 +478 +170k ")
                .contains("478 messages sent, 478 handled; 0 in a wrong group, 0 out of order")
                .contains("4 redirects besides")
                .doesNotContain("\r");
        assertThat(console.out().lines()).allMatch(line -> line.length() <= 80);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void longNames_fit() throws Exception {
        String frame = "\"frame\":{\"id\":\"F\",\"url\":\"https://" + "long-".repeat(11) + "name.example/\"}";
        String log = "[{\"method\":\"Page.frameNavigated\",\"params\":{" + frame + "}},"
                + "{\"method\":\"Network.requestWillBeSent\",\"params\":{\"requestId\":\"1\",\"frameId\":\"F\","
                + "\"type\":\"Image\",\"request\":{\"url\":\"data:" + "x".repeat(300_000) + "\"}}}]";
        Path file = Files.writeString(folder.resolve("n".repeat(100) + ".json"), log);

        Console console = Console.run("http-channel", file.toString());

        console.wentWell();
        assertThat(console.out()).contains("long-name.example ", "0 messages sent, 0 handled");
        assertThat(console.out().lines()).allMatch(line -> line.length() <= 80);
    }

    @Test
    void killed_everyActorOfTheParentIsTold() {
        Console console = Console.run("http-channel", "--processes=2", "--kill-after=100");
        console.wentWell();
        assertThat(console.out())
                .contains("killed after 100 of 478 messages")
                .containsPattern("DELETED +0 +0 +\\d+ +- +-\\R")
                .containsPattern("PEER_CRASHED +1 +2 +\\d+ +[\\d.]+ +[\\d.]+\\R");
        assertThat(console.out().lines()).allMatch(line -> line.length() <= 80);
    }
}
