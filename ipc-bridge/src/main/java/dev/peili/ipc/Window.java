package dev.peili.ipc;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * How many messages of one half of an actor are in flight. Any thread sends, and any thread may tell what has been handled.
 *
 * <p>{@code handled} never falls.
 */
final class Window {
    private static final VarHandle SENT;

    static {
        try {
            SENT = MethodHandles.lookup().findVarHandle(Window.class, "sent", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final int limit;

    @SuppressWarnings("UnusedVariable")
    private volatile long sent;

    private volatile long handled;
    private volatile boolean isAwaited;

    Window(int limit) {
        this.limit = limit;
    }

    /** Takes the place of one message, if there is one. */
    boolean tryAcquire() {
        if ((long) SENT.getAndAdd(this, 1L) - handled < limit) {
            return true;
        }
        SENT.getAndAdd(this, -1L);
        return false;
    }

    /** Gives back the place of a message that was not sent after all. */
    void giveBack() {
        SENT.getAndAdd(this, -1L);
    }

    boolean hasRoom() {
        return sent - handled < limit;
    }

    long sent() {
        return sent;
    }

    /** So many have been handled in all; false if so many were never sent. */
    boolean handled(long total) {
        if (total > sent) {
            return false;
        }
        raise(total);
        return true;
    }

    private synchronized void raise(long total) {
        handled = Math.max(handled, total);
    }

    /** The sender has been refused, and wants to be told. */
    void await() {
        isAwaited = true;
    }

    /** Whether a sender waits who should be told now; it is told once. */
    boolean shouldTell() {
        return isAwaited && isHalfEmpty() && tell();
    }

    private boolean isHalfEmpty() {
        return sent - handled <= limit / 2;
    }

    private synchronized boolean tell() {
        boolean was = isAwaited;
        isAwaited = false;
        return was;
    }
}
