package dev.peili.actors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.net.IDN;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SiteTest {

    /** The number of vectors in each of the two official files. */
    private static final int VECTORS = 78;

    /** A label that no rule of the list has; one more label below a public suffix makes a site. */
    private static final String LABEL = "peili-test";

    // ---- of

    @Test
    void of_anyString_isTheKeyAsItIs() {
        for (String key :
                List.of("example.org", "WWW.Example.ORG", " ", "room 7", "https://a.example/", "\u0000", "ü")) {
            assertThat(Site.of(key).key()).isEqualTo(key);
        }
    }

    @Test
    void of_emptyString_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Site.of("")).withMessageContaining("empty");
    }

    @Test
    void of_keyOfAUrl_equalsTheSiteOfTheUrl() {
        Site site = Site.ofUrl("https://www.example.org/");

        assertThat(Site.of("example.org"))
                .isEqualTo(site)
                .hasSameHashCodeAs(site)
                .hasToString(site.toString());
        assertThat(Site.of("www.example.org")).isNotEqualTo(site);
        assertThat(Site.of("EXAMPLE.org")).isNotEqualTo(site);
        assertThat(Site.of("data:")).isEqualTo(Site.ofUrl("data:,hello"));
    }

    @Test
    void toString_containsTheKey() {
        assertThat(Site.of("room 7").toString()).contains("room 7");
    }

    @Test
    @SuppressWarnings("NullAway") // what is tested
    void anyFactory_null_isRefused() {
        String none = null;

        assertThatNullPointerException().isThrownBy(() -> Site.of(none));
        assertThatNullPointerException().isThrownBy(() -> Site.ofHost(none));
        assertThatNullPointerException().isThrownBy(() -> Site.ofUrl(none));
    }

    // ---- ofUrl, hosts

    @ParameterizedTest
    @CsvSource({
        "https://www.example.co.uk/, example.co.uk",
        "https://a.b.c.example.com/x/y.html?q=www.other.com#www.other.com, example.com",
        "https://example.com, example.com",
        "https://example.com?q, example.com",
        "https://example.com#f, example.com",
        "ws://chat.example.org/, example.org",
        "wss://chat.example.org/, example.org",
        "ftp://ftp.example.org/, example.org"
    })
    void ofUrl_listedSuffix_isSuffixAndOneLabel(String url, String key) {
        assertSite(url, key);
    }

    @ParameterizedTest
    @CsvSource({
        "https://a.alice.github.io/, alice.github.io",
        "https://bob.github.io/, bob.github.io",
        "https://blog.alice.blogspot.com/, alice.blogspot.com",
        "https://b.a.s3.amazonaws.com/, a.s3.amazonaws.com"
    })
    void ofUrl_privateSection_countsAsSuffix(String url, String key) {
        assertSite(url, key);
    }

    @ParameterizedTest
    @CsvSource({
        "https://com/, com",
        "https://co.uk/, co.uk",
        "https://github.io/, github.io",
        "https://any.ck/, any.ck",
        "https://ck/, ck",
        "https://xn--55qx5d.cn/, xn--55qx5d.cn"
    })
    void ofUrl_hostIsPublicSuffix_isTheHost(String url, String key) {
        assertSite(url, key);
    }

    @ParameterizedTest
    @CsvSource({
        "https://b.a.unlisted/, a.unlisted",
        "https://a.unlisted/, a.unlisted",
        "http://app.localhost/, app.localhost",
        "http://printer.local/, printer.local",
        "http://b.a.1st/, a.1st"
    })
    void ofUrl_unlistedSuffix_followsTheDefaultRule(String url, String key) {
        assertSite(url, key);
    }

    @ParameterizedTest
    @CsvSource({"http://localhost:3000/, localhost", "http://intranet/, intranet", "https://LOCALHOST./, localhost"})
    void ofUrl_singleLabel_isTheLabel(String url, String key) {
        assertSite(url, key);
    }

    @ParameterizedTest
    @CsvSource({
        "http://-a.alice.github.io/, alice.github.io",
        "http://x.-a_.github.io/, -a_.github.io",
        "http://x.-a.ck/, x.-a.ck",
        "http://_dmarc.example.org/, example.org",
        "http://x_y.example.org/, example.org",
        "http://b.-a.se/, -a.se",
        "http://b.a.-odd-/, a.-odd-"
    })
    void ofUrl_labelsThatOnlyHostsInUseHave_followTheSameRules(String url, String key) {
        assertSite(url, key);
    }

    @Test
    void ofUrl_schemeAndPort_doNotCount() {
        assertThat(List.of(
                        Site.ofUrl("http://example.org/"),
                        Site.ofUrl("https://example.org/"),
                        Site.ofUrl("https://example.org:8443/"),
                        Site.ofUrl("https://example.org:/"),
                        Site.ofUrl("https://example.org:0000065535/"),
                        Site.ofUrl("wss://example.org:443")))
                .containsOnly(Site.of("example.org"));
    }

    @ParameterizedTest
    @CsvSource({
        "https://me@www.example.org/, example.org",
        "https://me:pw@www.example.org:80/, example.org",
        "https://other.com@www.example.org/, example.org",
        "https://a@b@www.example.org/, example.org",
        "https://www.example.org/@other.com/, example.org",
        "https://www.example.org?@other.com/, example.org",
        "https://www.example.org#@other.com/, example.org",
        "https://www.example.org\\@other.com/, example.org"
    })
    void ofUrl_userInformation_isNotTheHost(String url, String key) {
        assertSite(url, key);
    }

    @ParameterizedTest
    @CsvSource({
        "https://www.example.org./, example.org",
        "https://www.example.org.:443/, example.org",
        "https://github.io./, github.io"
    })
    void ofUrl_trailingDot_doesNotCount(String url, String key) {
        assertSite(url, key);
    }

    @Test
    void ofUrl_upperCaseOrWhiteSpaceAround_doesNotCount() {
        assertSite("HTTPS://ME:PW@WWW.Example.ORG/PATH", "example.org");
        assertSite(" \t\nhttps://www.example.org/ \n", "example.org");
    }

    @ParameterizedTest
    @CsvSource({
        "https://www.bücher.example/, https://www.xn--bcher-kva.example/, xn--bcher-kva.example",
        "https://BÜCHER.example/, https://XN--BCHER-KVA.example/, xn--bcher-kva.example",
        "https://bu\u0308cher.example/, https://xn--bcher-kva.example/, xn--bcher-kva.example",
        "https://www.食狮。公司。cn/, https://xn--85x722f.xn--55qx5d.cn/, xn--85x722f.xn--55qx5d.cn",
        "https://faß.de/, https://xn--fa-hia.de/, xn--fa-hia.de",
        "https://ΒΌΛΟς.gr/, https://xn--nxasmm1c.gr/, xn--nxasmm1c.gr",
        "https://i❤️.ws/, https://xn--i-7iq.ws/, xn--i-7iq.ws",
        "https://www.👍👍.ws/, https://xn--yp8ha.ws/, xn--yp8ha.ws",
        "https://ｅｘａｍｐｌｅ.org/, https://exam\u00adple.org/, example.org"
    })
    void ofUrl_internationalized_isTheAsciiForm(String unicode, String ascii, String key) {
        assertSite(unicode, key);
        assertSite(ascii, key);
    }

    @Test
    void ofUrl_sharpS_isNotTwoLettersS() {
        assertThat(Site.ofUrl("https://fass.de/")).isNotEqualTo(Site.ofUrl("https://faß.de/"));
    }

    @ParameterizedTest
    @CsvSource({
        "http://192.168.0.1/, 192.168.0.1",
        "http://me@192.168.0.1.:80/, 192.168.0.1",
        "http://１９２.168.0.1/, 192.168.0.1",
        "http://[::1]/, [::1]",
        "http://me@[2001:DB8:0:0::1]:80/, [2001:db8::1]",
        "http://[::ffff:192.168.0.1]/, 192.168.0.1",
        "http://[64:ff9b::192.0.2.1], [64:ff9b::c000:201]"
    })
    void ofUrl_ipAddress_isTheAddress(String url, String key) {
        assertSite(url, key);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://1.2.3/",
                "http://1/",
                "http://0x7f000001/",
                "http://0177.0.0.1/",
                "http://1.2.3.256/",
                "http://1.2.3.4.5/",
                "http://a.1/",
                "http://[1.2.3.4]/",
                "http://[]/",
                "http://[::1/",
                "http://::1/",
                "http://[::1]x/",
                "http://[::g]/",
                "http://[::１]/",
                "http://[fe80::1%lo]/",
                "http://[fe80::1%25lo]/"
            })
    void ofUrl_otherSpellingOfAnAddress_isRefused(String url) {
        assertRefused(Site::ofUrl, url);
    }

    // ---- ofUrl, no host

    @ParameterizedTest
    @CsvSource({
        "about:blank, about:",
        "about:srcdoc, about:",
        "ABOUT:BLANK, about:",
        "'data:text/html,<a href=\"https://example.org/\">', data:",
        "data://example.org/, data:",
        "file:///home/me/a.html, file:",
        "file://server.example.org/a.html, file:",
        "file:a.html, file:",
        "javascript:void 0, javascript:",
        "'javascript://example.org/\nalert()', javascript:"
    })
    void ofUrl_schemeWithoutHosts_isTheScheme(String url, String key) {
        assertSite(url, key);
    }

    @ParameterizedTest
    @CsvSource({
        "blob:https://www.example.org/7c9d7b0e-5d5c-4f0e-8f0b-2a5f4f0a8b11, example.org",
        "BLOB:HTTPS://www.example.org:8443/uuid, example.org",
        "blob:http://[::1]:80/uuid, [::1]",
        "blob:file:///uuid, file:",
        "blob:null/uuid, blob:",
        "blob:, blob:",
        "blob:garbage, blob:",
        "blob:BLOB:https://www.example.org/uuid, blob:"
    })
    void ofUrl_blob_isTheSiteOfTheOriginInside(String url, String key) {
        assertSite(url, key);
    }

    @ParameterizedTest
    @CsvSource({
        "chrome-extension://abcdef/page.html, abcdef",
        "chrome-error://chromewebdata/, chromewebdata",
        "app://www.example.org/, example.org"
    })
    void ofUrl_otherSchemeWithHost_isByTheHost(String url, String key) {
        assertSite(url, key);
    }

    @Test
    void ofUrl_keyOfAScheme_isNeverThatOfAHost() {
        assertThat(Site.ofUrl("data:,x")).isNotEqualTo(Site.ofUrl("http://data/"));
        assertThat(Site.ofUrl("file:///x")).isNotEqualTo(Site.ofUrl("http://file:/"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "/a.html",
                "a.html",
                "?q",
                "example.org",
                "www.example.org/a.html",
                "//example.org/",
                "://example.org/",
                "1http://example.org/",
                "ht tp://example.org/",
                "java\nscript:void 0",
                "null",
                "C:\\a.html"
            })
    void ofUrl_relativeOrGarbage_isRefused(String url) {
        assertRefused(Site::ofUrl, url);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost:3000",
                "example.org:443/a.html",
                "mailto:a@example.org",
                "https:",
                "https:example.org",
                "https:/example.org/",
                "https://",
                "https:///",
                "https:///example.org/",
                "https://:80/",
                "https://me@/",
                "https://./",
                "https://.example.org/",
                "https://a..example.org/",
                "https://example.org../",
                "https://a b/",
                "https://exa\nmple.org/",
                "https://ex%61mple.org/",
                "https://{host}/",
                "https://*.example.org/",
                "https://a℀b.example/",
                "https://a\u200Eb.example/",
                "https://a\uD800.example/",
                "https://[example.org]/",
                "https://example.org:x/",
                "https://example.org:-1/",
                "https://example.org:65536/",
                "https://example.org:99999999999999999999/",
                "https://example.org:80:80/",
                "blob:https://a b/uuid"
            })
    void ofUrl_missingOrMalformedHost_isRefused(String url) {
        assertRefused(Site::ofUrl, url);
    }

    // ---- ofHost

    @ParameterizedTest
    @CsvSource({
        "www.example.org, example.org",
        "WWW.Example.ORG., example.org",
        "www.bücher.example, xn--bcher-kva.example",
        "github.io, github.io",
        "localhost, localhost",
        "192.168.0.1, 192.168.0.1",
        "::1, [::1]",
        "[::1], [::1]",
        "2001:DB8:0::1, [2001:db8::1]"
    })
    void ofHost_host_isTheSiteOfItsUrl(String host, String key) {
        assertThat(Site.ofHost(host).key()).isEqualTo(key);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                ".org",
                " example.org",
                "example.org:80",
                "me@example.org",
                "example.org/",
                "https://example.org/",
                "a..b",
                "[::1]:80",
                "1.2.3"
            })
    void ofHost_notAHost_isRefused(String host) {
        assertRefused(Site::ofHost, host);
    }

    @Test
    void ofHost_longestLabelAndHost_areAccepted() {
        String label = "a".repeat(63);
        String longest = "b".repeat(61) + ("." + label).repeat(3);

        assertThat(longest).hasSize(253);
        assertThat(Site.ofHost(longest).key()).isEqualTo(label + "." + label);
        assertThat(Site.ofHost(longest + ".").key()).isEqualTo(label + "." + label);
        assertRefused(Site::ofHost, "b" + longest);
        assertRefused(Site::ofHost, "a" + label + ".example");
        assertRefused(Site::ofHost, "ü".repeat(64) + ".example");
        assertRefused(Site::ofHost, "üñ".repeat(31) + ".example");
    }

    @Test
    void ofHost_unicodeLabels_areEncodedAsTheJdkDoes() {
        // Letters for which the older mapping of the JDK and the one of browsers agree.
        String letters = "abcxyz0189-àéîõüýñабвгдежзклмнопрстαβγδεζηθικλかきくけこ例食狮公司中国한국어ᄀ";
        Random random = new Random(17);
        for (int i = 0; i < 10_000; i++) {
            String middle = random.ints(1 + random.nextInt(8), 0, letters.length())
                    .mapToObj(index -> letters.substring(index, index + 1))
                    .collect(Collectors.joining());
            String label = "a" + middle + "z";
            assertThat(Site.ofHost(label + ".example").key()).isEqualTo(IDN.toASCII(label) + ".example");
        }
    }

    // ---- the official vectors

    @Test
    void ofHost_officialVectors_allPass() throws IOException {
        Pattern line = Pattern.compile("(?m)^(?!//)(\\S+) (\\S+)$");

        assertAllPass(vectors("tests.txt", line));
    }

    @Test
    void ofHost_officialJavaScriptVectors_allPass() throws IOException {
        Pattern line = Pattern.compile("(?m)^checkPublicSuffix\\('?([^',]+)'?, '?([^',]+)'?\\);$");

        assertAllPass(vectors("test_psl.txt", line));
    }

    /** What the list's authors expect; a host of null is no host, a site of null is no site below a public suffix. */
    private record Vector(@Nullable String host, @Nullable String site) {

        static Vector of(MatchResult line) {
            return new Vector(orNull(line.group(1)), orNull(line.group(2)));
        }

        private static @Nullable String orNull(String word) {
            return word.equals("null") ? null : word;
        }
    }

    private static void assertAllPass(List<Vector> vectors) {
        assertThat(vectors).hasSize(VECTORS);
        SoftAssertions softly = new SoftAssertions();
        vectors.forEach(vector -> assertPasses(softly, vector));
        softly.assertAll();
    }

    @SuppressWarnings("NullAway") // one vector is null
    private static void assertPasses(SoftAssertions softly, Vector vector) {
        String host = vector.host();
        if (host == null) {
            softly.assertThatThrownBy(() -> Site.ofHost(host)).isInstanceOf(NullPointerException.class);
        } else if (host.startsWith(".")) {
            softly.assertThatThrownBy(() -> Site.ofHost(host))
                    .as(host)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(host);
        } else if (vector.site() == null) {
            // A public suffix is its own site, and so is what is just below it.
            softly.assertThat(Site.ofHost(host).key()).as(host).isEqualTo(ascii(host));
            String below = LABEL + "." + host;
            softly.assertThat(Site.ofHost(below).key()).as(below).isEqualTo(ascii(below));
        } else {
            // A site is not a public suffix: what is below it belongs to it.
            String key = ascii(vector.site());
            softly.assertThat(Site.ofHost(host).key()).as(host).isEqualTo(key);
            String below = LABEL + "." + host;
            softly.assertThat(Site.ofHost(below).key()).as(below).isEqualTo(key);
        }
    }

    private static String ascii(String host) {
        return IDN.toASCII(host).toLowerCase(Locale.ROOT);
    }

    private static List<Vector> vectors(String file, Pattern line) throws IOException {
        Path path = Path.of(System.getProperty("peili.shared", "../../shared"), "data", "psl", file);
        if (!Files.isReadable(path)) {
            String message = "the vectors of the Public Suffix List are not at "
                    + path.toAbsolutePath().normalize() + "; -Dpeili.shared=DIRECTORY says where data/psl is";
            if (System.getenv("CI") != null) {
                fail(message);
            }
            abort(message);
        }
        return line.matcher(Files.readString(path)).results().map(Vector::of).toList();
    }

    private static void assertSite(String url, String key) {
        assertThat(Site.ofUrl(url)).isEqualTo(Site.of(key));
    }

    private static void assertRefused(Function<String, Site> factory, String string) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> factory.apply(string))
                .withMessageContaining("\"" + string + "\"");
    }
}
