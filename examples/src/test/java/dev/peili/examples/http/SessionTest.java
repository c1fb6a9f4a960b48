package dev.peili.examples.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.peili.examples.FailedException;
import dev.peili.ipc.DestroyReason;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scripts as they are played: all that they ask for is handled, where it has to be. */
final class SessionTest {
    private static void checkAll(Playback playback) {
        Counts counts = Counts.of(playback.script());
        assertThat(playback.results().counts()).isEqualTo(counts);
        assertThat(playback.sent()).isEqualTo(counts.messages());
        assertThat(playback.results().all().messages()).isEqualTo(counts.messages());
        assertThat(playback.results().all().misrouted()).isZero();
        assertThat(playback.results().all().outOfOrder()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void shippedLog_isHandled(int processes) throws Exception {
        List<Long> progress = new ArrayList<>();
        Playback playback = new Session().play(ShippedLog.read(), processes, progress::add);
        checkAll(playback);
        assertThat(playback.refused()).isZero();
        assertThat(progress).isSorted().isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void smallWindows_makeTheParentWait_andNothingIsLost(int processes) throws Exception {
        Session session = new Session("peili.ipc.actor-window=4", "peili.ipc.channel-window=64KiB");
        Playback playback = session.play(ShippedLog.read(), processes, sent -> {});
        checkAll(playback);
        assertThat(playback.refused()).isPositive();
    }

    @Test
    void withoutSerialization_itIsTheSame() throws Exception {
        checkAll(new Session("peili.ipc.serialize-in-process=off").play(ShippedLog.read(), 1, sent -> {}));
    }

    @Test
    void channelsWithoutEnd_areCounted() throws Exception {
        Script script = LogText.read(
                LogText.load("1", "F", "https://a.example/"),
                LogText.navigated("F", "", "1", "https://a.example/"),
                LogText.image("2", "F", "https://a.example/"),
                LogText.data("2", 1_000_000));
        Playback playback = new Session().play(script, 1, sent -> {});
        checkAll(playback);
        assertThat(playback.results().all().ends()).isZero();
        assertThat(playback.results().all().bytes()).isEqualTo(1_000_000);
    }

    @Test
    void half_aCharacter_canBeSent() throws Exception {
        Script script = LogText.readText(LogText.list(
                LogText.request("1", "", "", "Other", "https://a.example/\\ud83d", ""), LogText.finished("1")));
        checkAll(new Session().play(script, 2, sent -> {}));
    }

    @Test
    void crash_isToldToEachActorOnce() throws Exception {
        Script script = ShippedLog.read();
        Crash crash = Session.withShortSilence().crash(script, 100, sent -> {});

        List<Endings.Ending> crashed = crash.told(DestroyReason.PEER_CRASHED);
        assertThat(Endings.count(crashed, Content.PROTOCOL)).isOne();
        assertThat(Endings.count(crashed, Browser.PROTOCOL)).isEqualTo(2);
        assertThat(Endings.count(crashed, HttpChannel.PROTOCOL)).isPositive();
        assertThat(crashed)
                .allSatisfy(ending -> assertThat(crash.secondsUntil(ending))
                        .isGreaterThan(Session.SILENCE
                                        .minus(Session.HEARTBEAT)
                                        .minus(Session.HEARTBEAT)
                                        .toMillis()
                                / 1e3));
        List<Endings.Ending> done = crash.told(DestroyReason.DELETED);
        assertThat(Endings.count(done, HttpChannel.PROTOCOL)).isEqualTo(done.size());
        for (DestroyReason why : DestroyReason.values()) {
            if (why != DestroyReason.DELETED && why != DestroyReason.PEER_CRASHED) {
                assertThat(crash.told(why)).as(why.toString()).isEmpty();
            }
        }
    }

    @Test
    void contentThatCannotConnect_isSaid() throws Exception {
        Script script = ShippedLog.read();
        assertThatThrownBy(() -> new Session("peili.ipc.connect.timeout=2ms", "peili.ipc.connect.retry-after=1ms")
                        .play(script, 2, sent -> {}))
                .isInstanceOf(FailedException.class)
                .hasMessageContaining("the content has ended too early");
    }
}
