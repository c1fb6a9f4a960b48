package dev.peili.mirroring;

import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * Who mirrors a canonical, as its owner knows it. It changes when a mirror is connected or disconnected, or its actor has
 * stopped, so an owner that watches it need not compute what nobody looks at. In turns of the owner only.
 */
public final class Mirrors extends Watchable {
    private final Canonical<?> canonical;

    Mirrors(Canonical<?> canonical) {
        this.canonical = canonical;
    }

    /** How many there are. */
    public int count() {
        node().checkTurn(this, "read");
        return canonical.connections().size();
    }

    /** Whether there is none. */
    public boolean isEmpty() {
        return count() == 0;
    }

    /** The actors that they are in, as of now; an actor with two of them is there twice. */
    public List<ActorRef<?>> actors() {
        node().checkTurn(this, "read");
        return canonical.connections().stream()
                .<ActorRef<?>>map(Connection::target)
                .toList();
    }

    @Override
    Node node() {
        return canonical.node();
    }

    @Override
    boolean isUndone() {
        return !node().turn().isQuiet();
    }

    @Override
    String description() {
        return "mirrors of " + canonical.description();
    }
}
