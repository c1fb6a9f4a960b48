package dev.peili.mirroring;

import dev.peili.actors.internal.dispatch.Outbox;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.dispatch.Envelope;
import org.jspecify.annotations.Nullable;

/** The turns of one actor: what the running one has changed, and what becomes of it when it ends. */
final class Turn implements Outbox {
    private final Node node;
    private final Announcement announcement;
    /**
     * The slot of the thread that the last turn ran on, where mostly the next one does, too. Any thread may look at it: a
     * thread in a turn sees what it wrote, and what others see is either not their own or does not have this turn.
     */
    private Outbox.@Nullable Slot slot;
    /** The turn that this one runs within; only a dispatcher for tests, which has no threads of its own, does that. */
    private @Nullable Outbox outer;

    private boolean isQuiet;
    /** Whether a part of the turn has failed, though somebody went on. */
    private boolean isSpoiled;

    /** The canonical that was set last for the first time in this turn; the others follow it. */
    private @Nullable Canonical<?> lastSet;

    /** The first link that this turn has something for; the others follow it. */
    private @Nullable Link firstTouched;
    /** The last of several. */
    private @Nullable Link lastTouched;

    private final List<Outgoing> outgoing = new ArrayList<>(0);
    private final List<Runnable> undo = new ArrayList<>(0);

    Turn(Node node, int maxWatchRounds) {
        this.node = node;
        this.announcement = new Announcement(node, maxWatchRounds);
    }

    Node node() {
        return node;
    }

    Announcement announcement() {
        return announcement;
    }

    // --- In the turn ------------------------------------------------------------------------------------------------

    /** Whether the calling thread is in a turn of this actor, and in none on top of it. */
    boolean isCurrent() {
        Outbox.Slot known = slot;
        return known != null && known.isOwn() && known.current == this;
    }

    /** Throws where the calling thread is not in a turn of this actor. */
    void check(Object what, String verb) {
        if (!isCurrent()) {
            throw new IllegalStateException(what + " was " + verb + " "
                    + (Outbox.slot().current instanceof Turn other
                            ? "in a turn of " + other.node.path()
                            : "outside of a turn, on thread "
                                    + Thread.currentThread().getName())
                    + "; that is for messages, signals and the setup of " + node.path() + " itself. Send it a message"
                    + " (what a message adapter, an ask or pipeToSelf maps is mapped before the turn)");
        }
    }

    /** Whether what happens to connections in this turn stays so if a watcher fails. */
    boolean isQuiet() {
        return isQuiet;
    }

    /** A part of the turn has failed. */
    void spoil() {
        isSpoiled = true;
    }

    boolean isSpoiled() {
        return isSpoiled;
    }

    boolean isAnnouncing() {
        return announcement.isRunning();
    }

    /** A canonical was set for the first time in this turn. */
    void set(Canonical<?> canonical) {
        canonical.setBefore = lastSet;
        lastSet = canonical;
        canonical.stageConnections();
    }

    /** There is something for this connection. */
    void stage(Connection connection) {
        if (connection.stage()) {
            Link link = connection.link;
            if (!link.isStaged()) {
                touch(link);
            }
            link.stage(connection);
        }
    }

    private void touch(Link link) {
        if (firstTouched == null) {
            firstTouched = link;
        } else {
            (lastTouched == null ? firstTouched : lastTouched).nextTouched = link;
            lastTouched = link;
        }
    }

    private @Nullable Link nextTouched() {
        Link next = firstTouched;
        if (next == null) {
            lastTouched = null;
        } else {
            firstTouched = next.nextTouched;
            next.nextTouched = null;
        }
        return next;
    }

    /** Has this done if the turn fails; the last first. */
    void onFailure(Runnable action) {
        undo.add(action);
    }

    /** Sends this when the turn has ended. */
    void send(Outgoing what) {
        outgoing.add(what);
    }

    @Override
    public boolean holds(ActorRef receiver, Envelope envelope) {
        // Once something is kept back, what comes after it is, too, or it would overtake it by way of a third actor.
        if (outgoing.isEmpty() && !isTouched(receiver)) {
            return false;
        }
        outgoing.add(new Outgoing.Held(receiver, envelope));
        return true;
    }

    private boolean isTouched(ActorRef receiver) {
        if (firstTouched == null) {
            return false;
        }
        Link link = node.link(receiver);
        return link != null && link.isStaged();
    }

    // --- Its start and its end --------------------------------------------------------------------------------------

    /** @param quiet whether it handles what the library has sent, and nothing of the user's but watchers runs in it */
    void begin(boolean quiet) {
        Outbox.Slot its = slot;
        if (its == null || !its.isOwn()) {
            its = Outbox.slot();
            slot = its;
        }
        outer = its.current;
        its.current = this;
        isQuiet = quiet;
    }

    /** Ends the turn well. If this throws, it has not ended yet, and has failed. */
    void end() {
        if (lastSet != null || !announcement.isEmpty()) {
            announce();
        }
        leave();
        publish();
        send(true);
    }

    private void announce() {
        for (Canonical<?> canonical = lastSet; canonical != null; canonical = canonical.setBefore) {
            if (canonical.compare()) {
                canonical.changed();
            }
        }
        if (!announcement.isEmpty()) {
            announcement.run();
            // Watchers may have set more, or something back.
            for (Canonical<?> canonical = lastSet; canonical != null; canonical = canonical.setBefore) {
                canonical.compare();
            }
        }
    }

    private void leave() {
        isSpoiled = false;
        Outbox.Slot its = slot;
        if (its != null && its.current == this) {
            its.current = outer;
            outer = null;
        }
    }

    private void publish() {
        for (Canonical<?> canonical = lastSet; canonical != null; canonical = canonical.setBefore) {
            canonical.settle();
        }
        for (Link link = nextTouched(); link != null; link = nextTouched()) {
            link.publish();
        }
        for (Canonical<?> canonical = takeSet(); canonical != null; ) {
            Canonical<?> next = canonical.setBefore;
            canonical.settled();
            canonical = next;
        }
        if (!undo.isEmpty()) {
            undo.clear();
        }
    }

    private @Nullable Canonical<?> takeSet() {
        Canonical<?> taken = lastSet;
        lastSet = null;
        return taken;
    }

    private void send(boolean wentWell) {
        if (outgoing.isEmpty()) {
            return;
        }
        for (int i = 0; i < outgoing.size(); i++) {
            if (wentWell || outgoing.get(i).survivesFailure()) {
                outgoing.get(i).send();
            }
        }
        outgoing.clear();
    }

    /** The turn has failed: everything is as it was, and nothing is published. */
    void fail() {
        leave();
        isQuiet = false;
        for (int i = undo.size() - 1; i >= 0; i--) {
            undo.get(i).run();
        }
        undo.clear();
        for (Canonical<?> canonical = takeSet(); canonical != null; ) {
            Canonical<?> next = canonical.setBefore;
            canonical.undo();
            canonical = next;
        }
        for (Link link = nextTouched(); link != null; link = nextTouched()) {
            link.unstage();
        }
        announcement.fail();
        send(false);
    }
}
