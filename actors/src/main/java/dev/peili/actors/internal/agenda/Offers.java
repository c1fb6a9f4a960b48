package dev.peili.actors.internal.agenda;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The way of a node that looks ready into the run queue, and of the signals that follow. With no lock held. */
final class Offers {
    private final RunQueue runQueue;
    private final Seats seats;
    private final Signals signals;

    Offers(RunQueue runQueue, Seats seats, Signals signals) {
        this.runQueue = runQueue;
        this.seats = seats;
        this.signals = signals;
    }

    /** Gives the node, if there is one, to whoever is next. */
    void offer(@Nullable Node node) {
        if (node != null) {
            runQueue.push(node, runQueue.isEmptyFor(node) ? seats.leastRunning(node) : Long.MAX_VALUE);
            if (node.urgent()) {
                signals.urgent();
            }
            signals.ready();
        }
    }

    /** Offers all of them, and empties the list. */
    void offerAll(List<Node> nodes) {
        if (!nodes.isEmpty()) {
            for (int i = 0; i < nodes.size(); i++) {
                offer(nodes.get(i));
            }
            nodes.clear();
        }
    }

    /** Work that is queued already may have become urgent. */
    void signalUrgent() {
        if (runQueue.urgentSize() > 0) {
            signals.urgent();
            signals.ready();
        }
    }

    /** Somebody else could take what waits. */
    void signalReady() {
        signals.ready();
    }
}
