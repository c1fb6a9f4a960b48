package dev.peili.actors.internal.dispatch;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A turn that has kept its thread for too long, as it was found; it may go on.
 *
 * @param name the task's name or the actor's path
 * @param lane its category
 * @param owner its group, as its user knows it; null if it is in none
 * @param pausable whether a checkpoint would do anything in it
 * @param time for how long so far
 * @param onProcessor for how much of that its thread was on a processor; null if that is not known
 * @param thread the name of the thread
 * @param stack the user's part of its stack, see {@link TurnStack}
 */
public record SlowTurn(
        Kind kind,
        String name,
        int lane,
        @Nullable Object owner,
        boolean pausable,
        Duration time,
        @Nullable Duration onProcessor,
        String thread,
        List<StackTraceElement> stack) {

    /** What it did with its thread. */
    public enum Kind {
        /** It ran without a checkpoint. */
        LONG,
        /** It waited. */
        BLOCKING
    }

    /** Where in the code that was: the user's class and method. */
    public String place() {
        StackTraceElement frame = TurnStack.place(stack);
        return frame.getClassName() + "." + frame.getMethodName();
    }
}
