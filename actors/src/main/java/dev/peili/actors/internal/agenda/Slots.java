package dev.peili.actors.internal.agenda;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The slots of the seats. A seat's own thread puts work there and takes it from there; everybody may take it out and queue
 * it in its lane instead. Whoever changes {@link SlotWork#slot}, under the lock of the family, has it.
 */
final class Slots {
    private final Seats seats;
    private final Offers offers;
    /** How many seats may have something urgent in their slots. */
    private final AtomicInteger urgent = new AtomicInteger();

    Slots(Seats seats, Offers offers) {
        this.seats = seats;
        this.offers = offers;
    }

    static boolean mayTake(SlotWork work, Seat seat) {
        Node node = work.node;
        return work.mayWaitInSlot()
                && node.isTabOrDoc()
                && seat.inTurn()
                && (seat.top().urgent() || !node.urgent());
    }

    /** Puts the work into the seat's slot, and queues what was there. */
    void put(Seat seat, SlotWork work) {
        boolean isUrgent = work.node.urgent();
        if (isUrgent != seat.urgentSlot) {
            seat.urgentSlot = isUrgent;
            urgent.addAndGet(isUrgent ? 1 : -1);
        }
        work.slot = seat.number;
        SlotWork before = seat.replaceSlot(work);
        if (before != null && before != work) {
            takeOut(seat, before);
        }
    }

    /** Queues what is in the slot in its lane, unless somebody else has done that. */
    void takeOut(Seat seat, SlotWork work) {
        Node node = work.node;
        boolean ready = false;
        node.family.lock();
        try {
            if (work.slot == seat.number) {
                work.slot = 0;
                ready = node.family.enqueue(work);
            }
        } finally {
            node.family.unlock();
        }
        offers.offer(ready ? node : null);
    }

    void empty(Seat seat) {
        SlotWork work = seat.inSlot();
        if (work != null) {
            takeOut(seat, work);
        }
    }

    void emptyAll() {
        List<Seat> all = seats.all();
        for (int i = 0; i < all.size(); i++) {
            empty(all.get(i));
        }
    }

    /** Queues what is urgent in any slot. */
    void emptyUrgent() {
        if (urgent.get() > 0) {
            List<Seat> all = seats.all();
            for (int i = 0; i < all.size(); i++) {
                SlotWork work = all.get(i).inSlot();
                if (work != null && work.node.urgent()) {
                    takeOut(all.get(i), work);
                }
            }
        }
    }

    /** The seat is not there any more. */
    void leave(Seat seat) {
        empty(seat);
        if (seat.urgentSlot) {
            urgent.decrementAndGet();
        }
    }
}
