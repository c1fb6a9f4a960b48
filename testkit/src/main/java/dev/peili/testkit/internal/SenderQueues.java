package dev.peili.testkit.internal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.dispatch.Envelope;
import org.jspecify.annotations.Nullable;

/** The messages for one actor: those of each sender in their order, those of different senders in any. */
final class SenderQueues {
    private static final class Pending {
        Author author;
        final ArrayDeque<Envelope> messages = new ArrayDeque<>(2);

        Pending(Author author) {
            this.author = author;
        }
    }

    /** Those with messages, by the number of the sender. */
    private final List<Pending> pending = new ArrayList<>(1);

    private @Nullable Pending spare;
    private int size;
    private Author lastSender = Authors.OUTSIDE;

    /** Whose message was taken last. */
    Author lastSender() {
        return lastSender;
    }

    int size() {
        return size;
    }

    void add(Author author, Envelope envelope) {
        size++;
        int index = 0;
        while (index < pending.size() && isBefore(pending.get(index).author, author)) {
            index++;
        }
        if (index == pending.size() || pending.get(index).author != author) {
            Pending added = spare == null ? new Pending(author) : spare;
            spare = null;
            added.author = author;
            pending.add(index, added);
        }
        pending.get(index).messages.add(envelope);
    }

    /** Different authors of one number are the simulation's own. */
    private static boolean isBefore(Author other, Author author) {
        return other != author && other.number() <= author.number();
    }

    /** Takes the oldest message of the sender that is chosen; null if there is none. */
    @Nullable
    Envelope take(Engine engine) {
        if (pending.size() > 1) {
            return take(engine.chooseSender(
                    pending.size(), i -> pending.get(i).author.name()));
        }
        return takeAny();
    }

    /** Takes a message; null if there is none. */
    @Nullable
    Envelope takeAny() {
        return pending.isEmpty() ? null : take(0);
    }

    private Envelope take(int index) {
        Pending from = pending.get(index);
        Envelope taken = from.messages.remove();
        lastSender = from.author;
        size--;
        if (from.messages.isEmpty()) {
            spare = pending.remove(index);
        }
        return taken;
    }
}
