package dev.peili.actors.internal.agenda;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The seats that there are. All methods may be called by any thread; the list that one is given never changes. */
final class Seats {
    private final Node pool;
    private volatile List<Seat> all = List.of();
    private int made;

    Seats(Node pool) {
        this.pool = pool;
    }

    synchronized Seat add() {
        Seat seat = new Seat(++made, pool);
        List<Seat> more = new ArrayList<>(all);
        more.add(seat);
        all = List.copyOf(more);
        return seat;
    }

    synchronized void remove(Seat seat) {
        List<Seat> fewer = new ArrayList<>(all);
        fewer.remove(seat);
        all = List.copyOf(fewer);
    }

    List<Seat> all() {
        return all;
    }

    /** The smallest virtual time of what runs, or is about to, in the tier of this node. */
    long leastRunning(Node node) {
        boolean urgent = node.urgent();
        long least = Long.MAX_VALUE;
        List<Seat> seats = all;
        for (int i = 0; i < seats.size(); i++) {
            Work slot = seats.get(i).inSlot();
            least = Math.min(least, virtualTime(seats.get(i).runningNode(), urgent));
            least = Math.min(least, slot == null ? Long.MAX_VALUE : virtualTime(slot.node, urgent));
        }
        return least;
    }

    private static long virtualTime(@Nullable Node node, boolean urgent) {
        return node == null || node.queuedUrgent != urgent ? Long.MAX_VALUE : node.virtualTime;
    }
}
