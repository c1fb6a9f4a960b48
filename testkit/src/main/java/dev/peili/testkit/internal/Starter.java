package dev.peili.testkit.internal;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** The thread that runs actors while their system is being made, which waits for some of them. */
final class Starter {
    /** What ends the thread. */
    private static final class End implements Runnable {
        @Override
        public void run() {}
    }

    private static final End END = new End();

    private final BlockingQueue<Runnable> queue = new LinkedBlockingQueue<>();
    /** Guarded by the monitor. */
    private @Nullable Thread thread;

    synchronized void execute(Runnable runnable) {
        queue.add(runnable);
        if (thread == null) {
            thread = new Thread(this::run, "simulation-start");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void run() {
        boolean goesOn = true;
        try {
            while (goesOn) {
                Runnable next = queue.take();
                // Whatever was queued before the end may have queued more.
                goesOn = next != END || !queue.isEmpty();
                if (next == END && goesOn) {
                    queue.add(END);
                }
                next.run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until everything has run, and ends the thread. */
    void finish() {
        Thread running;
        synchronized (this) {
            running = thread;
        }
        if (running == null) {
            return;
        }
        queue.add(END);
        try {
            running.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
