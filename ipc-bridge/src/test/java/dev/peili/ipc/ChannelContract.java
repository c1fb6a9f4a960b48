package dev.peili.ipc;

import static dev.peili.ipc.Side.CHILD;
import static dev.peili.ipc.Side.PARENT;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Promises I1 to I7, wherever the two sides are. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ChannelContract {
    private static final int WINDOW = 64;

    private final Stage.Distance distance;
    private final String[] settings;
    private Stage stage;

    ChannelContract(Stage.Distance distance, String... settings) {
        this.distance = distance;
        this.settings = settings;
    }

    @BeforeAll
    void open() {
        List<String> all = new ArrayList<>(List.of(settings));
        all.add("actor-window=" + WINDOW);
        all.add("heartbeat.interval=200ms");
        all.add("heartbeat.timeout=5s");
        stage = Stage.open(distance, all.toArray(String[]::new));
    }

    @AfterAll
    void close() {
        stage.close();
    }

    private static List<String> steps(int count) {
        return IntStream.range(0, count).mapToObj(i -> "step " + i).toList();
    }

    // --- I1: the first message -----------------------------------------------------------------------------------

    @Test
    void i1_chosenTarget_isWhereEveryTurnRuns() {
        Play play = stage.play();
        play.parent("top", Deed.construct("b", "tab:P/UI", "doc:C/NETWORK"));
        play.await(PARENT, "b", "constructed");
        play.parent("b", Deed.send(0, 3));
        play.await(CHILD, "b", "step 2");
        play.child("b", Deed.send(0, 3));
        play.await(PARENT, "b", "step 2");
        play.parent("b", Deed.delete());
        play.await(CHILD, "b", "stopped");
        play.await(PARENT, "b", "stopped");
        assertThat(play.targetsOf(CHILD, "b")).containsExactly("doc:C/NETWORK");
        assertThat(play.targetsOf(PARENT, "b")).containsExactly("tab:P/UI");
    }

    @Test
    void i1_subActor_inheritsTheTargetOfItsManager() {
        Play play = stage.play();
        play.child("top", Deed.construct("b", "doc:C/TIMER", "tab:P/NETWORK"));
        play.await(PARENT, "b", "constructed");
        play.await(CHILD, "b", "constructed");
        play.child("b", Deed.construct("from child"));
        play.parent("b", Deed.construct("from parent"));
        for (String sub : List.of("from child", "from parent")) {
            play.await(PARENT, sub, "constructed");
            play.await(CHILD, sub, "constructed");
            play.order(PARENT, sub, Deed.send(0, 1));
            play.order(CHILD, sub, Deed.send(0, 1));
            play.await(PARENT, sub, "step 0");
            play.await(CHILD, sub, "step 0");
            assertThat(play.targetsOf(PARENT, sub)).containsExactly("tab:P/NETWORK");
            assertThat(play.targetsOf(CHILD, sub)).containsExactly("doc:C/TIMER");
        }
    }

    @Test
    void i1_withoutASpecialTarget_theTopLevelProtocolsIsInherited() {
        Play play = stage.play();
        play.parent("top", Deed.construct("b"));
        play.await(CHILD, "b", "constructed");
        play.await(PARENT, "b", "constructed");
        assertThat(play.targetsOf(CHILD, "b")).containsExactly("tab:top/OTHER");
        assertThat(play.targetsOf(PARENT, "b")).containsExactly("tab:top/OTHER");
    }

    @Test
    void i1_targetOfASingleMessage_isWhereItRuns_inOrder() {
        Play play = stage.play(true);
        play.parent("top", Deed.construct("b", "", "doc:C/NETWORK"));
        play.await(CHILD, "b", "constructed");
        play.await(PARENT, "b", "constructed");
        play.parent("b", Deed.send(0, WINDOW));
        play.await(CHILD, "b", "step " + (WINDOW - 1));
        List<Event> steps = play.seen().stream()
                .filter(event -> event.side() == CHILD && event.actor().equals("b"))
                .filter(event -> event.what().startsWith("step"))
                .toList();
        assertThat(steps).extracting(Event::what).containsExactlyElementsOf(steps(WINDOW));
        List<String> targets = List.of("doc:E/UI", "tab:E/NETWORK", "doc:C/NETWORK");
        assertThat(steps)
                .extracting(Event::target)
                .containsExactlyElementsOf(IntStream.range(0, WINDOW)
                        .mapToObj(i -> targets.get(i % 3))
                        .toList());
        assertThat(play.of(CHILD, "")).contains("chosen on io-dispatcher for 0");
    }

    // --- I2: where it is chosen ----------------------------------------------------------------------------------

    @Test
    void i2_target_isChosenOnTheIoDispatcherOutsideOfTurns() {
        Play play = stage.play();
        play.parent("top", Deed.construct("b", "", "tab:C/UI"));
        Event chosen = play.awaitStart(CHILD, "b", "chosen");
        assertThat(chosen.what()).isEqualTo("chosen on io-dispatcher");
        assertThat(chosen.target()).isEmpty();
        play.await(CHILD, "b", "constructed");
        assertThat(play.of(CHILD, "b")).startsWith("chosen on io-dispatcher", "constructed");
        assertThat(play.of(PARENT, "b")).noneMatch(what -> what.startsWith("chosen"));
    }

    @Test
    void i2_chooserThatThrows_failsThatActorOnly() {
        Play play = stage.play();
        play.parent("top", Deed.construct("bad", "", "!throw"), Deed.construct("good", "", "tab:C/UI"));
        play.await(PARENT, "bad", "destroyed FAILED");
        play.await(PARENT, "good", "constructed");
        play.parent("good", Deed.send(0, 1));
        play.await(CHILD, "good", "step 0");
        assertThat(play.of(CHILD, "bad")).containsExactly("chosen on io-dispatcher");
    }

    @Test
    void i2_chooserForAMessageThatThrows_failsItsActorOnly() {
        Play play = stage.play(true);
        play.parent("top", Deed.construct("b"), Deed.construct("c"));
        play.await(CHILD, "b", "constructed");
        play.await(PARENT, "b", "constructed");
        play.parent("b", Deed.send(-1, 3));
        play.await(CHILD, "b", "destroyed FAILED");
        play.await(PARENT, "b", "destroyed FAILED");
        assertThat(play.of(CHILD, "b")).noneMatch(what -> what.startsWith("step"));
        play.await(PARENT, "c", "constructed");
        play.parent("c", Deed.send(0, 1));
        play.await(CHILD, "c", "step 0");
    }

    @Test
    void i2_chooserThatBlocks_doesNotEndTheChannel() {
        Play play = stage.play();
        play.parent("top", Deed.construct("slow", "", "!block"), Deed.construct("next", "", "tab:C/UI"));
        play.await(CHILD, "next", "constructed");
        assertThat(play.of(CHILD, "slow")).contains("constructed");
    }

    // --- I3: set before send -------------------------------------------------------------------------------------

    @Test
    void i3_targetThatIsSetTooLate_isRefused() {
        Play play = stage.play();
        play.parent("top", Deed.make("b"), Deed.setTarget("b", "tab:A/UI"), Deed.setTarget("b", "tab:B/UI"));
        play.parent("top", Deed.sendConstructor("b", ""), Deed.setTarget("b", "tab:A/UI"));
        play.await(PARENT, "b", "constructed");
        Event refused = play.awaitStart(PARENT, "top", "refused");
        assertThat(refused.what())
                .startsWith("refused IllegalStateException: the event target of PBrowser")
                .contains("before its constructor is sent");
        assertThat(play.targetsOf(PARENT, "b")).containsExactly("tab:B/UI");
    }

    @Test
    void i3_targetThatIsSetInTheWrongTurn_isRefused() {
        Play play = stage.play();
        play.parent("top", Deed.make("b"));
        play.parent("top", Deed.send(0, 1));
        play.await(CHILD, "top", "step 0");
        play.parent("", Deed.setTargetElsewhere("b", "tab:A/UI"));
        assertThat(play.awaitStart(PARENT, "", "refused").what())
                .startsWith("refused IllegalStateException: PContent 0 can set the event target of PBrowser")
                .contains("in its own turns only", "send it a message");
    }

    @Test
    void i3_constructorThatIsSentTwice_isRefused() {
        Play play = stage.play();
        play.child("top", Deed.construct("b"), Deed.sendConstructor("b", ""));
        assertThat(play.awaitStart(CHILD, "top", "refused").what()).contains("has been constructed before");
    }

    // --- I4: order -----------------------------------------------------------------------------------------------

    @Test
    void i4_messagesOfAnActor_areHandledInOrderAfterItsConstructor() {
        Play play = stage.play();
        int many = 10 * WINDOW;
        play.parent("top", Deed.construct("b", "tab:P/UI", "doc:C/NETWORK"));
        play.await(PARENT, "b", "constructed");
        play.parent("b", Deed.send(0, many));
        play.await(CHILD, "b", "step " + (many - 1));
        List<String> expected = new ArrayList<>(List.of("chosen on io-dispatcher", "constructed"));
        expected.addAll(steps(many));
        assertThat(play.of(CHILD, "b")).isEqualTo(expected);
    }

    @Test
    void i4_managersConstructor_isHandledBeforeThoseOfItsSubActors() {
        Play play = stage.play();
        play.child("", Deed.suspend("tab:C"));
        play.await(CHILD, "", "suspended");
        play.parent("top", Deed.construct("b", "", "tab:C/UI"));
        play.await(PARENT, "b", "constructed");
        play.parent("b", Deed.construct("r", "", "tab:Other/UI"));
        play.await(PARENT, "r", "constructed");
        play.parent("r", Deed.send(0, 3));
        play.awaitStart(CHILD, "r", "chosen");
        play.parent("top", Deed.send(0, 1));
        play.await(CHILD, "top", "step 0");
        assertThat(play.of(CHILD, "r")).doesNotContain("constructed");
        play.child("", Deed.resume("tab:C"));
        play.await(CHILD, "r", "step 2");
        List<String> constructed = play.seen().stream()
                .filter(event -> event.side() == CHILD && event.what().equals("constructed"))
                .map(Event::actor)
                .toList();
        assertThat(constructed).containsExactly("top", "b", "r");
    }

    @Test
    void i4_whatWasSentBeforeADelete_isHandledBeforeIt() {
        Play play = stage.play();
        play.parent("top", Deed.construct("b", "", "doc:C/NETWORK"));
        play.await(PARENT, "b", "constructed");
        play.parent("b", Deed.send(0, 20), Deed.delete());
        play.await(CHILD, "b", "stopped");
        List<String> expected = new ArrayList<>(List.of("chosen on io-dispatcher", "constructed"));
        expected.addAll(steps(20));
        expected.add("destroyed DELETED");
        expected.add("stopped");
        assertThat(play.of(CHILD, "b")).isEqualTo(expected);
    }

    @Test
    void i4_whatWasSentBeforeADelete_isHandledAlsoIfTheManagerStartsLater() {
        Play play = stage.play();
        play.child("", Deed.suspend("tab:C"));
        play.await(CHILD, "", "suspended");
        play.parent("top", Deed.construct("b", "", "tab:C/UI"));
        play.await(PARENT, "b", "constructed");
        play.parent("b", Deed.construct("r", "", "doc:D/UI"));
        play.await(PARENT, "r", "constructed");
        play.parent("r", Deed.send(0, 3), Deed.delete());
        play.parent("top", Deed.send(0, 1));
        play.await(CHILD, "top", "step 0");
        play.child("", Deed.resume("tab:C"));
        play.await(CHILD, "r", "stopped");
        assertThat(play.of(CHILD, "r"))
                .containsExactly(
                        "chosen on io-dispatcher",
                        "constructed",
                        "step 0",
                        "step 1",
                        "step 2",
                        "destroyed DELETED",
                        "stopped");
    }

    // --- I5: the end ---------------------------------------------------------------------------------------------

    private Play withTree() {
        Play play = stage.play();
        play.parent("top", Deed.construct("b", "tab:P/UI", "doc:C/NETWORK"));
        play.await(PARENT, "b", "constructed");
        play.parent("b", Deed.construct("r"));
        for (Side side : Side.values()) {
            play.await(side, "b", "constructed");
            play.await(side, "r", "constructed");
        }
        return play;
    }

    private static void expectEnd(Play play, String actor, Side side, DestroyReason why) {
        play.await(side, actor, "stopped");
        assertThat(play.of(side, actor).stream().filter(what -> what.startsWith("destroyed")))
                .as(actor + " on the " + side + " side")
                .containsExactly("destroyed " + why);
    }

    private static void expectEnds(Play play, String actor, DestroyReason why) {
        expectEnd(play, actor, PARENT, why);
        expectEnd(play, actor, CHILD, why);
    }

    @Test
    void i5_deletedActor_isToldOnBothSidesAndSoIsWhatItManages() {
        Play play = withTree();
        play.child("b", Deed.delete());
        expectEnds(play, "b", DestroyReason.DELETED);
        expectEnds(play, "r", DestroyReason.MANAGER_GONE);
    }

    @Test
    void i5_actorThatStopsItself_isDeleted() {
        Play play = withTree();
        play.child("b", Deed.stop());
        expectEnds(play, "b", DestroyReason.DELETED);
        expectEnds(play, "r", DestroyReason.MANAGER_GONE);
    }

    @Test
    void i5_actorThatFails_isToldOnBothSidesAndSoIsWhatItManages() {
        Play play = withTree();
        play.child("b", Deed.fail());
        expectEnds(play, "b", DestroyReason.FAILED);
        expectEnds(play, "r", DestroyReason.MANAGER_GONE);
    }

    @Test
    void i5_actorThatCannotStart_failsOnTheOtherSide() {
        Play play = stage.play();
        play.parent("top", Deed.construct("stillborn there", "tab:P/UI", "tab:C/UI"));
        expectEnd(play, "stillborn there", PARENT, DestroyReason.FAILED);
        assertThat(play.of(CHILD, "stillborn there"))
                .startsWith("chosen on io-dispatcher")
                .doesNotContain("stopped");
    }

    @Test
    void i5_groupThatStops_endsItsActorsOnBothSides() {
        Play play = withTree();
        play.child("", Deed.closeTab("doc:C"));
        expectEnd(play, "b", PARENT, DestroyReason.GROUP_STOPPED);
        expectEnd(play, "b", CHILD, DestroyReason.GROUP_STOPPED);
        play.await(CHILD, "r", "stopped");
        play.await(PARENT, "r", "stopped");
        // Its group has ended as well; which of the two ends is seen first is a matter of luck.
        for (Side side : Side.values()) {
            assertThat(play.of(side, "r").stream().filter(what -> what.startsWith("destroyed")))
                    .containsAnyOf("destroyed GROUP_STOPPED", "destroyed MANAGER_GONE")
                    .hasSize(1);
        }
    }

    @Test
    void i5_closedChannel_tellsEverybody() {
        Play play = withTree();
        play.child("", Deed.closeChannel());
        expectEnds(play, "r", DestroyReason.CHANNEL_CLOSED);
        expectEnds(play, "b", DestroyReason.CHANNEL_CLOSED);
        expectEnds(play, "top", DestroyReason.CHANNEL_CLOSED);
        play.await(CHILD, "", "ended");
    }

    @Test
    void i5_openerThatIsStopped_closesTheChannel() {
        Play play = withTree();
        play.child("", Deed.stopOpener());
        expectEnds(play, "r", DestroyReason.CHANNEL_CLOSED);
        expectEnds(play, "b", DestroyReason.CHANNEL_CLOSED);
        expectEnds(play, "top", DestroyReason.CHANNEL_CLOSED);
    }

    @Test
    void i5_topLevelActorThatFails_endsTheChannel() {
        Play play = withTree();
        play.parent("top", Deed.fail());
        expectEnds(play, "top", DestroyReason.FAILED);
        expectEnds(play, "b", DestroyReason.MANAGER_GONE);
        assertThat(play.awaitStart(CHILD, "", "failed").what()).contains("PContent 0 failed on the PARENT side");
    }

    @Test
    void i5_deletesThatCross_tellEachSideOnce() {
        Play play = stage.play();
        int many = 50;
        for (int i = 0; i < many; i++) {
            play.parent("top", Deed.construct("b" + i, "tab:P/UI", "doc:C/NETWORK"));
        }
        for (int i = 0; i < many; i++) {
            play.await(CHILD, "b" + i, "constructed");
            play.await(PARENT, "b" + i, "constructed");
        }
        for (int i = 0; i < many; i++) {
            play.parent("b" + i, Deed.send(0, 3), Deed.delete());
            play.child("b" + i, Deed.send(0, 3), Deed.delete());
        }
        for (int i = 0; i < many; i++) {
            expectEnds(play, "b" + i, DestroyReason.DELETED);
        }
        play.parent("top", Deed.send(0, 1));
        play.await(CHILD, "top", "step 0");
    }

    // --- I7: bounded ---------------------------------------------------------------------------------------------

    @Test
    void i7_senderToASlowActor_isRefusedAndToldWhenThereIsRoom() {
        Play play = stage.play();
        play.parent("top", Deed.construct("b", "tab:P/UI", "doc:C/NETWORK"));
        play.await(CHILD, "b", "constructed");
        play.await(PARENT, "b", "constructed");
        play.child("", Deed.suspend("doc:C"));
        play.await(CHILD, "", "suspended");
        int many = 5 * WINDOW;
        play.parent("b", Deed.send(0, many));
        play.await(PARENT, "b", "full");
        // Others are not held up.
        play.parent("top", Deed.send(0, 1));
        play.await(CHILD, "top", "step 0");
        play.parent("", Deed.snapshot());
        assertThat(play.awaitStart(PARENT, "", "ChannelSnapshot").what()).contains("sent=" + (WINDOW + 1));
        play.child("", Deed.resume("doc:C"));
        play.await(PARENT, "b", "writable");
        play.await(CHILD, "b", "step " + (many - 1));
        assertThat(play.of(CHILD, "b").stream().filter(what -> what.startsWith("step")))
                .isEqualTo(steps(many));
    }
}
