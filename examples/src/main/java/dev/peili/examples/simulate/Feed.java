package dev.peili.examples.simulate;

import java.util.Iterator;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** Puts one price after the other into the cache. */
final class Feed {
    /** It is time for the next price. */
    enum Tick {
        TICK
    }

    private Feed() {}

    static Behavior<Tick> create(ActorRef<Cache.Command> cache, List<Price> prices) {
        return Behaviors.setup(context -> {
            context.getSelf().tell(Tick.TICK);
            return ticking(context.getSelf(), cache, prices.iterator());
        });
    }

    private static Behavior<Tick> ticking(ActorRef<Tick> self, ActorRef<Cache.Command> cache, Iterator<Price> prices) {
        return Behaviors.receiveMessage(tick -> {
            cache.tell(new Cache.Put(prices.next()));
            if (prices.hasNext()) {
                self.tell(Tick.TICK);
            }
            return Behaviors.same();
        });
    }
}
