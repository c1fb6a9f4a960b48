package dev.peili.actors.internal.agenda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Tasks that follow each other without their family's lock keep the promises as if each had been chosen by itself. */
final class BatchTest {
    private static final int UI = 0;
    private static final int NETWORK = 2;

    private long now;
    private final Agenda agenda =
            new Agenda(new Limits(1000, 8, 4, 3, 2, 1), new NoSignals(), () -> now, "root", "pool");
    private final Seat seat = agenda.newSeat();
    private final Seat other = agenda.newSeat();
    private final Node tab = agenda.newTabGroup("tab");
    private final Node doc = agenda.newDocGroup(tab, "doc");
    private final Node away = agenda.newTabGroup("away");
    private final List<String> told = new ArrayList<>();
    private final Admission door = new Admission(() -> told.add("drained"));
    private int orders;

    private Item queue(Node group, int lane) {
        return enqueue(Item.task(group, lane, orders++, null));
    }

    private Item queueThroughDoor() {
        return enqueue(Item.task(doc, NETWORK, orders++, door));
    }

    private Item enqueue(Item item) {
        assertThat(agenda.enqueue(item, null)).isEqualTo(Entry.ADMITTED);
        return item;
    }

    private @Nullable Work next() {
        return seat.inTurn() ? agenda.endAndNext(seat) : agenda.next(seat);
    }

    private void assertNext(Item... items) {
        for (Item item : items) {
            assertThat(next()).isSameAs(item);
        }
    }

