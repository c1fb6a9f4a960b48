package dev.peili.examples.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peili.actors.TaskCategory;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** What the recording that comes with the program must hold, whoever recorded it. */
final class ShippedRecordingTest {
    private static final int LARGEST = 250 * 1024;

    private static InputStream stream() {
        InputStream in = ShippedRecording.class.getResourceAsStream(ShippedRecording.NAME);
        assertThat(in).as(ShippedRecording.NAME).isNotNull();
        return in;
    }

    private static List<String> hosts(Recording recording) {
        return recording.tasks().stream()
                .flatMap(task -> task.frameUrl().stream())
                .map(URI::create)
                .filter(url -> "http".equals(url.getScheme()))
                .map(URI::getHost)
                .distinct()
                .toList();
    }

    @Test
    void oneTab_ofSeveralSites() throws Exception {
        Recording recording = ShippedRecording.read();

        assertThat(recording.tabs()).hasSize(1);
        assertThat(hosts(recording))
                .containsExactlyInAnyOrder(
                        "www.shop.example",
                        "reviews.shop.example",
                        "player.video.example",
                        "captions.video.example",
                        "ads.example",
                        "metrics.example",
                        "news.example");
        assertThat(recording.tasks()).allMatch(task -> task.tab().isPresent());
    }

    @Test
    void everyCategory_longTasksAndShortOnes() throws Exception {
        Recording recording = ShippedRecording.read();

        assertThat(recording.tasks()).hasSizeGreaterThan(1_000);
        assertThat(recording.countsByCategory()).containsOnlyKeys(TaskCategory.values());
        assertThat(recording.countsByCategory().values()).allMatch(count -> count >= 3);
        assertThat(recording.tasks())
                .filteredOn(task -> task.durationMicros() >= 30_000)
                .hasSizeBetween(3, 30);
        assertThat(recording.spanMicros()).isBetween(3_000_000L, 5_000_000L);
        // A tab that leaves its core some air: an own dispatcher has to be able to keep up with it.
        assertThat(recording.busyMicros()).isBetween(500_000L, recording.spanMicros() * 6 / 10);
    }

    @Test
    void cpuTime_isRecorded() throws Exception {
        Recording recording = ShippedRecording.read();

        // Much less than the whole means that the machine was doing something else: record again.
        assertThat(recording.cpuMicros()).isBetween(recording.busyMicros() * 7 / 10, recording.busyMicros() - 1);
        assertThat(recording.tasks())
                .filteredOn(task -> task.durationMicros() >= 30_000)
                .allMatch(task -> task.cpuMicros() < task.durationMicros());
    }

    @Test
    void small_andSilentAboutTheMachineItWasMadeOn() throws Exception {
        byte[] packed;
        try (InputStream in = stream()) {
            packed = in.readAllBytes();
        }
        assertThat(packed).hasSizeLessThan(LARGEST);

        String text;
        try (InputStream in = new GZIPInputStream(stream())) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        assertThat(text)
                .doesNotContain("/home/", "/root", "/tmp", "/usr", "127.0.0.1", "localhost", "Linux", "command_line");
        assertThat(Arrays.stream(text.split("https?://", -1)).skip(1))
                .allMatch(rest -> rest.matches("(?s)[a-z.]+\\.example/.*"));
    }
}
