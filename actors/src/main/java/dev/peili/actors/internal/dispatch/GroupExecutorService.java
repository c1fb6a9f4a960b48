package dev.peili.actors.internal.dispatch;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.dispatch.Mailbox;

/** A view of the pool for as long as Pekko wants an executor: mailboxes go to their groups, all else to the pool. */
final class GroupExecutorService extends AbstractExecutorService {
    private final Workers workers;
    private volatile boolean shutdown;

    GroupExecutorService(Workers workers) {
        this.workers = workers;
        workers.retain();
    }

    @Override
    public void execute(Runnable command) {
        if (command instanceof Mailbox mailbox) {
            if (mailbox.messageQueue() instanceof GroupMessageQueue queue) {
                queue.schedule(mailbox, workers);
            } else {
                workers.enqueue(new LooseWork(workers.pool(), mailbox, true));
            }
        } else {
            workers.enqueue(new LooseWork(workers.pool(), command, false));
        }
    }

    @Override
    public synchronized void shutdown() {
        if (!shutdown) {
            shutdown = true;
            workers.release();
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
