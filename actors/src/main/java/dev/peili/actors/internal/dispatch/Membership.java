package dev.peili.actors.internal.dispatch;

import dev.peili.actors.internal.agenda.Node;
import org.apache.pekko.actor.ActorRef;
import org.jspecify.annotations.Nullable;

/** What an actor's mailbox has to know of the group that the actor was spawned into. Thread-safe. */
public interface Membership {
    /** Where the actor's turns are queued. */
    Node node();

    /** The group, as its user knows it; null if there is none any more. */
    @Nullable
    Object group();

    /**
     * An actor of this group is being made; false if the group has come to its end. The actor cannot be told anything
     * before it has arrived: its cell has no mailbox yet.
     */
    boolean join(ActorRef actor);

    /** The actor has started, and is about to be scheduled for the first time. */
    void arrive(ActorRef actor);

    /** The actor has handled its last message. */
    void leave(ActorRef actor);

    /** For an actor that came too late: it is in no group, and about to stop. */
    static Membership ended(Node pool) {
        return new Membership() {
            @Override
            public Node node() {
                return pool;
            }

            @Override
            public @Nullable Object group() {
                return null;
            }

            @Override
            public boolean join(ActorRef actor) {
                return false;
            }

            @Override
            public void arrive(ActorRef actor) {}

            @Override
            public void leave(ActorRef actor) {}
        };
    }
}
