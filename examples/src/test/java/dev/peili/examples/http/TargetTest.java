package dev.peili.examples.http;

import static dev.peili.examples.http.LogText.attached;
import static dev.peili.examples.http.LogText.documents;
import static dev.peili.examples.http.LogText.event;
import static dev.peili.examples.http.LogText.image;
import static dev.peili.examples.http.LogText.in;
import static dev.peili.examples.http.LogText.load;
import static dev.peili.examples.http.LogText.navigated;
import static dev.peili.examples.http.LogText.read;
import static dev.peili.examples.http.LogText.redirect;
import static dev.peili.examples.http.LogText.request;
import static dev.peili.examples.http.LogText.shown;
import static dev.peili.examples.http.LogText.tab;
import static dev.peili.examples.http.LogText.target;
import static dev.peili.examples.http.LogText.targets;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Which group each request of a log belongs to. */
final class TargetTest {
    private static final String SHOP = "https://www.shop.example/";
    private static final String ADS = "https://ads.example/";
    private static final Target NONE = new Target.None();

    /** A tab of a shop. */
    private static final String TAB = navigated("T", "", SHOP);

    @Nested
    final class Kinds {
        @Test
        void topLevelLoad_hasTheTab_thoughItsFrameIsToldOfLater() throws Exception {
            assertThat(targets(load("1", "T", SHOP), TAB)).containsExactly(tab("T"));
        }

        @Test
        void nextTopLevelLoad_hasTheTab_whateverItShows() throws Exception {
            assertThat(targets(TAB, image("1", "T", SHOP), load("2", "T", ADS)))
                    .containsExactly(documents("T", "shop.example"), tab("T"));
        }

        @Test
        void whatADocumentAsksFor_hasItsDocGroup() throws Exception {
            assertThat(targets(TAB, image("1", "T", SHOP), image("2", "T", "https://shop.example:8080/else")))
                    .containsExactly(documents("T", "shop.example"), documents("T", "shop.example"));
        }

        @Test
        void loadOfAFrame_hasTheDocGroupOfTheDocumentAroundIt() throws Exception {
            assertThat(targets(
                            TAB,
                            attached("F", "T"),
                            load("1", "F", ADS),
                            navigated("F", "T", ADS),
                            image("2", "F", ADS),
                            attached("G", "F"),
                            load("3", "G", SHOP)))
                    .containsExactly(
                            documents("T", "shop.example"),
                            documents("T", "ads.example"),
                            documents("T", "ads.example"));
        }

        @Test
        void sitesOfTwoTabs_areTwoDocGroups() throws Exception {
            Script script = read(
                    TAB, navigated("U", "", SHOP), image("1", "U", SHOP), image("2", "T", SHOP), load("3", "T", ADS));

            assertThat(script.channels())
                    .extracting(Channel::target)
                    .containsExactly(documents("U", "shop.example"), documents("T", "shop.example"), tab("T"));
            assertThat(script.tabs()).containsExactly("U", "T");
            assertThat(Counts.of(script).tabGroups()).isEqualTo(2);
            assertThat(Counts.of(script).docGroups()).isEqualTo(2);
            assertThat(Counts.of(script).targets()).isEqualTo(new Counts.Targets(2, 1, 0));
        }

        @Test
        void withoutFrame_hasNone() throws Exception {
            assertThat(targets(TAB, image("1", "", SHOP), load("2", "", SHOP), image("3", "unknown", SHOP)))
                    .containsExactly(NONE, NONE, NONE);
        }

        @Test
        void ofAWorker_hasNone() throws Exception {
            assertThat(targets(
                            target("page", "T", "", "S"),
                            target("worker", "W", "S", "R"),
                            in("R", image("1", "", SHOP)),
                            in("R", image("2", "W", SHOP))))
                    .containsExactly(NONE, NONE);
        }

        @Test
        void afterARedirect_staysWhatItWas() throws Exception {
            assertThat(targets(TAB, load("1", "T", SHOP), redirect("1", "T", "Document", ADS), image("2", "T", SHOP)))
                    .containsExactly(tab("T"), documents("T", "shop.example"));
        }

        @Test
        void withoutType_isADocumentIfItHasTheIdOfOne() throws Exception {
            assertThat(targets(TAB, request("1", "T", "1", "", SHOP, SHOP), request("2", "T", "1", "", ADS, SHOP)))
                    .containsExactly(tab("T"), documents("T", "shop.example"));
        }
    }

    @Nested
    final class Frames {
        @Test
        void tab_isThatOfTheOutermostFrame() throws Exception {
            assertThat(targets(
                            navigated("G", "F", ADS),
                            attached("F", "T"),
                            image("1", "G", ADS),
                            image("2", "F", SHOP),
                            load("3", "T", SHOP)))
                    .containsExactly(documents("T", "ads.example"), documents("T", "shop.example"), tab("T"));
        }

        @Test
        void ofAnotherProcess_isWhereItWasAttached() throws Exception {
            assertThat(targets(
                            target("page", "T", "", "S"),
                            in("S", TAB),
                            in("S", attached("F", "T")),
                            target("iframe", "F", "S", "R"),
                            in("R", navigated("F", "", ADS)),
                            in("R", image("1", "F", ADS)),
                            in("R", load("2", "F", SHOP))))
                    .containsExactly(documents("T", "ads.example"), documents("T", "shop.example"));
        }

        @Test
        void ofAnotherProcess_isWithinTheSessionThatToldOfIt() throws Exception {
            Script script = read(
                    in("S", TAB),
                    target("iframe", "F", "S", "R"),
                    target("iframe", "G", "R", "Q"),
                    in("R", navigated("F", "", ADS)),
                    in("Q", image("1", "G", SHOP)),
                    in("Q", load("2", "H", "https://video.example/")));

            assertThat(script.channels())
                    .extracting(Channel::target)
                    .containsExactly(documents("T", "shop.example"), documents("T", "shop.example"));
            assertThat(shown(script))
                    .extracting(Step.Show::frame, show -> show.parent().orElse("none"))
                    .containsExactly(tuple("T", "none"), tuple("F", "T"), tuple("G", "F"));
        }

        @Test
        void parentOfATarget_isTakenWhereItIsNamed() throws Exception {
            String info = "\"targetInfo\":{\"targetId\":\"F\",\"type\":\"iframe\",\"parentFrameId\":\"T\"}";
            assertThat(targets(TAB, event("Target.attachedToTarget", info), load("1", "F", ADS)))
                    .containsExactly(documents("T", "shop.example"));
        }

        @Test
        void secondOutermostFrameOfASession_isATabOfItsOwn() throws Exception {
            assertThat(targets(in("S", TAB), in("S", load("1", "U", ADS)), in("S", navigated("U", "", ADS))))
                    .containsExactly(tab("U"));
        }

        @Test
        void circle_ofADamagedLog_endsSomewhere() throws Exception {
            assertThat(targets(
                            attached("A", "B"),
                            attached("B", "C"),
                            attached("C", "B"),
                            attached("D", "D"),
                            image("1", "A", SHOP),
                            image("2", "B", "about:blank"),
                            load("3", "D", SHOP)))
                    .hasSize(3)
                    .doesNotContain(NONE);
        }
    }
}
