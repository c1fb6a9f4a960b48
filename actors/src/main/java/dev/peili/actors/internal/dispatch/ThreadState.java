package dev.peili.actors.internal.dispatch;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** What a turn leaves on its thread, so that it is there again after other turns ran on top of it. */
public record ThreadState(
        @Nullable Map<String, String> mdc,
        boolean interrupted,
        @Nullable Outbox outbox) {
    /** Takes the state off the calling thread. */
    public static ThreadState save() {
        Map<String, String> mdc = MDC.getCopyOfContextMap();
        MDC.clear();
        return new ThreadState(mdc, Thread.interrupted(), Outboxes.replace(null));
    }

    /** Gives it back to the calling thread. */
    public void restore() {
        if (mdc == null) {
            MDC.clear();
        } else {
            MDC.setContextMap(mdc);
        }
        Outboxes.replace(outbox);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
