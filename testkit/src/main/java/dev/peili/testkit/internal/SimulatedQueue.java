package dev.peili.testkit.internal;

import dev.peili.testkit.internal.ReadyList.Ready;
import java.util.function.Predicate;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.Terminated;
import org.apache.pekko.dispatch.Envelope;
import org.apache.pekko.dispatch.Mailbox;
import org.apache.pekko.dispatch.MessageQueue;
import org.apache.pekko.dispatch.MultipleConsumerSemantics;
import org.apache.pekko.dispatch.UnboundedMessageQueueSemantics;
import org.jspecify.annotations.Nullable;

/** The queue of an actor, which keeps the order of each sender only. Synchronized for the start of the system. */
final class SimulatedQueue
        implements MessageQueue, UnboundedMessageQueueSemantics, MultipleConsumerSemantics, Authors.Authored {
    /** The supervisors of groups, which are told things under a lock and rely on the order, as within one JVM they may. */
    private static final String SUPERVISORS = "/system/peili";

    private final Engine engine;
    private final Author author;
    private final boolean inOrderOfArrival;
    private final SenderQueues messages = new SenderQueues();
    private @Nullable Ready ready;

    SimulatedQueue(Engine engine, Author author) {
        this.engine = engine;
        this.author = author;
        this.inOrderOfArrival =
                engine.settings().inOrderOfArrival() || author.name().startsWith(SUPERVISORS);
    }

    @Override
    public Author author() {
        return author;
    }

    @Override
    public Ready ready(Mailbox mailbox) {
        Ready known = ready;
        if (known == null || known.runnable != mailbox) {
            known = new Ready(author, mailbox);
            ready = known;
        }
        return known;
    }

    @Override
    public void enqueue(ActorRef receiver, Envelope handle) {
        engine.isFromHere("sent a message", handle);
        if (author.isProbe()) {
            engine.asks().toldProbe(handle.message());
        }
        Author sender = null;
        if (handle.message() instanceof Terminated ended) {
            // The actor itself puts it here; but it comes after all that the other had sent.
            sender = engine.authors().find(ended.actor());
        }
        add(sender == null ? engine.author() : sender, handle);
    }

    private synchronized void add(Author sender, Envelope handle) {
        messages.add(inOrderOfArrival ? Authors.OUTSIDE : sender, handle);
    }

    /** A message that could go next; null if there is none. */
    synchronized @Nullable Envelope peek() {
        return messages.peek(engine);
    }

    @Override
    public @Nullable Envelope dequeue() {
        // Signals were a step of their own; Pekko schedules the mailbox again for what it still has.
        return engine.handlesSignals() ? null : handle(take());
    }

    /** The same, but only messages of this kind. */
    @Nullable
    Envelope dequeue(Predicate<Envelope> kind) {
        return engine.handlesSignals() ? null : handle(take(kind));
    }

    private @Nullable Envelope handle(@Nullable Envelope envelope) {
        if (envelope != null) {
            engine.handles(envelope.message(), messages.lastSender());
        }
        return envelope;
    }

    private synchronized @Nullable Envelope take() {
        return messages.take(engine);
    }

    private synchronized @Nullable Envelope take(Predicate<Envelope> kind) {
        return messages.take(engine, kind);
    }

    private synchronized @Nullable Envelope takeAny() {
        return messages.takeAny();
    }

    @Override
    public synchronized int numberOfMessages() {
        return messages.size();
    }

    @Override
    public synchronized boolean hasMessages() {
        return messages.size() > 0;
    }

    @Override
    public void cleanUp(ActorRef owner, MessageQueue deadLetters) {
        author.end();
        for (Envelope left = takeAny(); left != null; left = takeAny()) {
            deadLetters.enqueue(owner, left);
        }
    }
}
