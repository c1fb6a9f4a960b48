package dev.peili.examples.http;

import static dev.peili.examples.SharedData.shared;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.peili.actors.Site;
import dev.peili.examples.RecordingException;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logs of real sites, which lie beside the checkout and are not part of the project. */
final class SharedLogsTest {
    private static Script read(String file) throws RecordingException {
        Script script = LogReader.read(shared("devtools/" + file));
        ScriptRules.check(script);
        return script;
    }

    private static Set<String> sites(Script script) {
        return script.channels().stream()
                .map(Channel::target)
                .filter(Target.OfDocuments.class::isInstance)
                .map(target -> ((Target.OfDocuments) target).site())
                .map(Site::key)
                .collect(Collectors.toSet());
    }

    @Test
    void cnn() throws Exception {
        Script script = read("lighthouse-cnn.devtoolslog.json.gz");

        assertThat(Counts.of(script))
                .isEqualTo(new Counts(861, 449, 848, 1_119, 859, 25_841_672, 1, 18, new Counts.Targets(834, 1, 26)));
        // Documents within frames are loaded without a request.
        assertThat(script.skipped()).isEqualTo(new Skipped(0, 0, 14, 0, 0));
        assertThat(sites(script)).contains("cnn.com", "dianomi.com", "pubmatic.com", "amazon-adsystem.com");
    }

    @Test
    void videoEmbed() throws Exception {
        Script script = read("lighthouse-video-embed.devtoolslog.json.gz");

        assertThat(Counts.of(script))
                .isEqualTo(new Counts(39, 1, 39, 121, 39, 5_184_906, 1, 3, new Counts.Targets(34, 1, 4)));
        assertThat(script.skipped().total()).isZero();
        assertThat(sites(script)).containsExactlyInAnyOrder("localhost", "youtube.com", "vimeo.com");
    }

    @Test
    void ryanair() throws Exception {
        Script script = read("ryanair.perflog.json.gz");

        assertThat(Counts.of(script))
                .isEqualTo(new Counts(155, 24, 159, 293, 151, 6_913_347, 1, 1, new Counts.Targets(154, 1, 0)));
        assertThat(script.skipped().total()).isZero();
        assertThat(sites(script)).containsExactly("ryanair.com");
    }

    @ParameterizedTest
    @ValueSource(strings = {"lighthouse-video-embed", "lighthouse-amp-m86"})
    void chromeTrace_isForeign(String name) {
        Path file = shared("trace/" + name + ".trace.json.gz");
        assertThatThrownBy(() -> LogReader.read(file))
                .isInstanceOf(RecordingException.class)
                .hasMessage(file + ": is JSON, but not a DevTools protocol log");
    }
}
