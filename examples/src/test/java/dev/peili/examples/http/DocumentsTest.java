package dev.peili.examples.http;

import static dev.peili.examples.http.LogText.attached;
import static dev.peili.examples.http.LogText.documents;
import static dev.peili.examples.http.LogText.image;
import static dev.peili.examples.http.LogText.load;
import static dev.peili.examples.http.LogText.navigated;
import static dev.peili.examples.http.LogText.read;
import static dev.peili.examples.http.LogText.redirect;
import static dev.peili.examples.http.LogText.request;
import static dev.peili.examples.http.LogText.response;
import static dev.peili.examples.http.LogText.shown;
import static dev.peili.examples.http.LogText.tab;
import static dev.peili.examples.http.LogText.targets;
import static org.assertj.core.api.Assertions.assertThat;

import dev.peili.examples.RecordingException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which document a frame shows, as a log goes on, and of which site it is. */
final class DocumentsTest {
    private static final String SHOP = "https://www.shop.example/";
    private static final String ADS = "https://ads.example/";

    /** A tab of a shop. */
    private static final String TAB = navigated("T", "", SHOP);

    @Nested
    final class Sites {
        @ParameterizedTest
        @ValueSource(
                strings = {"about:blank", "about:srcdoc", "data:text/html,x", "blob:null/1", "javascript:0", "nonsense"
                })
        void withoutSite_isOfTheOneAroundIt(String url) throws Exception {
            assertThat(targets(
                            TAB,
                            attached("F", "T"),
                            navigated("F", "T", ADS),
                            attached("G", "F"),
                            attached("H", "G"),
                            image("1", "G", url),
                            image("2", "H", url),
                            load("3", "H", SHOP)))
                    .containsOnly(documents("T", "ads.example"));
        }

        @Test
        void withoutSite_inATab_isOfItsFirst() throws Exception {
            assertThat(targets(TAB, navigated("T", "", "l", "about:blank"), image("1", "T", "l", "about:blank")))
                    .containsExactly(documents("T", "shop.example"));
        }

        @Test
        void withoutSite_whereTheTabHasNone() throws Exception {
            assertThat(targets(
                            navigated("T", "", "about:blank"),
                            image("1", "T", "about:blank"),
                            navigated("U", "", "nonsense"),
                            image("2", "U", "nonsense"),
                            image("3", "U", ""),
                            attached("V", "U"),
                            load("4", "V", SHOP)))
                    .containsExactly(documents("T", "about:"), tab("U"), tab("U"), tab("U"));
        }

        @Test
        void errorPage_isOfNoSiteOfTheWeb() throws Exception {
            assertThat(targets(TAB, attached("F", "T"), image("1", "F", "chrome-error://chromewebdata/")))
                    .containsExactly(documents("T", "chromewebdata"));
        }

        @Test
        void withoutDocumentUrl_isOfWhatTheFrameShows() throws Exception {
            assertThat(targets(TAB, image("1", "T", ""))).containsExactly(documents("T", "shop.example"));
        }

        @Test
        void lateRequest_isOfTheDocumentThatMadeIt() throws Exception {
            Script script = read(
                    navigated("T", "", "1", SHOP),
                    image("a", "T", "1", SHOP),
                    navigated("T", "", "2", ADS),
                    image("b", "T", "1", SHOP),
                    image("c", "T", "2", ADS),
                    attached("F", "T"),
                    load("d", "F", SHOP));

            assertThat(script.channels())
                    .extracting(Channel::target)
                    .containsExactly(
                            documents("T", "shop.example"),
                            documents("T", "shop.example"),
                            documents("T", "ads.example"),
                            documents("T", "ads.example"));
            assertThat(shown(script)).extracting(Step.Show::url).containsExactly(SHOP, ADS);
        }

        @Test
        void scriptOfAWorker_isNoDocumentOfTheFrame() throws Exception {
            Script script = read(
                    TAB,
                    request("1", "T", "", "Script", SHOP + "worker.js", SHOP + "worker.js"),
                    request("2", "T", "", "Script", "data:,0", "data:,0"));

            assertThat(script.channels()).extracting(Channel::target).containsOnly(documents("T", "shop.example"));
            assertThat(shown(script)).hasSize(1);
        }
    }

    @Nested
    final class Shown {
        private static String steps(String... events) throws RecordingException {
            StringBuilder names = new StringBuilder();
            for (Step step : read(events).steps()) {
                names.append(
                                step instanceof Step.Show show
                                        ? show.url()
                                        : step.getClass().getSimpleName())
                        .append(' ');
            }
            return names.toString().strip();
        }

        @Test
        void answeredDocument_isShown_evenIfNothingElseSaysSo() throws Exception {
            assertThat(targets(
                            TAB,
                            attached("F", "T"),
                            load("1", "F", "https://to.example/"),
                            redirect("1", "F", "Document", ADS),
                            response("1", 200),
                            attached("G", "F"),
                            load("2", "G", SHOP)))
                    .containsExactly(documents("T", "shop.example"), documents("T", "ads.example"));
        }

        @ParameterizedTest
        @ValueSource(ints = {204, 205})
        void answerWithoutContent_leavesWhatIsShown(int status) throws Exception {
            assertThat(targets(
                            TAB,
                            navigated("F", "T", ADS),
                            load("1", "F", "https://else.example/"),
                            response("1", status),
                            attached("G", "F"),
                            load("2", "G", SHOP)))
                    .containsExactly(documents("T", "shop.example"), documents("T", "ads.example"));
        }

        @Test
        void once_thoughToldThreeTimes() throws Exception {
            assertThat(steps(
                            TAB,
                            load("1", "F", ADS),
                            attached("F", "T"),
                            response("1", 200),
                            navigated("F", "T", "1", ADS),
                            image("2", "F", "1", ADS + "#changed")))
                    .isEqualTo(SHOP + " Open Send " + ADS + " Open");
        }

        @Test
        void again_thoughItsUrlIsTheSame() throws Exception {
            assertThat(steps(
                            navigated("T", "", "1", SHOP),
                            image("a", "T", "1", SHOP),
                            navigated("T", "", "2", SHOP),
                            image("b", "T", "2", SHOP)))
                    .isEqualTo(SHOP + " Open " + SHOP + " Open");
        }

        @Test
        void notInATabThatLoadsNothing() throws Exception {
            assertThat(steps(TAB, navigated("U", "", ADS), image("1", "T", SHOP)))
                    .isEqualTo(SHOP + " Open");
        }
    }
}
