package dev.peili.examples.simulate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/** Keeps the present price of each share, and tells the changes of it to those who want to know. It makes no mistakes. */
final class Cache extends AbstractBehavior<Cache.Command> {
    /** What it can be told. */
    sealed interface Command {}

    /** The price of a share has changed. */
    record Put(Price price) implements Command {}

    /** Asks for the present price of a share; there is no answer where none is known. */
    record Get(String share, ActorRef<Price> replyTo) implements Command {}

    /** From now on the subscriber is told each change. */
    record Subscribe(String share, ActorRef<Price> subscriber) implements Command {}

    /** The follower is told the present price, and from now on each change. */
    record Follow(String share, ActorRef<Price> follower) implements Command {}

    private final Map<String, Price> prices = new HashMap<>();
    private final Map<String, List<ActorRef<Price>>> subscribers = new HashMap<>();

    private Cache(ActorContext<Command> context, List<Price> known) {
        super(context);
        known.forEach(price -> prices.put(price.share(), price));
    }

    /** @param known the prices that it begins with */
    static Behavior<Command> create(List<Price> known) {
        return Behaviors.setup(context -> new Cache(context, known));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Put.class, this::onPut)
                .onMessage(Get.class, this::onGet)
                .onMessage(Subscribe.class, this::onSubscribe)
                .onMessage(Follow.class, this::onFollow)
                .build();
    }

    private Behavior<Command> onPut(Put put) {
        prices.put(put.price().share(), put.price());
        subscribersOf(put.price().share()).forEach(subscriber -> subscriber.tell(put.price()));
        return this;
    }

    private Behavior<Command> onGet(Get get) {
        tellPresent(get.share(), get.replyTo());
        return this;
    }

    private Behavior<Command> onSubscribe(Subscribe subscribe) {
        subscribersOf(subscribe.share()).add(subscribe.subscriber());
        return this;
    }

    private Behavior<Command> onFollow(Follow follow) {
        tellPresent(follow.share(), follow.follower());
        subscribersOf(follow.share()).add(follow.follower());
        return this;
    }

    private void tellPresent(String share, ActorRef<Price> asker) {
        Price present = prices.get(share);
        if (present != null) {
            asker.tell(present);
        }
    }

    private List<ActorRef<Price>> subscribersOf(String share) {
        return subscribers.computeIfAbsent(share, unknown -> new ArrayList<>());
    }
}
