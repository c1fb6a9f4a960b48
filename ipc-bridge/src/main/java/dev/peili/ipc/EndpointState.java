package dev.peili.ipc;

import java.util.ArrayList;
import java.util.List;

/** What the endpoint remembers of an actor; for its own turns only. */
final class EndpointState {
    /** Whether the other side has had it ended; what that takes of the window is handled when the actor is gone. */
    boolean isDeletedByPeer;
    /** Whether the other side has had it ended, or what manages it, so that it still handles what was sent before. */
    boolean isEndedByPeer;
    /** How many bytes have come for it. */
    long deliveredBytes;
    /** What it manages and cannot be spawned before it has started itself. */
    private List<ProtocolActor<?>> waiting = List.of();

    void await(ProtocolActor<?> managed) {
        if (waiting.isEmpty()) {
            waiting = new ArrayList<>(2);
        }
        waiting.add(managed);
    }

    List<ProtocolActor<?>> takeWaiting() {
        List<ProtocolActor<?>> taken = waiting;
        waiting = List.of();
        return taken;
    }
}
