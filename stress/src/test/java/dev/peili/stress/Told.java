package dev.peili.stress;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.pekko.actor.ActorPath;
import org.apache.pekko.actor.ActorPaths;
import org.apache.pekko.actor.typed.ActorRef;

/** An actor that only keeps what it is told. */
public record Told<T>(Queue<T> messages) implements ActorRef<T> {
    private static final ActorPath PATH = ActorPaths.fromString("pekko://stress/user/told");

    public Told() {
        this(new ConcurrentLinkedQueue<>());
    }

    @Override
    public void tell(T message) {
        messages.add(message);
    }

    /** How many such messages came. */
    public int count(Class<?> type) {
        return all(type).size();
    }

    public <M> List<M> all(Class<M> type) {
        return messages.stream().filter(type::isInstance).map(type::cast).toList();
    }

    @Override
    public <U extends T> ActorRef<U> narrow() {
        throw new UnsupportedOperationException();
    }

    /** Whoever asks for this knows what he does. */
    @SuppressWarnings("unchecked")
    @Override
    public <U> ActorRef<U> unsafeUpcast() {
        return (ActorRef<U>) this;
    }

    @Override
    public ActorPath path() {
        return PATH;
    }

    @Override
    public int compareTo(ActorRef<?> other) {
        throw new UnsupportedOperationException();
    }
}