    @Test
    void tasksOfOneLane_followEachOtherWithoutTheLock() {
        Item[] items = {queue(doc, NETWORK), queue(doc, NETWORK), queue(doc, NETWORK)};
        assertNext(items[0]);
        doc.family.lock();
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> assertNext(items[1], items[2]));
        doc.family.unlock();
        assertThat(next()).isNull();
        assertThat(doc.holdsAnything()).isFalse();
    }

    /** By the running turn of the seat. */
    private Item queueFromTurn(Node group, int lane) {
        Item item = Item.task(group, lane, orders++, null);
        assertThat(agenda.enqueue(item, seat)).isEqualTo(Entry.ADMITTED);
        return item;
    }

    @Test
    void whatATaskQueues_followsItWithoutTheLock() {
        assertNext(queue(doc, NETWORK));
        for (int i = 0; i < 200; i++) {
            Item queued = queueFromTurn(doc, NETWORK);
            boolean isFull = i % 65 == 64;
            if (!isFull) {
                doc.family.lock();
            }
            assertTimeoutPreemptively(Duration.ofSeconds(10), () -> assertNext(queued));
            if (!isFull) {
                doc.family.unlock();
            }
        }
        assertThat(next()).isNull();
        assertThat(doc.holdsAnything()).isFalse();
    }

    @Test
    void g2_whatATaskQueues_staysBehindTheTabsTask() {
        assertNext(queue(doc, NETWORK));
        Item barrier = queueFromTurn(tab, NETWORK);
        Item after = queueFromTurn(doc, NETWORK);
        assertNext(barrier, after);
        assertThat(next()).isNull();
    }

    @Test
    void whatATaskQueues_goesBehindWhatOthersHaveQueued() {
        assertNext(queue(doc, NETWORK));
        Item others = queue(doc, NETWORK);
        Item queued = queueFromTurn(doc, NETWORK);
        assertNext(others, queued);
        assertThat(next()).isNull();
    }

    @Test
    void whatATaskQueuesElsewhere_doesNotFollowIt() {
        Node sister = agenda.newDocGroup(tab, "sister");
        assertNext(queue(doc, NETWORK));
        Item elsewhere = queueFromTurn(sister, NETWORK);
        Item click = queueFromTurn(doc, UI);
        Item here = queueFromTurn(doc, NETWORK);
        assertThat(agenda.next(other)).isSameAs(elsewhere);
        assertNext(click, here);
        assertThat(next()).isNull();
    }

    @Test
    void whatATurnOnTopQueues_doesNotFollowTheOneBeneath() {
        assertNext(queue(doc, NETWORK));
        agenda.setVisible(away, true);
        Node urgentDoc = agenda.newDocGroup(away, "urgent");
        Item urgent = queue(urgentDoc, NETWORK);
        assertThat(agenda.nextOnTop(seat)).isSameAs(urgent);
        Item moreUrgent = queueFromTurn(urgentDoc, NETWORK);
        Item later = queueFromTurn(doc, NETWORK);
        agenda.end(seat);
        assertThat(agenda.nextOnTop(seat)).isSameAs(moreUrgent);
        agenda.end(seat);
        assertNext(later);
        assertThat(next()).isNull();
    }

    @Test
    void idleTasks_andTheTabs_followInNoBatch() {
        assertNext(queue(doc, Node.IDLE));
        Item idle = queueFromTurn(doc, Node.IDLE);
        assertThat(seat.following()).isNull();
        assertNext(idle, queueFromTurn(tab, NETWORK));
        queueFromTurn(tab, NETWORK);
        assertThat(seat.following()).isNull();
    }

    @Test
    void whatWasTakenOut_doesNotFollow() {
        assertNext(queue(doc, NETWORK));
        Item withdrawn = Item.task(doc, NETWORK, orders++, door);
        agenda.enqueue(withdrawn, seat);
        assertThat(agenda.withdraw(withdrawn)).isTrue();
        Item after = queueFromTurn(doc, NETWORK);
        assertNext(after);
        assertThat(next()).isNull();
    }

    @Test
    void g2_theTabsTask_staysWhereItWasDispatched() {
        Item before = queue(doc, NETWORK);
        Item alsoBefore = queue(doc, NETWORK);
        assertNext(before);
        Item barrier = queue(tab, NETWORK);
        Item after = queue(doc, NETWORK);
        assertNext(alsoBefore);
        assertThat(agenda.next(other)).as("G1: the document is busy").isNull();
        assertNext(barrier, after);
        assertThat(next()).isNull();
    }

    @Test
    void g2_theTabsTask_separatesWhatWasQueuedAtTheSameTime() {
        Item[] items = {queue(doc, NETWORK), queue(tab, NETWORK), queue(doc, NETWORK)};
        assertNext(items);
    }

    @Test
    void g2_workOfSeveralGroups_standsWhereItWasDispatched_whenItsOtherGroupIsResumed() {
        Item before = queue(doc, NETWORK);
        assertNext(before);
        Item both = enqueueForTabAndAway(NETWORK);
        Item after = queue(doc, NETWORK);
        Item alsoAfter = queue(doc, NETWORK);
        agenda.suspend(away);
        assertNext(after);
        agenda.resume(away);
        assertNext(both, alsoAfter);
    }

    private Item enqueueForTabAndAway(int lane) {
        Item both = new Item(List.of(tab, away), lane, orders++);
        agenda.enqueue(new Joint(
                both,
                both.groups.stream()
                        .map(group -> new Joint.Share(group, new Admission(() -> {})))
                        .toList()));
        return both;
    }

    @Test
    void g2_aRootTask_staysWhereItWasDispatched() {
        Item before = queue(doc, NETWORK);
        Item alsoBefore = queue(doc, NETWORK);
        assertNext(before);
        Item barrier = queue(agenda.root(), NETWORK);
        Item after = queue(doc, NETWORK);
        assertNext(alsoBefore, barrier, after);
    }

    @Test
    void g4_aTaskThatHasStarted_standsBeforeNoRootTask() {
        Item[] items = {queue(doc, NETWORK), queue(doc, NETWORK)};
        assertNext(items);
        queue(agenda.root(), NETWORK);
        assertThat(agenda.look(doc).urgent()).isFalse();
    }

    @Test
    void g4_urgentWorkOfAnotherGroup_goesFirst() {
        Item first = queue(doc, NETWORK);
        Item second = queue(doc, NETWORK);
        assertNext(first);
        agenda.setVisible(away, true);
        Item urgent = queue(away, NETWORK);
        assertNext(urgent, second);
    }

    @Test
    void anotherCategoryOfTheGroup_goesWhereItBelongs() {
        Item first = queue(doc, NETWORK);
        Item second = queue(doc, NETWORK);
        assertNext(first);
        Item click = queue(doc, UI);
        assertNext(click, second);
    }

    @Test
    void g5_anotherGroup_hasItsTurnAfterTwoTicks() {
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            items.add(queue(doc, NETWORK));
        }
        assertNext(items.get(0));
        Item others = queue(away, NETWORK);
        List<Work> order = new ArrayList<>();
        for (Work work = next(); work != null; work = next()) {
            order.add(work);
            now += 500_000;
            agenda.tick();
        }
        assertThat(order.indexOf(others)).isBetween(1, 3);
        order.remove(others);
        assertThat(order).isEqualTo(items.subList(1, 20));
    }

    @Test
    void g5_theTabsTaskOfAnotherCategory_waitsOnlyForAFew() {
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            items.add(queue(doc, NETWORK));
        }
        assertNext(items.get(0));
        Item tabs = queue(tab, UI);
        assertThat(agenda.next(other)).as("the document is busy").isNull();
        assertNext(items.get(1), items.get(2), tabs, items.get(3));
    }

    @Test
    void g5_workOfSeveralGroups_waitsOnlyForTheOpenTurn() {
        Item first = queue(doc, NETWORK);
        Item second = queue(doc, NETWORK);
        assertNext(first);
        Item both = enqueueForTabAndAway(UI);
        assertThat(agenda.next(other)).as("the document is busy").isNull();
        assertNext(both, second);
    }

    @Test
    void aSuspendedGroup_startsNoFurtherTask() {
        Item first = queue(doc, NETWORK);
        Item second = queue(doc, NETWORK);
        assertNext(first);
        agenda.suspend(doc);
        assertThat(agenda.nextOnTop(seat))
                .as("a checkpoint takes note of the call")
                .isNull();
        assertThat(next()).isNull();
        agenda.resume(doc);
        assertNext(second);
    }

    @Test
    void g6_droppedTasks_areThoseThatHaveNotStarted() {
        Item first = queueThroughDoor();
        Item second = queueThroughDoor();
        Item third = queueThroughDoor();
        Item fourth = queueThroughDoor();
        assertNext(first, second);
        assertThat(agenda.drop(doc, door)).containsExactly(third, fourth);
        assertThat(told).as("a turn is open").isEmpty();
        assertThat(next()).isNull();
        assertThat(told).containsExactly("drained");
    }

    @Test
    void g6_aClosedDoor_isDrainedWhenTheLastHasRun() {
        Item first = queueThroughDoor();
        Item second = queueThroughDoor();
        assertNext(first);
        agenda.close(doc, door);
        assertNext(second);
        assertThat(told).isEmpty();
        assertThat(next()).isNull();
        assertThat(told).containsExactly("drained");
    }

    @Test
    void aWithdrawnTask_isLeftOut_andAStartedOneIsNotWithdrawn() {
        Item first = queueThroughDoor();
        Item second = queueThroughDoor();
        Item third = queueThroughDoor();
        Item fourth = queueThroughDoor();
        assertNext(first, second);
        assertThat(agenda.withdraw(second)).isFalse();
        assertThat(agenda.withdraw(third)).isTrue();
        assertNext(fourth);
        assertThat(next()).isNull();
        agenda.close(doc, door);
        assertThat(told).containsExactly("drained");
    }

    @Test
    void whatHasStarted_isNotCountedAsWaiting() {
        Item first = queueThroughDoor();
        Item second = queueThroughDoor();
        Item third = queueThroughDoor();
        agenda.bound(doc, NETWORK, 2);
        Item tooMuch = Item.task(doc, NETWORK, orders++, door);
        assertNext(first);
        assertThat(agenda.look(doc).queued()[NETWORK]).isEqualTo(2);
        assertThat(agenda.enqueue(tooMuch, null)).isEqualTo(Entry.FULL);
        assertNext(second);
        assertThat(agenda.look(doc).queued()[NETWORK]).isEqualTo(1);
        Item fits = queueThroughDoor();
        assertNext(third, fits);
    }

    @Test
    void aTurnThatIsParked_goesOnBeforeWhatFollowsIt() {
        Item first = queue(doc, NETWORK);
        Item second = queue(doc, NETWORK);
        Item third = queue(doc, NETWORK);
        assertNext(first, second);
        agenda.park(seat);
        Work resume = agenda.next(other);
        assertThat(resume).isInstanceOf(Seat.Resume.class);
        assertThat(agenda.next(other)).as("G1: the turn is open again").isNull();
        agenda.restart(seat);
        assertNext(third);
    }

    @Test
    void turnsOnTop_leaveTheRestToTheTurnBeneath() {
        Item first = queue(doc, NETWORK);
        Item second = queue(doc, NETWORK);
        Item third = queue(doc, NETWORK);
        assertNext(first, second);
        agenda.setVisible(away, true);
        Item urgent = queue(away, UI);
        Item alsoUrgent = queue(away, UI);
        assertThat(agenda.nextOnTop(seat)).isSameAs(urgent);
        agenda.end(seat);
        assertThat(agenda.nextOnTop(seat)).isSameAs(alsoUrgent);
        agenda.end(seat);
        assertNext(third);
    }
}
