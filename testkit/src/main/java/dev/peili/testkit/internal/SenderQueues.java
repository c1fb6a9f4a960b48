package dev.peili.testkit.internal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
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

    /** The oldest message of the sender that is chosen; null if there is none. */
    @Nullable
    Envelope peek(Engine engine) {
        return pending.isEmpty() ? null : choose(engine, pending).messages.element();
    }

    /** Takes the oldest message of the sender that is chosen; null if there is none. */
    @Nullable
    Envelope take(Engine engine) {
        return pending.isEmpty() ? null : take(choose(engine, pending));
    }

    /** The same, but only where the oldest message of the sender is of this kind. */
    @Nullable
    Envelope take(Engine engine, Predicate<Envelope> kind) {
        List<Pending> some = pending.stream()
                .filter(from -> kind.test(from.messages.element()))
                .toList();
        return some.isEmpty() ? null : take(choose(engine, some));
    }

    private static Pending choose(Engine engine, List<Pending> from) {
        int size = from.size();
        return from.get(
                size == 1
                        ? 0
                        : engine.chooseSender(size, i -> from.get(i).author.name()));
    }

    /** Takes a message; null if there is none. */
    @Nullable
    Envelope takeAny() {
        return pending.isEmpty() ? null : take(pending.get(0));
    }

    private Envelope take(Pending from) {
        Envelope taken = from.messages.remove();
        lastSender = from.author;
        size--;
        if (from.messages.isEmpty()) {
            pending.remove(from);
            spare = from;
        }
        return taken;
    }
}
