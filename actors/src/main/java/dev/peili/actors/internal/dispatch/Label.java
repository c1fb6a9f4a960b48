package dev.peili.actors.internal.dispatch;

import dev.peili.actors.EventTarget;
import dev.peili.actors.internal.agenda.Admission;
import dev.peili.actors.internal.agenda.Node;
import java.util.Objects;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.jspecify.annotations.Nullable;

/**
 * Where a single message of an actor is handled, if not in the actor's own group and category; what Gecko's {@code
 * GetSpecificMessageEventTarget} returns. It holds for messages that are {@linkplain Carrier carriers}, and only for actors
 * in groups. Immutable.
 *
 * <p>The message's turn is one of the label's group in every respect, and none of the actor's: unless the two are related,
 * turns of the actor's group run beside it. The actor's messages stay in order, so what is behind a labelled message waits
 * with it, also for the end of a suspension; only a stop does not, nor what else Pekko handles before all messages while the
 * group is suspended, and that is a turn of the actor's group. Once the group of the label has been closed, the message is
 * handled where its actor is.
 *
 * @param door the door of the group, which the turn comes in through
 * @param group the group, as its user knows it
 */
public record Label(Node node, int lane, Admission door, Object group) {
    /** Set by whoever makes a label, and seen by whoever has got it from there. */
    private static boolean areKnown;

    private static volatile @Nullable Source source;

    /** How event targets, which do not show it, give their labels. */
    public interface Source {
        /**
         * The label of this event target.
         *
         * @throws IllegalArgumentException if the target's group is of another actor system
         */
        Label label(EventTarget target, org.apache.pekko.actor.ActorSystem system);
    }

    /** To be called by the class of event targets, once. */
    public static void provide(Source ofTargets) {
        source = ofTargets;
    }

    /**
     * The label of this event target, for messages to actors of this system. Any thread.
     *
     * @throws IllegalArgumentException if the target's group is of another actor system
     */
    public static Label of(EventTarget target, ActorSystem<?> system) {
        Label label = Objects.requireNonNull(source).label(target, Adapter.toClassic(system));
        if (!areKnown) {
            areKnown = true;
        }
        return label;
    }

    /** That of a message; null if it has none. Where there never was one, it costs a read of a field. */
    static @Nullable Label of(Object message) {
        return areKnown && message instanceof Carrier carrier ? carrier.label() : null;
    }

    /** Whether the group accepts turns; once it does not, it never will. */
    boolean isOpen() {
        return door.isOpen();
    }

    @Override
    public String toString() {
        return group + ", lane " + lane;
    }
}
