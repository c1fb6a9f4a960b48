package dev.peili.actors.internal.flight;

import org.jspecify.annotations.Nullable;

/** A turn that is being recorded. Belongs to its thread. */
public final class OpenTurn {
    private final TurnLog log;
    private final @Nullable OpenTurn beneath;
    private final String name;
    private final int lane;
    private final Object group;
    private final @Nullable String actor;
    private final long queuedAt;
    private final TurnEvent event = new TurnEvent();
    private final long begun;
    private long paused;
    private @Nullable PauseEvent pause;
    private long pausedAt;

    OpenTurn(
            TurnLog log,
            @Nullable OpenTurn beneath,
            String name,
            int lane,
            Object group,
            @Nullable String actor,
            long queuedAt) {
        this.log = log;
        this.beneath = beneath;
        this.name = name;
        this.lane = lane;
        this.group = group;
        this.actor = actor;
        this.queuedAt = queuedAt;
        event.begin();
        begun = System.nanoTime();
    }

    /** The turn has ended. */
    public void close() {
        event.end();
        log.closed(beneath);
        if (event.shouldCommit()) {
            event.name = name;
            event.category = Lanes.name(lane);
            event.group = group.toString();
            event.actor = actor;
            event.queueTime = queuedAt == Flight.UNKNOWN ? Flight.UNKNOWN : begun - queuedAt;
            event.runTime = System.nanoTime() - begun - paused;
            event.pausedTime = paused;
            event.commit();
        }
    }

    boolean isPaused() {
        return pause != null;
    }

    void pause(String how) {
        PauseEvent begins = new PauseEvent();
        begins.how = how;
        pause = begins;
        begins.begin();
        pausedAt = System.nanoTime();
    }

    /** The turn goes on. */
    public void resume() {
        PauseEvent ends = pause;
        if (ends != null) {
            ends.end();
            paused += System.nanoTime() - pausedAt;
            pause = null;
            if (ends.shouldCommit()) {
                ends.name = name;
                ends.category = Lanes.name(lane);
                ends.group = group.toString();
                ends.commit();
            }
        }
    }
}
