package dev.peili.examples.http;

import static dev.peili.examples.Gzip.gzip;
import static dev.peili.examples.http.LogText.attached;
import static dev.peili.examples.http.LogText.data;
import static dev.peili.examples.http.LogText.event;
import static dev.peili.examples.http.LogText.failed;
import static dev.peili.examples.http.LogText.finished;
import static dev.peili.examples.http.LogText.image;
import static dev.peili.examples.http.LogText.in;
import static dev.peili.examples.http.LogText.list;
import static dev.peili.examples.http.LogText.load;
import static dev.peili.examples.http.LogText.navigated;
import static dev.peili.examples.http.LogText.read;
import static dev.peili.examples.http.LogText.readBytes;
import static dev.peili.examples.http.LogText.readText;
import static dev.peili.examples.http.LogText.redirect;
import static dev.peili.examples.http.LogText.response;
import static dev.peili.examples.http.LogText.target;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the events of a log become the steps of a script. */
final class LogReaderTest {
    private static final String SHOP = "https://www.shop.example/";
    private static final Skipped NOTHING = new Skipped(0, 0, 0, 0, 0);

    private static List<Step> sends(Script script) {
        return script.steps().stream().filter(Step.Send.class::isInstance).toList();
    }

    @Nested
    final class Input {
        private static final String EVENT = load("1", "", SHOP);

        @Test
        void list_andGzip_sayTheSame(@TempDir Path folder) throws Exception {
            Script expected = read(EVENT);
            assertThat(readBytes(gzip(list(EVENT)))).isEqualTo(expected);

            Path file = Files.write(folder.resolve("b.json.gz"), gzip(list(EVENT)));
            Script script = LogReader.read(file);
            assertThat(script.name()).isEqualTo(file.toString());
            assertThat(script.steps()).isEqualTo(expected.steps());
        }

        @Test
        void nestedEvents_sayTheSame() throws Exception {
            String[] events = {in("S", navigated("T", "", SHOP)), in("S", image("1", "T", SHOP))};
            Script expected = read(events);
            assertThat(expected.channels()).extracting(Channel::frame).containsExactly(Optional.of("T"));

            String[] nested = events.clone();
            String[] nestedTwice = events.clone();
            String[] texts = events.clone();
            for (int i = 0; i < events.length; i++) {
                nested[i] = "{\"message\":" + events[i] + "}";
                nestedTwice[i] = "{\"level\":\"INFO\",\"message\":" + nested[i] + ",\"timestamp\":1}";
                texts[i] = "{\"message\":\"" + nested[i].replace("\"", "\\\"") + "\",\"level\":\"INFO\"}";
            }
            assertThat(read(nested)).isEqualTo(expected);
            assertThat(read(nestedTwice)).isEqualTo(expected);
            assertThat(read(texts)).isEqualTo(expected);
        }

        @Test
        void fieldsInAnyOrder_sayTheSame() throws Exception {
            Script script = read("""
                    {"params":{"request":{"headers":{"url":"x"},"url":"%s"},"type":"Fetch","requestId":"1","frameId":"T",
                    "documentURL":"%<s"},"sessionId":"S","method":"Network.requestWillBeSent"}""".formatted(SHOP), navigated("T", "", SHOP));

            assertThat(script.channels())
                    .extracting(Channel::requestId, Channel::url, Channel::type, Channel::documentUrl)
                    .containsExactly(tuple("1", SHOP, "Fetch", Optional.of(SHOP)));
        }

        @Test
        void whatIsNoEvent_isCounted() throws Exception {
            Script script = read(
                    EVENT,
                    "1",
                    "null",
                    "[[]]",
                    "{}",
                    "\"text\"",
                    "{\"message\":\"not JSON\"}",
                    "{\"message\":\"\"}",
                    "{\"message\":\"[1]\"}",
                    "{\"message\":{\"message\":{\"message\":{\"message\":" + finished("1") + "}}}}",
                    "{\"id\":1,\"result\":{}}",
                    "{\"method\":\"GET\"}");

            assertThat(script.skipped()).isEqualTo(new Skipped(11, 0, 0, 0, 0));
            assertThat(script.steps()).containsExactly(new Step.Open(0));
        }

