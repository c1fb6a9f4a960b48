package dev.peili.testkit.internal;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks, in real time, whether the thread of the schedule blocks: then nothing would ever happen any more. It interrupts the
 * thread and lets its asks time out, which ends most ways of waiting; what waits on is reported in the log.
 */
final class BlockWatch {
    private static final Logger LOG = LoggerFactory.getLogger(BlockWatch.class);
    private static final long LOOK_NANOS = 100_000_000;
    private static final int LOOKS = 5;
    private static final int LOOKS_UNTIL_LOG = 20;

    private final Engine engine;
    private volatile boolean over;
    /** Guarded by the monitor. */
    private @Nullable Thread thread;

    private long seenStep;
    private int waiting;

    BlockWatch(Engine engine) {
        this.engine = engine;
    }

    /** To be called when a schedule begins. */
    synchronized void look() {
        if (thread == null) {
            thread = new Thread(this::run, "simulation-watch");
            thread.setDaemon(true);
            thread.start();
        }
    }

    void end() {
        over = true;
        Thread watching;
        synchronized (this) {
            watching = thread;
        }
        if (watching != null) {
            LockSupport.unpark(watching);
        }
    }

    private void run() {
        while (!over) {
            LockSupport.parkNanos(this, LOOK_NANOS);
            Thread driver = engine.runningDriver();
            long step = engine.steps();
            boolean waits = driver != null && step == seenStep && waits(driver.getState());
            seenStep = step;
            waiting = waits ? waiting + 1 : 0;
            if (driver != null && waiting == LOOKS) {
                report(driver);
            } else if (driver != null && waiting == LOOKS_UNTIL_LOG) {
                LOG.error("The simulation cannot go on, and cannot be ended", engine.obstacle());
            }
        }
    }

    private static boolean waits(Thread.State state) {
        return state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING || state == Thread.State.BLOCKED;
    }

    private void report(Thread driver) {
        StackTraceElement[] stack = driver.getStackTrace();
        if (engine.obstacle() == null) {
            engine.obstacle(Obstacles.blocked(driver, stack, isInStep(stack)));
        }
        driver.interrupt();
        engine.asks().giveUp();
    }

    private static boolean isInStep(StackTraceElement[] stack) {
        for (StackTraceElement frame : stack) {
            if (frame.getClassName().equals(Steps.class.getName())
                    && frame.getMethodName().equals("perform")) {
                return true;
            }
        }
        return false;
    }
}
