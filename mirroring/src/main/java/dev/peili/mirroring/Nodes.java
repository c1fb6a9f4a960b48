package dev.peili.mirroring;

import com.typesafe.config.Config;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.internal.AdaptMessage;
import org.apache.pekko.actor.typed.internal.adapter.ActorSystemAdapter;

/** The actors of one actor system that own or mirror something. Thread-safe. */
abstract class Nodes {
    private static final String MAX_WATCH_ROUNDS = "peili.mirroring.max-watch-rounds";

    private final int maxWatchRounds;
    /** What the links have sent that are no more; guarded by this. */
    private MirroringSnapshot.Counts ended = MirroringSnapshot.Counts.NONE;

    Nodes(Config config) {
        maxWatchRounds = config.getInt(MAX_WATCH_ROUNDS);
        if (maxWatchRounds < 1) {
            throw new com.typesafe.config.ConfigException.BadValue(
                    config.origin(), MAX_WATCH_ROUNDS, "must be at least 1, not " + maxWatchRounds);
        }
    }

    /** Those of this actor system. */
    static Nodes of(ActorSystem<?> system) {
        return system instanceof ActorSystemAdapter<?> ? RunningNodes.of(system) : StubNodes.INSTANCE;
    }

    final int maxWatchRounds() {
        return maxWatchRounds;
    }

    /** The actor that a behavior runs in. */
    abstract Node own(ActorRef<?> actor);

    /**
     * The actor that is to be connected.
     *
     * @throws IllegalArgumentException if it cannot be
     */
    abstract Node target(Source source, ActorRef<?> actor);

    /** By what links to it are found. */
    abstract Object addressOf(ActorRef<?> actor);

    /** Sends the first message to an actor that may not be set up, which must not see it then. */
    final void sendFirst(Node target, MirroringMessage message) {
        ActorRef<Object> actor = target.actor();
        actor.tell(new AdaptMessage<MirroringMessage, Object>(message, m -> target.isSetUp() ? m : refuse(m)));
    }

    private Object refuse(MirroringMessage message) {
        if (message instanceof StateUpdate update) {
            update.link().refuse();
        }
        return insteadOf(message);
    }

    /** What an actor that is not set up gets instead. */
    abstract Object insteadOf(MirroringMessage message);

    /** A link is no more. */
    final synchronized void ended(Link link) {
        ended = ended.plus(link.counts());
    }

    final synchronized MirroringSnapshot.Counts countsOfEnded() {
        return ended;
    }

    /** All that there are now. */
    abstract List<Node> all();
}
