package dev.peili.examples.http;

import dev.peili.ipc.DestroyReason;
import dev.peili.ipc.Protocol;
import java.util.ArrayList;
import java.util.List;

/** What the actors of the parent were told about their end, and when. In turns of the parent, and afterwards. */
final class Endings {
    private final List<Ending> told = new ArrayList<>();
    private long appeared;

    /**
     * One of them was told.
     *
     * @param at the time, as {@link System#nanoTime} has it
     */
    record Ending(Protocol<?> protocol, DestroyReason why, long at) {}

    void appeared() {
        appeared++;
    }

    void told(Protocol<?> protocol, DestroyReason why) {
        told.add(new Ending(protocol, why, System.nanoTime()));
    }

    /** How many there are that were not told yet. */
    long living() {
        return appeared - told.size();
    }

    /** Those that were told this, in the order in which they were. */
    List<Ending> of(DestroyReason why) {
        return told.stream().filter(ending -> ending.why() == why).toList();
    }

    /** How many of a protocol were told this. */
    static long count(List<Ending> endings, Protocol<?> protocol) {
        return endings.stream().filter(ending -> ending.protocol() == protocol).count();
    }
}
