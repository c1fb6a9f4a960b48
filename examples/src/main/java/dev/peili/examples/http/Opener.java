package dev.peili.examples.http;

import dev.peili.examples.PeiliSystem;
import dev.peili.ipc.Channel;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ChildFailed;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * An actor that opens channels, for code outside of actors.
 *
 * @param actor itself
 * @param ended completed when it has ended; with false, if it has failed
 */
record Opener(ActorRef<Channel.Command> actor, CompletableFuture<Boolean> ended) implements AutoCloseable {
    static Opener start(ActorSystem<?> system, String name, Behavior<Channel.Command> behavior) {
        CompletableFuture<ActorRef<Channel.Command>> actor = new CompletableFuture<>();
        CompletableFuture<Boolean> ended = new CompletableFuture<>();
        Behavior<Void> watcher = Behaviors.setup(context -> {
            ActorRef<Channel.Command> opener = context.spawn(behavior, "opener");
            context.watch(opener);
            actor.complete(opener);
            return Behaviors.receive(Void.class)
                    .onSignal(Terminated.class, end -> {
                        ended.complete(!(end instanceof ChildFailed));
                        return Behaviors.stopped();
                    })
                    .build();
        });
        system.systemActorOf(watcher, name, Props.empty());
        return new Opener(PeiliSystem.await(actor), ended);
    }

    @Override
    public void close() {
        stop();
    }

    /** Closes its channels, and waits until their actors have ended on this side. */
    void stop() {
        actor.tell(new Channel.Close());
        PeiliSystem.await(ended);
    }
}
