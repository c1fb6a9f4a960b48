package dev.peili.actors.internal.agenda;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The cases that settled the decision, each from start to end: promises G1 to G5. */
final class AgendaTest {
    private static final int TIMER = 3;
    private static final int NETWORK = 2;
    private static final int UI = 0;

    private long now;
    private int urgentSignals;
    private int readySignals;
    private final Limits limits = new Limits(1000, 8, 4, 3, 2, 4);
    private final Agenda agenda = new Agenda(
            limits,
            new Signals() {
                @Override
                public void ready() {
                    readySignals++;
                }

                @Override
                public void urgent() {
                    urgentSignals++;
                }
            },
            () -> now,
            "root",
            "pool");
    private final Seat seat = agenda.newSeat();
    private final Seat other = agenda.newSeat();
    private final Node tab = agenda.newTabGroup("tab");
    private final Node doc = agenda.newDocGroup(tab, "doc");
    private final Node doc2 = agenda.newDocGroup(tab, "doc2");
    private final Node away = agenda.newTabGroup("away");
    private final Node awayDoc = agenda.newDocGroup(away, "awayDoc");
    private int orders;

    private Item queue(Node group, int lane) {
        Item item = new Item(group, lane, orders++);
        agenda.enqueue(item, null);
        return item;
    }

    /** Lets one seat run everything there is, and returns it in the order in which it started. */
    private List<Work> runAll() {
        List<Work> order = new ArrayList<>();
        for (Work work = agenda.next(seat); work != null; work = agenda.next(seat)) {
            order.add(work);
            agenda.end(seat);
        }
        return order;
    }

    @Test
    void g2_tabTaskBetweenDocTasks_isABarrierInItsCategory() {
        Item first = queue(doc, NETWORK);
        Item barrier = queue(tab, NETWORK);
        Item last = queue(doc2, NETWORK);
        Item elsewhere = queue(doc2, TIMER);

        assertThat(agenda.next(seat)).isSameAs(first);
        assertThat(agenda.next(other)).isSameAs(elsewhere);
        agenda.end(seat);
        assertThat(agenda.next(seat)).as("doc2 is busy, so the tab waits").isNull();
        agenda.end(other);
        assertThat(agenda.next(other)).isSameAs(barrier);
        assertThat(agenda.next(seat)).as("G1: the tab excludes its documents").isNull();
        agenda.end(other);
        assertThat(agenda.next(seat)).isSameAs(last);
    }

