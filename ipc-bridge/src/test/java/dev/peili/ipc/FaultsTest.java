package dev.peili.ipc;

import static dev.peili.ipc.Side.CHILD;
import static dev.peili.ipc.Side.PARENT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.peili.actors.Groups;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.junit.jupiter.api.Test;

/** I5 and I6 between two processes, when one is killed or the connection breaks, again and again. */
final class FaultsTest {
    private static final int ROUNDS = Integer.getInteger("peili.rounds", Boolean.getBoolean("peili.deep") ? 100 : 3);
    /** Threads of pools come and go. */
    private static final int FEW = 10;

    private static final int MANY = 1_000_000;
    private static final List<String> SETTINGS =
            List.of("peili.ipc.heartbeat.interval=100ms", "peili.ipc.heartbeat.timeout=2s");

    private static Play streaming(Stage stage) {
        Play play = stage.play();
        play.parent("top", Deed.construct("b", "tab:P/UI", "doc:C/NETWORK"));
        play.await(PARENT, "b", "constructed");
        play.await(CHILD, "b", "constructed");
        play.parent("b", Deed.construct("r"), Deed.send(0, MANY));
        play.await(PARENT, "r", "constructed");
        play.await(CHILD, "b", "step 100");
        return play;
    }

    /** All that the play has opened on the parent's side is gone again. */
    private static void expectNothingLeft(Stage stage, Play play, int groups, int threads) {
        play.parent("", Deed.closeTab("tab:P"), Deed.closeTab("tab:top"), Deed.stopOpener());
        TestProbe<Object> probe = stage.kit().createTestProbe();
        probe.awaitAssert(Duration.ofSeconds(10), () -> {
            assertThat(Groups.get(stage.kit().system()).snapshot()).hasSize(groups);
            assertThat(stage.kit().system().printTree())
                    .doesNotContain("endpoint")
                    .doesNotContain("PBrowser");
            assertThat(Thread.activeCount()).isLessThanOrEqualTo(threads + FEW);
            return null;
        });
        probe.stop();
    }

    @Test
    void killedProcess_isToldToEveryActorAndLeavesNothingBehind() {
        try (Stage stage = Stage.between(SecondProcess.start(SETTINGS), SETTINGS)) {
            int groups = 0;
            int threads = 0;
            for (int round = 0; round < ROUNDS; round++) {
                if (round > 0) {
                    stage.goOnWith(SecondProcess.start(SETTINGS));
                }
                Play play = streaming(stage);
                stage.secondProcess().kill();
                for (String actor : List.of("r", "b", "top")) {
                    play.await(PARENT, actor, "stopped");
                    assertThat(play.of(PARENT, actor).stream().filter(what -> what.startsWith("destroyed")))
                            .as(actor)
                            .containsExactly("destroyed PEER_CRASHED");
                }
                if (round == 0) {
                    play.parent("", Deed.closeTab("tab:P"), Deed.closeTab("tab:top"));
                    groups = groupsAtRest(stage);
                    threads = Thread.activeCount();
                } else {
                    expectNothingLeft(stage, play, groups, threads);
                }
            }
        }
    }

    /** The root group is always there. */
    private static int groupsAtRest(Stage stage) {
        TestProbe<Object> probe = stage.kit().createTestProbe();
        return probe.awaitAssert(Duration.ofSeconds(10), () -> {
            assertThat(Groups.get(stage.kit().system()).snapshot()).hasSize(1);
            return 1;
        });
    }

    @Test
    void brokenConnection_closesTheChannelOnBothSidesAndANewOneCanBeOpened() {
        int parentPort = Cable.freePort();
        int childPort = Cable.freePort();
        try (Cable toParent = new Cable(parentPort);
                Cable toChild = new Cable(childPort);
                Stage stage =
                        Stage.between(SecondProcess.start(behind(toChild, childPort)), behind(toParent, parentPort))) {
            for (int round = 0; round < ROUNDS; round++) {
                Play play = streaming(stage);
                // One cut may hit nothing that is under way; then the channel goes on, and may.
                play.doUntil(
                        () -> {
                            toChild.cut();
                            toParent.cut();
                        },
                        PARENT,
                        "top",
                        "stopped"::equals);
                for (String actor : List.of("r", "b", "top")) {
                    play.await(PARENT, actor, "stopped");
                    assertThat(play.of(PARENT, actor).stream().filter(what -> what.startsWith("destroyed")))
                            .as(actor)
                            .hasSize(1);
                    // What the other process has reported meanwhile may be lost as well.
                    play.doUntil(
                            () -> play.child("", Deed.recall(actor)),
                            CHILD,
                            actor,
                            what -> what.matches("recalls \\[destroyed \\w+, stopped\\]"));
                }
            }
        }
    }

    /** Settings of a process that others reach by a cable only. */
    private static List<String> behind(Cable cable, int port) {
        List<String> settings = new ArrayList<>(SETTINGS);
        settings.add("pekko.remote.artery.canonical.port=" + cable.port());
        settings.add("pekko.remote.artery.bind.port=" + port);
        return settings;
    }
}
