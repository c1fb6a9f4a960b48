package dev.peili.examples.browser;

import static dev.peili.examples.SharedData.shared;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.peili.examples.RecordingException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Recordings of real sites, which lie beside the checkout and are not part of the project. */
final class SharedRecordingsTest {
    private static long tasksOf(Recording recording, String host) {
        return recording.tasks().stream()
                .flatMap(task -> task.frameUrl().stream())
                .filter(url -> host.equals(URI.create(url).getHost()))
                .count();
    }

    private static long busyMillis(Recording recording) {
        return Math.round(recording.busyMicros() / 1000.0);
    }

    private static void assertInOrder(List<RecordedTask> tasks) {
        assertThat(tasks).extracting(RecordedTask::startMicros).isSorted().startsWith(0L);
    }

    @Test
    void videoEmbed() throws Exception {
        Recording recording = TraceReader.read(shared("trace/lighthouse-video-embed.trace.json.gz"));

        assertThat(recording.tasks()).hasSize(2_598);
        assertThat(busyMillis(recording)).isEqualTo(606);
        assertThat(recording.spanMicros() / 1000).isEqualTo(3_514);
        assertThat(tasksOf(recording, "www.youtube.com")).isEqualTo(594);
        assertThat(tasksOf(recording, "player.vimeo.com")).isEqualTo(138);
        assertThat(recording.tabs()).hasSize(1);
        assertInOrder(recording.tasks());
    }

    @Test
    void ampM86() throws Exception {
        Recording recording = TraceReader.read(shared("trace/lighthouse-amp-m86.trace.json.gz"));

        assertThat(recording.tasks()).hasSize(1_341);
        assertThat(busyMillis(recording)).isEqualTo(614);
        assertThat(recording.tabs()).hasSize(1);
        assertInOrder(recording.tasks());
    }

    @Test
    void blockingTime() throws Exception {
        Recording recording = TraceReader.read(shared("trace/lighthouse-blocking-time.trace.json.gz"));

        assertThat(recording.tasks()).hasSize(243);
        assertThat(busyMillis(recording)).isEqualTo(2_210);
        assertThat(recording.tasks().stream().filter(task -> task.durationMicros() > 50_000))
                .hasSize(40);
        assertInOrder(recording.tasks());
    }

    @Test
    void devToolsLog_isForeign() {
        Path log = shared("devtools/ryanair.perflog.json.gz");
        assertThatThrownBy(() -> TraceReader.read(log))
                .isInstanceOf(RecordingException.class)
                .hasMessage(log + ": is JSON, but not a Chrome trace");
    }
}
