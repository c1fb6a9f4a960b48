package dev.peili.examples.http;

import dev.peili.ipc.DestroyReason;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The end of a content process, as its parent saw it. */
final class Crash {
    private final Playback playback;
    private final long messages;
    private volatile long at;

    Crash(Playback playback, long messages) {
        this.playback = playback;
        this.messages = messages;
    }

    /** Now. */
    void happens() {
        at = System.nanoTime();
    }

    Script script() {
        return playback.script();
    }

    /** How many messages had been sent before. */
    long messages() {
        return messages;
    }

    /** How many were sent afterwards, until the parent knew. */
    long inVain() {
        return playback.sent() - messages;
    }

    /** Those actors of the parent that were told this. */
    List<Endings.Ending> told(DestroyReason why) {
        return playback.endings().of(why);
    }

    /** How long after the crash that was. */
    double secondsUntil(Endings.Ending ending) {
        return (ending.at() - at) / (double) TimeUnit.SECONDS.toNanos(1);
    }
}