        @Test
        void otherEvents_areLeftOut() throws Exception {
            Script script = read(
                    EVENT,
                    event("Page.frameStartedLoading", "\"frameId\":\"T\""),
                    event("Network.requestServedFromCache", "\"requestId\":\"1\""),
                    event("Network.responseReceivedExtraInfo", "\"requestId\":\"1\",\"statusCode\":200"),
                    event("Target.attachedToTarget", "\"targetInfo\":{\"type\":\"service_worker\"}"));

            assertThat(script.skipped()).isEqualTo(NOTHING);
            assertThat(script.steps()).containsExactly(new Step.Open(0));
        }
    }

    @Nested
    final class Messages {
        @Test
        void areSentInTheOrderOfTheLog() throws Exception {
            Script script = read(
                    load("1", "", SHOP),
                    redirect("1", "", "Document", SHOP + "home"),
                    load("2", "", SHOP),
                    response("2", 404),
                    response("1", 200),
                    data("2", 7),
                    data("1", 0),
                    data("1", 3_000_000_000L),
                    failed("2"),
                    finished("1"));

            assertThat(script.steps())
                    .containsExactly(
                            new Step.Open(0),
                            new Step.Send(0, new Message.Redirect(302, SHOP + "home")),
                            new Step.Open(1),
                            new Step.Send(1, new Message.Response(404, "text/html")),
                            new Step.Send(0, new Message.Response(200, "text/html")),
                            new Step.Send(1, new Message.Data(7)),
                            new Step.Send(0, new Message.Data(0)),
                            new Step.Send(0, new Message.Data(3_000_000_000L)),
                            new Step.Send(1, new Message.Fail("net::ERR_FAILED")),
                            new Step.Send(0, new Message.Finish()));
            assertThat(Counts.of(script))
                    .isEqualTo(new Counts(2, 1, 2, 3, 2, 3_000_000_007L, 0, 0, new Counts.Targets(0, 0, 2)));
            assertThat(Counts.of(script).messages()).isEqualTo(7);
            assertThat(script.skipped()).isEqualTo(NOTHING);
        }

        @Test
        void severalAnswersToOneRequest_areAllSent() throws Exception {
            assertThat(sends(read(load("1", "", SHOP), response("1", 100), response("1", 200))))
                    .hasSize(2);
        }

        @Test
        void unknownRequest_isSkipped() throws Exception {
            Script script = read(response("1", 200), data("2", 1), load("1", "", SHOP), finished("1"), failed("3"));

            assertThat(sends(script)).hasSize(1);
            assertThat(script.skipped()).isEqualTo(new Skipped(0, 0, 3, 0, 0));
        }

        @Test
        void idUsedAgain_isNoChannelOfItsOwn() throws Exception {
            Script script =
                    read(load("1", "", SHOP), load("1", "", SHOP), finished("1"), load("1", "", SHOP), data("1", 1));

            assertThat(script.channels()).hasSize(1);
            assertThat(sends(script)).containsExactly(new Step.Send(0, new Message.Finish()));
            assertThat(script.skipped()).isEqualTo(new Skipped(0, 0, 0, 2, 1));
        }

        @Test
        void afterTheEnd_areSkipped() throws Exception {
            Script script = read(
                    load("1", "", SHOP),
                    failed("1"),
                    response("1", 200),
                    data("1", 1),
                    finished("1"),
                    redirect("1", "", "Document", SHOP));

            assertThat(sends(script)).hasSize(1);
            assertThat(Counts.of(script).redirects()).isZero();
            assertThat(script.skipped()).isEqualTo(new Skipped(0, 0, 0, 0, 4));
        }

        @Test
        void redirectOfNothing_opensAChannel() throws Exception {
            Script script = read(redirect("1", "", "Document", SHOP), finished("1"));

            assertThat(script.channels()).hasSize(1);
            assertThat(Counts.of(script).redirects()).isZero();
            assertThat(script.skipped()).isEqualTo(NOTHING);
        }
    }

