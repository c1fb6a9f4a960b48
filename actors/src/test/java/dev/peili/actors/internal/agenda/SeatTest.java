package dev.peili.actors.internal.agenda;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import org.junit.jupiter.api.Test;

/** The running turn and what is in the slot share two places, and never each other's. */
final class SeatTest {
    private static final int NETWORK = 2;

    private final Agenda agenda = new Agenda(new Limits(1000, 8, 4, 3, 2, 1), new NoSignals(), () -> 0, "root", "pool");
    private final Seat seat = agenda.newSeat();
    private final Node tab = agenda.newTabGroup("tab");
    private final SlotWork first = actor();
    private final SlotWork second = actor();
    private final SlotWork third = actor();

    private SlotWork actor() {
        return new Item(tab, NETWORK, 0, true);
    }

    private void assertSlot(SlotWork expected) {
        expected.slot = seat.number;
        assertThat(seat.inSlot()).isSameAs(expected);
        expected.slot = 0;
        assertThat(seat.inSlot()).isNull();
    }

    @Test
    void theSlot_changesBesideTheRunningTurn() {
        seat.open(first, 0);
        assertThat(seat.replaceSlot(second)).isNull();
        assertSlot(second);
        assertThat(seat.replaceSlot(third)).isSameAs(second);
        assertSlot(third);
        assertThat(seat.work()).isSameAs(first);
    }

    @Test
    void twoThatSendToEachOther_takeTurns() {
        seat.open(first, 0);
        for (int i = 0; i < 3; i++) {
            SlotWork next = i % 2 == 0 ? second : first;
            assertThat(seat.replaceSlot(next)).isNull();
            assertThat(seat.close(0)).isNotSameAs(next);
            assertThat(seat.work()).isNull();
            assertThat(seat.replaceSlot(null)).isSameAs(next);
            assertThat(seat.hasSlot()).isFalse();
            seat.open(next, 0);
            assertThat(seat.work()).isSameAs(next);
        }
    }

    @Test
    void oneThatSendsToItself_isBoth() {
        seat.open(first, 0);
        seat.replaceSlot(first);
        assertSlot(first);
        assertThat(seat.replaceSlot(second)).isSameAs(first);
        assertSlot(second);
        assertThat(seat.close(0)).isSameAs(first);
    }

    @Test
    void turnsOnTop_leaveTheSlotAndTheTurnBeneath() {
        Work above = Item.task(tab, NETWORK, 0, null);
        seat.open(first, 0);
        seat.replaceSlot(second);
        seat.open(above, 0);
        assertThat(seat.work()).isSameAs(above);
        assertSlot(second);
        seat.open(third, 0);
        assertThat(seat.close(0)).isSameAs(third);
        assertThat(seat.close(0)).isSameAs(above);
        assertThat(seat.work()).isSameAs(first);
        assertThat(seat.replaceSlot(null)).isSameAs(second);
        assertThat(seat.close(0)).isSameAs(first);
        assertThat(seat.inTurn()).isFalse();
    }

    @Test
    void aTaskThatHasEnded_isForgottenAtOnce() {
        WeakReference<Work> task = openAndClose(Item.task(tab, NETWORK, 0, null));
        assertForgotten(task);
    }

    @Test
    void aSeatThatFindsNothing_forgetsTheActor() {
        WeakReference<Work> actor = openAndClose(new Item(tab, NETWORK, 0, true));
        assertThat(agenda.next(seat)).isNull();
        assertForgotten(actor);
    }

    private WeakReference<Work> openAndClose(Work work) {
        seat.open(work, 0);
        seat.close(0);
        return new WeakReference<>(work);
    }

    private static void assertForgotten(WeakReference<Work> work) {
        for (int i = 0; i < 100 && work.get() != null; i++) {
            System.gc();
        }
        assertThat(work.get()).isNull();
    }
}