    @Test
    void actorsOfOneGroup_thatSendToEachOther_wakeNobody() {
        List<Item> actors = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            actors.add(new Item(doc, NETWORK, orders++, true));
        }
        agenda.enqueue(actors.get(0), null);
        assertThat(agenda.next(seat)).isSameAs(actors.get(0));
        agenda.enqueue(actors.get(1), null);
        readySignals = 0;
        for (int turn = 0; turn < 6; turn++) {
            agenda.enqueue(actors.get((turn + 2) % 3), seat);
            assertThat(agenda.next(other)).isNull();
            assertThat(agenda.endAndNext(seat)).isSameAs(actors.get((turn + 1) % 3));
        }
        assertThat(readySignals).isZero();
    }

    @Test
    void withdrawnWork_isInNobodysWay_andCountsNoLonger() {
        List<String> told = new ArrayList<>();
        Admission door = new Admission(() -> told.add("drained"));
        Item open = queue(doc2, TIMER);
        assertThat(agenda.next(seat)).isSameAs(open);
        Item barrier = new Item(tab, NETWORK, orders++, door);
        agenda.enqueue(barrier, null);
        Item behind = queue(doc, NETWORK);
        assertThat(agenda.next(other))
                .as("the barrier waits, and the rest for it")
                .isNull();
        agenda.close(tab, door);

        assertThat(agenda.withdraw(barrier)).isTrue();
        assertThat(agenda.withdraw(barrier)).isFalse();
        assertThat(told).containsExactly("drained");
        assertThat(agenda.next(other)).isSameAs(behind);
        agenda.end(other);
        agenda.end(seat);
    }

    @Test
    void withdrawnWork_thatHasStarted_goesOn() {
        Item message = new Item(doc, NETWORK, orders++, new Admission(() -> {}));
        agenda.enqueue(message, null);
        assertThat(agenda.next(seat)).isSameAs(message);
        assertThat(agenda.withdraw(message)).isFalse();
        queue(doc, NETWORK);
        assertThat(agenda.next(other)).as("G1").isNull();
    }

    @Test
    void boundOfALane_countsTasksOnly() {
        agenda.bound(doc, NETWORK, 1);
        Admission door = new Admission(() -> {});
        for (int i = 0; i < 3; i++) {
            Entry entry = agenda.enqueue(new Item(doc, NETWORK, orders++, door), null);
            assertThat(entry).isEqualTo(Entry.ADMITTED);
            queue(doc, NETWORK);
        }
    }

    @Test
    void g4_rootTaskBehindABackgroundBacklog_lendsItsUrgency() {
        Item backlog1 = queue(awayDoc, NETWORK);
        Item backlog2 = queue(awayDoc, NETWORK);
        agenda.setVisible(tab, true);
        Item root = queue(agenda.root(), NETWORK);
        Item unrelatedBackground = queue(agenda.newTabGroup("third"), TIMER);
        Item later = queue(awayDoc, NETWORK);

        List<Work> order = runAll();
        assertThat(order.subList(0, 3)).containsExactly(backlog1, backlog2, root);
        assertThat(order.subList(3, 5)).containsExactlyInAnyOrder(unrelatedBackground, later);
    }

    @Test
    void g2_rootTask_isABarrierForEverybodyInItsCategory() {
        Item before = queue(doc, NETWORK);
        Item root = queue(agenda.root(), NETWORK);
        Item after = queue(awayDoc, NETWORK);
        Item otherCategory = queue(awayDoc, TIMER);

        assertThat(agenda.next(seat)).isSameAs(before);
        assertThat(agenda.next(other)).as("root waits only for that turn now").isNull();
        agenda.end(seat);
        assertThat(agenda.next(seat)).isSameAs(root);
        assertThat(agenda.next(other)).as("nobody runs beside root").isNull();
        agenda.end(seat);
        assertThat(runAll()).containsExactlyInAnyOrder(after, otherCategory);
    }

    @Test
    void g1_rootWorkThatIsDroppedOrWithdrawn_letsNobodyInDuringAnOpenRootTurn() {
        Admission door = new Admission(() -> {});
        Item open = queue(agenda.root(), NETWORK);
        assertThat(agenda.next(seat)).isSameAs(open);
        Item message = new Item(agenda.root(), UI, orders++, door);
        agenda.enqueue(message, null);
        Item waits = queue(doc, NETWORK);

        assertThat(agenda.withdraw(message)).isTrue();
        assertThat(agenda.next(other)).isNull();
        agenda.enqueue(message, null);
        assertThat(agenda.drop(agenda.root(), door)).containsExactly(message);
        assertThat(agenda.next(other)).isNull();
        agenda.end(seat);
        assertThat(agenda.next(other)).isSameAs(waits);
    }

    @Test
    void g1_rootTaskThatWaitsForAnOpenTurn_keepsNewTurnsFromStarting() {
        Item open = queue(doc, NETWORK);
        assertThat(agenda.next(seat)).isSameAs(open);
        Item root = queue(agenda.root(), TIMER);
        assertThat(agenda.next(other)).isNull();
        queue(awayDoc, UI);

        assertThat(agenda.next(other)).as("root has claimed").isNull();
        agenda.end(seat);
        assertThat(agenda.next(other)).isSameAs(root);
    }

    @Test
    void g2_suspendedGroupWithQueuedWork_holdsUpNobody() {
        Item stays = queue(doc, NETWORK);
        agenda.suspend(doc);
        Item barrier = queue(tab, NETWORK);
        Item after = queue(doc2, NETWORK);
        Item root = queue(agenda.root(), NETWORK);
        Item staysToo = queue(doc, NETWORK);

        assertThat(runAll()).containsExactly(barrier, after, root);
        agenda.resume(doc);
        assertThat(runAll()).containsExactly(stays, staysToo);
    }

    @Test
    void g4_pausedTurnWhoseGroupBecomesForeground_goesOnFirst() {
        Item paused = queue(doc, NETWORK);
        assertThat(agenda.next(seat)).isSameAs(paused);
        agenda.setVisible(away, true);
        Item urgent1 = queue(awayDoc, UI);
        Item urgent2 = queue(away, UI);
        assertThat(agenda.nextOnTop(seat)).isSameAs(urgent1);
        agenda.setVisible(away, false);
        agenda.setVisible(tab, true);
        agenda.end(seat);

        assertThat(agenda.nextOnTop(seat)).as("it has become urgent itself").isNull();
        agenda.end(seat);
        assertThat(agenda.next(seat)).isSameAs(urgent2);
    }

    @Test
    void g4_visibleTab_overtakesWhatWasQueuedBefore() {
        Item background = queue(awayDoc, UI);
        Item foreground = queue(doc, Node.IDLE);
        agenda.setVisible(tab, true);

        assertThat(runAll()).containsExactly(foreground, background);
    }

    @Test
    void g5_barrierInABusyCategory_comesToItsTurn() {
        // Two seats keep two documents busy without a gap; the tab's own turn still gets in.
        Item a = queue(doc, TIMER);
        Item b = queue(doc2, TIMER);
        assertThat(agenda.next(seat)).isSameAs(a);
        assertThat(agenda.next(other)).isSameAs(b);
        Item barrier = queue(tab, NETWORK);
        List<Work> started = new ArrayList<>();
        for (int i = 0; i < 20 && !started.contains(barrier); i++) {
            queue(doc, TIMER);
            queue(doc2, TIMER);
            Seat next = i % 2 == 0 ? seat : other;
            if (next.inTurn()) {
                agenda.end(next);
            }
            now += 1_000_000;
            agenda.tick();
            Work work = agenda.next(next);
            if (work != null) {
                started.add(work);
            }
        }
        assertThat(started).contains(barrier);
    }

    @Test
    void g5_alwaysReadyForeground_letsTheBackgroundThrough() {
        agenda.setVisible(tab, true);
        List<Item> background = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            queue(doc, UI);
            background.add(queue(awayDoc, UI));
        }
        List<Work> order = runAll();
        int firstBackground = order.indexOf(background.get(0));
        assertThat(firstBackground).isBetween(1, limits.backgroundEvery());
        List<Work> firstHundred = order.subList(0, 100);
        assertThat(firstHundred.stream().filter(background::contains).count())
                .isBetween(100L / (limits.backgroundEvery() + 1) - 1, 100L / limits.backgroundEvery() + 1);
    }

    @Test
    void g5_picksFromFullLanes_areOrderedByUrgencyAndNoneIsLeftOut() {
        for (int i = 0; i < 100; i++) {
            for (int lane = 0; lane < Node.IDLE; lane++) {
                queue(doc, lane);
            }
        }
        int[] counts = new int[Node.IDLE];
        runAll().stream().limit(100).forEach(work -> counts[work.lane()]++);
        assertThat(counts).as("counts by lane").doesNotContain(0);
        assertThat(counts[UI]).isEqualTo(java.util.Arrays.stream(counts).max().orElseThrow());
    }

    @Test
    void g4_idleWork_waitsUntilItsGroupHasNothingElse() {
        List<Item> idle = List.of(queue(doc, Node.IDLE), queue(doc, Node.IDLE), queue(doc, Node.IDLE));
        List<Item> normal = List.of(queue(doc, TIMER), queue(doc, NETWORK), queue(doc, TIMER));

        List<Work> order = runAll();
        assertThat(order.subList(0, 3)).containsExactlyInAnyOrderElementsOf(normal);
        assertThat(order.subList(3, 6)).containsExactlyElementsOf(idle);
    }

    @Test
    void g5_equalGroups_getEqualTimeWhateverTheirTurnsTake() {
        Node quick = agenda.newTabGroup("quick");
        Node slow = agenda.newTabGroup("slow");
        for (int i = 0; i < 5000; i++) {
            queue(quick, UI);
            queue(slow, UI);
        }
        long[] used = new long[2];
        while (used[0] + used[1] < 1_000_000_000L) {
            Item work = (Item) Objects.requireNonNull(agenda.next(seat));
            boolean isQuick = work.node == quick;
            long nanos = isQuick ? 1_000_000 : 7_000_000;
            now += nanos;
            used[isQuick ? 0 : 1] += nanos;
            agenda.tick();
            agenda.end(seat);
        }
        assertThat((double) used[0] / used[1]).isBetween(0.95, 1.05);
    }

    @Test
    void g5_groupOfWeightThree_getsThreeTimesAsMuch() {
        Node heavy = agenda.newTabGroup("heavy");
        Node light = agenda.newTabGroup("light");
        agenda.weigh(heavy, 3);
        for (int i = 0; i < 1000; i++) {
            queue(heavy, UI);
            queue(light, UI);
        }
        int[] turns = new int[2];
        for (int i = 0; i < 400; i++) {
            Item work = (Item) Objects.requireNonNull(agenda.next(seat));
            turns[work.node == heavy ? 0 : 1]++;
            now += 1_000_000;
            agenda.tick();
            agenda.end(seat);
        }
        assertThat((double) turns[0] / turns[1]).isBetween(2.9, 3.1);
    }

    @Test
    void g5_workOfSeveralGroups_comesToItsTurn_whoeverKeepsThemBusy() {
        for (List<Node> busy : List.of(List.of(doc, awayDoc), List.of(tab, away))) {
            for (Node node : busy) {
                for (int i = 0; i < 500; i++) {
                    queue(node, UI);
                }
            }
            List<Node> affected = List.of(doc, awayDoc);
            Item both = new Item(affected, TIMER, orders++);
            agenda.enqueue(new Joint(
                    both,
                    affected.stream()
                            .map(node -> new Joint.Share(node, new Admission(() -> {})))
                            .toList()));
            int turns = 0;
            Work first = agenda.next(seat);
            Work second = agenda.next(other);
            while (first != both && second != both) {
                // One of the two is always open.
                first = first == null ? agenda.next(seat) : agenda.endAndNext(seat);
                if (first != both) {
                    second = second == null ? agenda.next(other) : agenda.endAndNext(other);
                }
                turns += 2;
                assertThat(turns).as("turns of %s before it", busy).isLessThan(200);
            }
            endAll(first, second);
        }
    }

    private void endAll(@Nullable Work first, @Nullable Work second) {
        if (first != null) {
            agenda.end(seat);
        }
        if (second != null) {
            agenda.end(other);
        }
        runAll();
    }

    @Test
    void g5_wokenGroup_hasNeitherSavedCreditNorOldDebt() {
        Node steady = agenda.newTabGroup("steady");
        Node sleeper = agenda.newTabGroup("sleeper");
        for (int i = 0; i < 3000; i++) {
            queue(steady, UI);
        }
        for (int i = 0; i < 1000; i++) {
            turn(1_000_000);
        }
        for (int i = 0; i < 100; i++) {
            queue(sleeper, UI);
        }
        int ofSleeper = 0;
        for (int i = 0; i < 100; i++) {
            ofSleeper += turn(1_000_000).node == sleeper ? 1 : 0;
        }
        assertThat(ofSleeper).isBetween(48, 52);
    }

    @Test
    void g5_groupThatUsedFarMoreThanOthers_startsWithinKTimesTheReadyGroups() {
        Node quick = agenda.newTabGroup("quick");
        Node greedy = agenda.newTabGroup("greedy");
        queue(greedy, UI);
        queue(quick, UI);
        queue(quick, UI);
        Item first = turn(10_000_000_000L);
        assertThat(first.node).isSameAs(greedy);
        queue(greedy, UI);
        int others = 0;
        while (turn(1_000).node != greedy) {
            queue(quick, UI);
            others++;
        }
        assertThat(others).isBetween(100, 2 * limits.k());
    }

    private Item turn(long nanos) {
        Work work = agenda.next(seat);
        now += nanos;
        agenda.tick();
        agenda.end(seat);
        return (Item) Objects.requireNonNull(work);
    }

    @Test
    void g5_longTurnAtACheckpoint_isParkedForAnotherGroupAndGoesOn() {
        Item longTurn = queue(doc, TIMER);
        assertThat(agenda.next(seat)).isSameAs(longTurn);
        Item waits = queue(awayDoc, TIMER);
        assertThat(agenda.shouldHandOver(seat)).as("its slice is not over").isFalse();
        for (int i = 0; i < limits.handOverTicks(); i++) {
            now += 1_000_000;
            agenda.tick();
        }
        assertThat(agenda.shouldHandOver(seat)).isTrue();
        agenda.park(seat);

        assertThat(agenda.next(other)).isSameAs(waits);
        agenda.end(other);
        assertThat(agenda.next(other)).isInstanceOf(Seat.Resume.class);
        assertThat(agenda.next(other)).isNull();
    }

    @Test
    void g4_urgentWork_callsForAttention() {
        int before = urgentSignals;
        agenda.setVisible(tab, true);
        queue(awayDoc, UI);
        assertThat(urgentSignals).isEqualTo(before);
        assertThat(readySignals).isPositive();
        queue(doc, UI);
        assertThat(urgentSignals).isGreaterThan(before);
    }

    @Test
    void sign_isAnotherWithEachBeginEachMessageAndEachTurnGoneOnWith() {
        Set<Long> signs = new HashSet<>();
        queue(doc, TIMER);
        agenda.next(seat);
        assertThat(signs.add(seat.sign())).isTrue();
        for (int message = 0; message < 3; message++) {
            agenda.mayTakeMessage(seat);
            assertThat(signs.add(seat.sign())).as("message %s", message).isTrue();
        }
        agenda.setVisible(away, true);
        queue(awayDoc, UI);
        agenda.nextOnTop(seat);
        assertThat(signs.add(seat.sign())).as("the turn on top").isTrue();
        agenda.mayTakeMessage(seat);
        assertThat(signs.add(seat.sign())).as("a message on top").isTrue();
        agenda.end(seat);
        assertThat(signs.add(seat.sign())).as("gone on with").isTrue();
    }

    @Test
    void seatThatIsAlwaysCalled_staysSo_andNeedNotYield() {
        seat.callAlways();
        queue(doc, TIMER);
        agenda.next(seat);
        assertThat(seat.called()).isTrue();
        assertThat(seat.attention()).isFalse();
        seat.callAttention();
        assertThat(seat.shouldYield()).isTrue();
        agenda.nextOnTop(seat);
        assertThat(seat.called()).isTrue();
        assertThat(seat.shouldYield()).isFalse();

        long before = seat.sign();
        seat.callForSign();
        assertThat(seat.shouldYield()).isFalse();
        assertThat(seat.sign()).isNotEqualTo(before);
        assertThat(seat.called()).isTrue();
    }

    @Test
    void callForASign_isSeenByCheckpointsAndNobodyElse() {
        queue(doc, TIMER);
        agenda.next(seat);
        agenda.mayTakeMessage(seat);
        long before = seat.sign();
        seat.callForSign();
        assertThat(seat.called()).isTrue();
        assertThat(seat.attention()).isFalse();
        assertThat(seat.sign()).isEqualTo(before);
        agenda.nextOnTop(seat);
        assertThat(seat.called()).isFalse();
        assertThat(seat.sign()).isNotEqualTo(before);

        before = seat.sign();
        seat.callForSign();
        assertThat(seat.shouldYield()).isFalse();
        assertThat(seat.called()).isFalse();
        assertThat(seat.sign()).isNotEqualTo(before);

        seat.callForSign();
        assertThat(agenda.mayTakeMessage(seat)).as("the batch goes on").isTrue();
    }

    @Test
    void callForASign_takesNoCallForAttentionBack() {
        queue(doc, TIMER);
        agenda.next(seat);
        seat.callAttention();
        long before = seat.sign();
        seat.callForSign();
        assertThat(seat.shouldYield()).isTrue();
        assertThat(seat.attention()).isTrue();
        assertThat(seat.sign()).as("it has not given way").isEqualTo(before);
    }

    @Test
    void g6_closedDoor_admitsNothingAndTellsWhenAllHasRun() {
        int[] drained = {0};
        Admission door = new Admission(() -> drained[0]++);
        assertThat(agenda.enqueue(new Admitted(doc, door), null)).isEqualTo(Entry.ADMITTED);
        agenda.close(doc, door);
        assertThat(agenda.enqueue(new Admitted(doc, door), null)).isEqualTo(Entry.CLOSED);
        assertThat(drained[0]).isZero();
        assertThat(runAll()).hasSize(1);
        assertThat(drained[0]).isEqualTo(1);
    }

    @Test
    void g6_droppedWork_isReturnedAndLetsOthersGoOn() {
        Admission door = new Admission(() -> {});
        Admitted barrier = new Admitted(tab, door);
        agenda.enqueue(barrier, null);
        Item after = queue(doc, UI);
        assertThat(agenda.drop(tab, door)).containsExactly(barrier);
        assertThat(runAll()).containsExactly(after);
    }

    @Test
    void g1_tabGroupRemovedInItsLastTurn_isStillWaitedFor() {
        Item last = queue(doc, NETWORK);
        assertThat(agenda.next(seat)).isSameAs(last);
        Item root = queue(agenda.root(), TIMER);
        assertThat(agenda.next(other)).as("root has claimed").isNull();
        agenda.remove(tab);
        Item elsewhere = queue(awayDoc, NETWORK);
        assertThat(agenda.next(other)).as("the last turn is open").isNull();
        agenda.end(seat);
        assertThat(agenda.next(other)).isSameAs(root);
        agenda.end(other);
        assertThat(runAll()).containsExactly(elsewhere);
    }

    private static final class Admitted extends Work {
        private final Admission door;

        Admitted(Node node, Admission door) {
            super(node, UI);
            this.door = door;
        }

        @Override
        public void run() {}

        @Override
        public Admission admission() {
            return door;
        }
    }
}
