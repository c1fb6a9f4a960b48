package dev.peili.mirroring;

import com.typesafe.config.ConfigFactory;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * The actors of Pekko's synchronous test kit, which have no actor system, no death watch and no dispatcher; what they send
 * each other waits in their inboxes until the test runs it.
 */
final class StubNodes extends Nodes {
    static final StubNodes INSTANCE = new StubNodes();

    private final Map<ActorRef<?>, WeakReference<Node>> nodes = new WeakHashMap<>();

    private StubNodes() {
        super(ConfigFactory.load());
    }

    @Override
    Node own(ActorRef<?> actor) {
        return node(actor);
    }

    @Override
    Node target(Source source, ActorRef<?> actor) {
        return node(actor);
    }

    private synchronized Node node(ActorRef<?> actor) {
        WeakReference<Node> known = nodes.get(actor);
        Node node = known == null ? null : known.get();
        if (node == null) {
            node = new Node(this, actor.unsafeUpcast(), actor);
            nodes.put(actor, new WeakReference<>(node));
        }
        return node;
    }

    @Override
    Object addressOf(ActorRef<?> actor) {
        return actor;
    }

    @Override
    Object insteadOf(MirroringMessage message) {
        throw new IllegalStateException("the behavior under test is not set up; wrap it in Mirroring.setup");
    }

    @Override
    List<Node> all() {
        return List.of();
    }
}
