package dev.peili.examples.http;

import static dev.peili.examples.http.LogText.documents;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** What the log that comes with the program must hold, whoever recorded it. */
final class ShippedLogTest {
    private static final int LARGEST = 60 * 1024;

    private static InputStream stream() {
        InputStream in = ShippedLog.class.getResourceAsStream(ShippedLog.NAME);
        assertThat(in).as(ShippedLog.NAME).isNotNull();
        return in;
    }

    private static List<Channel> channels(Script script, String url) {
        return script.channels().stream()
                .filter(channel -> channel.url().equals("http://" + url))
                .toList();
    }

    @Test
    void twoTabs_ofSeveralSites() throws Exception {
        Script script = ShippedLog.read();
        ScriptRules.check(script);

        assertThat(script.tabs()).hasSize(2);
        Map<String, List<String>> sites = script.channels().stream()
                .map(Channel::target)
                .filter(Target.OfDocuments.class::isInstance)
                .map(Target.OfDocuments.class::cast)
                .distinct()
                .collect(Collectors.groupingBy(
                        Target.OfDocuments::tab,
                        Collectors.mapping(target -> target.site().key(), Collectors.toList())));
        assertThat(sites.values())
                .satisfiesExactlyInAnyOrder(
                        market -> assertThat(market)
                                .containsExactlyInAnyOrder(
                                        "market.example", "banner.example", "tracker.example", "pay.example"),
                        mail -> assertThat(mail)
                                .containsExactlyInAnyOrder("mail.example", "banner.example", "tracker.example"));
    }

    @Test
    void everyKindOfTarget_andOfMessage() throws Exception {
        Script script = ShippedLog.read();
        Counts counts = Counts.of(script);

        assertThat(counts.targets().tabGroup()).isEqualTo(3); // one tab loads two pages
        assertThat(counts.targets().none()).isEqualTo(3); // a preflight, and two requests of a worker
        assertThat(counts.channels()).isBetween(100L, 200L);
        assertThat(counts.redirects()).isEqualTo(4);
        assertThat(script.steps())
                .filteredOn(step -> step instanceof Step.Send send && send.message() instanceof Message.Fail)
                .isNotEmpty();
    }

    @Test
    void framesAndDocuments_loadForThoseThatMadeThem() throws Exception {
        Script script = ShippedLog.read();
        String market =
                ((Target.OfTab) channels(script, "www.market.example/").get(0).target()).tab();

        assertThat(channels(script, "www.market.example/basket.html"))
                .extracting(Channel::target)
                .containsExactly(new Target.OfTab(market));
        assertThat(channels(script, "banner.example/to/pay.example/"))
                .extracting(Channel::target)
                .containsExactly(documents(market, "market.example"));
        assertThat(channels(script, "cdn.example/image/card"))
                .extracting(Channel::target)
                .containsOnly(documents(market, "pay.example"));
        for (String blank : List.of("today", "blank")) {
            assertThat(channels(script, "cdn.example/image/" + blank))
                    .extracting(Channel::target)
                    .containsExactly(documents(market, "market.example"));
        }
        assertThat(channels(script, "tracker.example/"))
                .hasSize(2)
                .extracting(Channel::target)
                .contains(documents(market, "banner.example"));
        assertThat(channels(script, "api.market.example/data/3000"))
                .extracting(Channel::target)
                .containsExactly(new Target.None());
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
                .doesNotContain("/home/", "/root", "/tmp", "/usr", "127.0.0.1", "localhost", "Linux", "Mozilla");
        assertThat(Arrays.stream(text.split("https?://", -1)).skip(1))
                .allMatch(rest -> rest.matches("(?s)[a-z.]+\\.(example|elsewhere)/.*"));
    }
}
