package dev.peili.examples.simulate;

import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** Shows the present price of one share. The two kinds differ only in how they come to know it. */
final class Dashboard {
    private Dashboard() {}

    /**
     * Asks, and subscribes to what comes after. A price that the cache is given between these two messages is neither the
     * answer nor a change, and if it is the last one the dashboard shows an old price for ever.
     */
    static Behavior<Price> asking(String share, ActorRef<Cache.Command> cache, Consumer<Price> display) {
        return showing(display, self -> {
            cache.tell(new Cache.Get(share, self));
            cache.tell(new Cache.Subscribe(share, self));
        });
    }

    /** Does both in one message. The answer and the changes have one sender, so they arrive in their order. */
    static Behavior<Price> following(String share, ActorRef<Cache.Command> cache, Consumer<Price> display) {
        return showing(display, self -> {
            cache.tell(new Cache.Follow(share, self));
        });
    }

    private static Behavior<Price> showing(Consumer<Price> display, Consumer<ActorRef<Price>> handshake) {
        return Behaviors.setup(context -> {
            handshake.accept(context.getSelf());
            return Behaviors.receiveMessage(price -> {
                display.accept(price);
                return Behaviors.same();
            });
        });
    }
}
