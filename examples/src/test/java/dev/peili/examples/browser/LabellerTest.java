package dev.peili.examples.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peili.actors.Site;
import dev.peili.actors.TaskCategory;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LabellerTest {
    private static final String NONE = "";

    /** A task with a tab and a URL, or {@link #NONE}. */
    private static RecordedTask task(String tab, String url) {
        return new RecordedTask(
                0,
                1,
                1,
                "RunTask",
                TaskCategory.OTHER,
                Optional.of(tab).filter(id -> !id.equals(NONE)),
                Optional.of(url).filter(id -> !id.equals(NONE)));
    }

    private static List<Label> labels(RecordedTask... tasks) {
        Labeller labeller = new Labeller(new Recording("a.json", List.of(tasks)));
        return Arrays.stream(tasks).map(labeller::labelOf).toList();
    }

    private static Label documents(String tab, String site) {
        return new Label.OfDocuments(tab, Site.of(site));
    }

    @Test
    void documents_haveTheSiteOfTheirUrl() {
        assertThat(labels(task("1", "https://www.example.org/a"), task("1", "https://b.alice.github.io/")))
                .containsExactly(documents("1", "example.org"), documents("1", "alice.github.io"));
    }

    @Test
    void withoutDocument_isOfTheTab() {
        assertThat(labels(task("1", NONE))).containsExactly(new Label.OfTab("1"));
    }

    @Test
    void withoutTab_isOfTheOnlyOne() {
        assertThat(labels(task("1", NONE), task(NONE, NONE)))
                .containsExactly(new Label.OfTab("1"), new Label.OfTab("1"));
    }

    @Test
    void withoutTab_whereNoneIsKnown_isOfOneTab() {
        assertThat(labels(task(NONE, NONE), task(NONE, NONE)))
                .containsExactly(new Label.OfTab("tab"), new Label.OfTab("tab"));
    }

    @Test
    void withoutTab_whereThereAreTwo_isUnknown() {
        assertThat(labels(task("1", NONE), task("2", NONE), task(NONE, NONE)))
                .containsExactly(new Label.OfTab("1"), new Label.OfTab("2"), new Label.Unknown());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"about:blank", "about:srcdoc", "data:text/html,x", "blob:null/1", "javascript:0", "nonsense"})
    void withoutSite_hasThatOfTheTabsFirstDocument(String url) {
        assertThat(labels(task("1", url), task("1", "https://a.example/"), task("1", "https://b.example/")))
                .first()
                .isEqualTo(documents("1", "a.example"));
    }

    @Test
    void withoutSite_whereTheTabHasNone() {
        assertThat(labels(task("1", "about:blank"), task("1", "nonsense"), task("2", "https://a.example/")))
                .startsWith(documents("1", "about:"), new Label.OfTab("1"));
    }

    @Test
    void file_isASite() {
        assertThat(labels(task("1", "https://a.example/"), task("1", "file:///a.html")))
                .last()
                .isEqualTo(documents("1", "file:"));
    }

    @Test
    void script_countsItsGroups() {
        Script script = Script.of(new Recording(
                "a.json",
                List.of(
                        task("1", "https://a.example/"),
                        task("1", NONE),
                        task("1", "https://www.a.example/"),
                        task("2", "https://a.example/"),
                        task(NONE, NONE))));
        assertThat(script.labels())
                .containsExactly(
                        documents("1", "a.example"),
                        new Label.OfTab("1"),
                        documents("2", "a.example"),
                        new Label.Unknown());
        assertThat(script.cues().stream().map(Script.Cue::label)).containsExactly(0, 1, 0, 2, 3);
        assertThat(script.tabGroups()).isEqualTo(2);
        assertThat(script.docGroups()).isEqualTo(2);
    }
}
