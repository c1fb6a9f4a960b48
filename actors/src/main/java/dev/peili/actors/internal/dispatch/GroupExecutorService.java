package dev.peili.actors.internal.dispatch;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.dispatch.Mailbox;

/** A view of the pool for as long as Pekko wants an executor: mailboxes go to their groups, all else to the pool. */
public final class GroupExecutorService extends AbstractExecutorService {
    private final GroupPool pool;
    private volatile boolean shutdown;

    /** Keeps the pool until it is shut down. */
    public GroupExecutorService(GroupPool pool) {
        this.pool = pool;
        pool.retain();
    }

    @Override
    public void execute(Runnable command) {
        if (command instanceof Mailbox mailbox) {
            if (mailbox.messageQueue() instanceof GroupMessageQueue queue) {
                queue.schedule(mailbox, pool);
            } else {
                pool.enqueue(new LooseWork(pool.pool(), mailbox, true));
            }
        } else {
            pool.enqueue(new LooseWork(pool.pool(), command, false));
        }
    }

    @Override
    public synchronized void shutdown() {
        if (!shutdown) {
            shutdown = true;
            pool.release();
        }
    }

    @Override
    public List<Runnable> shutdownNow() {
        shutdown();
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return shutdown;
    }

    @Override
    public boolean isTerminated() {
        return shutdown;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return shutdown;
    }
}