    @Nested
    final class Incomplete {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{\"method\":\"Page.frameAttached\",\"params\":{\"frameId\":\"F\"}}",
                    "{\"method\":\"Page.frameAttached\",\"params\":{\"parentFrameId\":\"F\"}}",
                    "{\"method\":\"Page.frameNavigated\",\"params\":{\"frame\":\"F\"}}",
                    "{\"method\":\"Page.frameNavigated\"}",
                    "{\"method\":\"Target.attachedToTarget\",\"params\":{\"targetInfo\":{\"targetId\":\"F\"}}}",
                    "{\"method\":\"Target.attachedToTarget\",\"params\":{\"targetInfo\":{\"type\":\"iframe\"}}}",
                    "{\"method\":\"Network.requestWillBeSent\",\"params\":{\"requestId\":\"2\"}}",
                    "{\"method\":\"Network.requestWillBeSent\",\"params\":{\"request\":{\"url\":\"http://a/\"}}}",
                    "{\"method\":\"Network.requestWillBeSent\",\"params\":[]}",
                    "{\"method\":\"Network.responseReceived\",\"params\":{\"requestId\":\"1\"}}",
                    "{\"method\":\"Network.responseReceived\",\"params\":{\"requestId\":\"1\",\"response\":{\"status\":-1}}}",
                    "{\"method\":\"Network.responseReceived\",\"params\":{\"requestId\":\"1\",\"response\":{\"status\":1e9}}}",
                    "{\"method\":\"Network.dataReceived\",\"params\":{\"requestId\":\"1\"}}",
                    "{\"method\":\"Network.dataReceived\",\"params\":{\"requestId\":\"1\",\"dataLength\":-1}}",
                    "{\"method\":\"Network.dataReceived\",\"params\":{\"requestId\":\"1\",\"dataLength\":1e300}}",
                    "{\"method\":\"Network.dataReceived\",\"params\":{\"requestId\":\"1\",\"dataLength\":\"7\"}}",
                    "{\"method\":\"Network.loadingFinished\",\"params\":{}}",
                    "{\"method\":\"Network.loadingFailed\",\"params\":{\"requestId\":\"\"}}"
                })
        void event_isSkipped(String event) throws Exception {
            Script script = read(load("1", "", SHOP), event);

            assertThat(script.steps()).containsExactly(new Step.Open(0));
            assertThat(script.skipped()).isEqualTo(new Skipped(0, 1, 0, 0, 0));
            assertThat(script.skipped().total()).isEqualTo(1);
        }

        @Test
        void whatMayBeMissing_hasADefault() throws Exception {
            Script script = read(
                    event("Network.requestWillBeSent", "\"requestId\":\"1\",\"request\":{\"url\":\"\"}"),
                    event(
                            "Network.requestWillBeSent",
                            "\"requestId\":\"1\",\"request\":{\"url\":\"\"},\"redirectResponse\":{}"),
                    event("Network.responseReceived", "\"requestId\":\"1\",\"response\":{\"status\":0}"),
                    event("Network.loadingFailed", "\"requestId\":\"1\""));

            assertThat(script.channels())
                    .containsExactly(
                            new Channel("1", Optional.empty(), Optional.empty(), "", "Other", new Target.None()));
            assertThat(sends(script))
                    .containsExactly(
                            new Step.Send(0, new Message.Redirect(0, "")),
                            new Step.Send(0, new Message.Response(0, "")),
                            new Step.Send(0, new Message.Fail("")));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"7", "null", "true", "\"\"", "\"T\"", "{}", "[]", "[{\"frame\":{}}]", "{\"message\":{}}"})
        void valueOfAnotherKind_isNoReasonToStop(String other) throws Exception {
            String log = list(
                    load("1", "T", SHOP),
                    in("S", navigated("T", "", "1", SHOP)),
                    in("S", attached("F", "T")),
                    target("iframe", "F", "S", "R"),
                    image("2", "F", "9", SHOP),
                    redirect("2", "F", "Image", SHOP),
                    response("1", 200),
                    data("1", 5),
                    failed("2"));
            String keep = load("keep", "", SHOP);
            Matcher value = Pattern.compile("(?<=:)(\"[^\"]*\"|\\d+)").matcher(log);
            int values = 0;
            while (value.find()) {
                String changed = log.substring(0, value.start()) + other + log.substring(value.end());
                Script script = readText(changed.substring(0, changed.length() - 1) + "," + keep + "]");
                assertThat(script.channels()).extracting(Channel::requestId).contains("keep");
                values++;
            }
            assertThat(values).isGreaterThan(40);
        }
    }
}
