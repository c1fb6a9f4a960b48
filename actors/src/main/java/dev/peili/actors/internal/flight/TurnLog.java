package dev.peili.actors.internal.flight;

import org.jspecify.annotations.Nullable;

/** The turns that are open on one thread and being recorded, one on top of the other. Belongs to that thread. */
public final class TurnLog {
    /** How a turn is paused by one that runs on top of it. */
    public static final String ON_TOP = "on-top";

    /** How a turn is paused that keeps its thread and gives its permit to another. */
    public static final String PARKED = "parked";

    private @Nullable OpenTurn innermost;

    /**
     * Begins to record a turn, on top of the innermost one.
     *
     * @param name the task's name, or the class of the actor's message
     * @param lane the number of its category
     * @param group whose turn it is; its string is its name
     * @param actor the actor's path; null for a task
     * @param queuedAt the {@linkplain Flight#stamp stamp} that it got when it was queued
     */
    public OpenTurn open(String name, int lane, Object group, @Nullable String actor, long queuedAt) {
        OpenTurn turn = new OpenTurn(this, innermost, name, lane, group, actor, queuedAt);
        innermost = turn;
        return turn;
    }

    /**
     * The innermost turn is paused until it {@linkplain OpenTurn#resume resumes}. Null if it is not being recorded: there
     * may be none, or it began on top of a recorded one after the recording had ended.
     */
    public @Nullable OpenTurn pause(String how) {
        OpenTurn turn = innermost;
        if (turn == null || turn.isPaused()) {
            return null;
        }
        turn.pause(how);
        return turn;
    }

    /** The turn has ended, and so have those on top of it. */
    void closed(@Nullable OpenTurn beneath) {
        innermost = beneath;
    }
}
