package dev.peili.ipc;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.pekko.actor.ActorPath;
import org.apache.pekko.actor.typed.ActorRef;

/** An actor that only keeps what it is told. */
record Told<T>(Queue<T> messages) implements ActorRef<T> {
    Told() {
        this(new ConcurrentLinkedQueue<>());
    }

    @Override
    public void tell(T message) {
        messages.add(message);
    }

    /** How many such messages came. */
    int count(Class<?> type) {
        return all(type).size();
    }

    <M> List<M> all(Class<M> type) {
        return messages.stream().filter(type::isInstance).map(type::cast).toList();
    }

    @Override
    public <U extends T> ActorRef<U> narrow() {
        throw new UnsupportedOperationException();
    }

    @Override
    public <U> ActorRef<U> unsafeUpcast() {
        throw new UnsupportedOperationException();
    }

    @Override
    public ActorPath path() {
        throw new UnsupportedOperationException();
    }

    @Override
    public int compareTo(ActorRef<?> other) {
        throw new UnsupportedOperationException();
    }
}
