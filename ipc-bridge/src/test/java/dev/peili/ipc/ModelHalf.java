package dev.peili.ipc;

import dev.peili.actors.EventTarget;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/** One half of an actor: what it has sent, handled, and been told. */
final class ModelHalf {
    final ModelActor actor;
    final Side side;
    private final Ledger ledger;

    private @Nullable ProtocolActor<?> handle;
    /** Where it has to run, as soon as that is decided. */
    Optional<EventTarget> target = Optional.empty();

    Optional<ActorRef<Object>> ref = Optional.empty();

    /** What was accepted for sending, and how long each was. */
    private final List<Integer> sent = new ArrayList<>();

    private long sentBytes;
    /** How much of what the other half has sent. */
    private int handled;

    private long handledBytes;

    /** Actors that were made and could not be constructed, for want of room. */
    final List<ModelActor> refused = new ArrayList<>();

    /** Whether it was refused since it was last told that there is room. */
    private boolean isRefused;
    /** How many signals may still come: one for each time. */
    private int due;

    private enum Stage {
        NEW,
        STARTING,
        STARTED,
        /** It has stopped or failed while it started. */
        STILLBORN,
        /** It was told why it ends. */
        TOLD,
        OVER
    }

    private Stage stage = Stage.NEW;
    /** What it must be told, because nothing had ended it before. */
    private Optional<DestroyReason> certain = Optional.empty();

    /** Where messages were sent to that were not to run where this does. */
    private final Map<Integer, EventTarget> chosen = new HashMap<>();

    private boolean isDeletedHere;
    private boolean hasEndedItself;
    boolean isInTurn;

    ModelHalf(ModelActor actor, Side side) {
        this.actor = actor;
        this.side = side;
        this.ledger = actor.ledger;
    }

    ModelHalf other() {
        return actor.half(side.other());
    }

    // --- What it is -------------------------------------------------------------------------------------------------

    void made(ProtocolActor<?> its) {
        handle = its;
    }

    boolean isKnown() {
        return handle != null;
    }

    ProtocolActor<?> handle() {
        ProtocolActor<?> known = handle;
        if (known == null) {
            throw new IllegalStateException(this + " is not known");
        }
        return known;
    }

    boolean isLive() {
        return handle != null && handle.isLive();
    }

    boolean hasStarted() {
        return stage == Stage.STARTED || stage == Stage.TOLD || stage == Stage.OVER;
    }

    boolean isOver() {
        return stage == Stage.OVER || stage == Stage.STILLBORN || stage == Stage.NEW;
    }

    Optional<EventTarget> inherited() {
        return actor.manager.flatMap(manager -> manager.half(side).target);
    }

    // --- Turns ------------------------------------------------------------------------------------------------------

    void beginTurn(String what) {
        ledger.expect(
                EventTarget.current().equals(target),
                "I1: " + this + " is in " + target + ", but its " + what + " runs in " + EventTarget.current());
        beginTurnAnywhere(what);
    }

    /** A turn for a message that may have a target of its own; once that has ended, it has none. */
    void beginTurnFor(int serial) {
        EventTarget its = chosen.remove(serial);
        if (its == null) {
            beginTurn("message");
            return;
        }
        boolean isThere = EventTarget.current().equals(Optional.of(its));
        ledger.expect(
                isThere || (!its.group().isOpen() && EventTarget.current().equals(target)),
                "I1: " + serial + " to " + this + " was sent to " + its + ", but runs in " + EventTarget.current());
        ledger.coverage.count(isThere ? "messages in targets of their own" : "messages whose target has ended");
        beginTurnAnywhere("message");
    }

    /** Its side has chosen a target for a message. */
    void chosen(int serial, EventTarget its) {
        ledger.expect(chosen.put(serial, its) == null, "I2: " + this + " is asked again about " + serial);
    }

    private void beginTurnAnywhere(String what) {
        isInTurn = true;
        ledger.expect(stage != Stage.OVER, "I5: " + this + " has ended, and has a turn for " + what);
        ledger.expect(stage != Stage.STILLBORN, "I5: " + this + " could not start, and has a turn for " + what);
    }

    void endTurn() {
        isInTurn = false;
    }

    void starts() {
        ledger.expect(stage == Stage.NEW, "I1: " + this + " starts twice");
        ledger.expect(actor.isConstructed, "I4: " + this + " starts, but was never constructed");
        actor.manager.map(manager -> manager.half(side)).ifPresent(manager -> {
            ledger.expect(manager.hasStarted(), "I4: " + this + " starts before " + manager);
        });
        stage = Stage.STARTING;
    }

    void started(boolean isAlive) {
        stage = isAlive ? Stage.STARTED : Stage.STILLBORN;
        ledger.coverage.count(isAlive ? "started" : "stopped or failed at the start");
    }

    /** It was about to end of itself. */
    void endsBy(DestroyReason cause) {
        hasEndedItself = true;
        if (isLive()) {
            actor.ends(cause);
            ledger.coverage.count("ended by " + cause);
        }
    }

    // --- Messages ---------------------------------------------------------------------------------------------------

    int inFlight() {
        return sent.size() - other().handled;
    }

    long bytesInFlight() {
        return sentBytes - other().handledBytes;
    }

    void accepted(int serial, int length) {
        sent.add(serial);
        sentBytes += length;
        boolean mayDrop = other().isKnown() && !other().isLive();
        ledger.expect(
                mayDrop || inFlight() <= ledger.actorWindow,
                "I7: " + this + " has " + inFlight() + " messages in flight of " + ledger.actorWindow);
    }

    boolean hasSent(int serial) {
        return sent.contains(serial);
    }

    void refused() {
        isRefused = true;
        due++;
    }

    void writable() {
        ledger.coverage.count("told ChannelWritable");
        ledger.expect(due > 0, "I7: " + this + " was told that there is room, but was not refused");
        due--;
        isRefused = false;
    }

    void handle(int serial, int length) {
        List<Integer> theirs = other().sent;
        ledger.expect(stage == Stage.STARTED, "I4: " + this + " handles " + serial + " while it is " + stage);
        ledger.expect(
                handled < theirs.size() && theirs.get(handled) == serial,
                "I4: " + this + " handles " + serial + " as number " + handled + " of " + theirs);
        ledger.expect(!isDeletedHere, "I5: " + this + " handles " + serial + ", but was deleted on its side");
        handled++;
        handledBytes += length;
        ledger.coverage.count("messages handled");
    }

    // --- The end ----------------------------------------------------------------------------------------------------

    /** It, or what manages it, was deleted on this side while it was live. */
    void deletedHere(boolean isItself) {
        isDeletedHere = true;
        certain = Optional.of(isItself ? DestroyReason.DELETED : DestroyReason.MANAGER_GONE);
    }

    void told(ActorDestroy destroy) {
        ledger.expect(stage == Stage.STARTED, "I5: " + this + " is told " + destroy + " while it is " + stage);
        ledger.expect(
                actor.reasons().contains(destroy.why()),
                "I5: " + this + " is told " + destroy + ", which can only be " + actor.reasons());
        ledger.expect(
                certain.isEmpty() || certain.get() == destroy.why(),
                "I5: " + this + " is told " + destroy + ", not " + certain);
        ledger.expect(!isLive(), "I5: " + this + " is told that it ends while it is live");
        ledger.coverage.count("told " + destroy.why());
        if (isEndedByOther()) {
            ledger.expect(
                    handled == other().sent.size(),
                    "I5: " + this + " is told " + destroy + " after " + handled + " of " + other().sent);
            ledger.coverage.count("told after all that was sent");
        }
        stage = Stage.TOLD;
    }

    /** Nothing else can have ended it. */
    private boolean isEndedByOther() {
        return other().isDeletedHere
                && !isDeletedHere
                && !hasEndedItself
                && actor.reasons().equals(Set.of(DestroyReason.DELETED));
    }

    void stops() {
        ledger.expect(stage == Stage.TOLD, "I5: " + this + " stops while it is " + stage + ", and was not told why");
        stage = Stage.OVER;
    }

    /** Nothing can happen any more. */
    void checkIdle() {
        if (actor.isConstructed && !actor.isDoomed()) {
            ledger.expect(isLive(), "I5: " + this + " has no reason to end, but it is not live");
            ledger.expect(stage == Stage.STARTED, "I5: " + this + " is live, but it is " + stage);
            ledger.expect(
                    handled == other().sent.size(), "I6: " + this + " has handled " + handled + " of " + other().sent);
            ledger.expect(!isRefused, "I7: " + this + " was refused, and nobody says that there is room");
            ledger.expect(handle().isWritable(), "I7: " + this + " is not writable, but nothing of it is in flight");
        } else {
            ledger.expect(!isLive(), "I5: " + this + " has to end of " + actor.reasons() + ", but is live");
            ledger.expect(
                    isOver(),
                    "I5: " + this + " has to end, but is " + stage + " after "
                            + (handle == null ? "nothing" : handle.end()) + " in " + target);
            boolean hasToStart = actor.isConstructed
                    && isEndedByOther()
                    && actor.manager
                            .filter(manager -> manager.half(side).hasStarted())
                            .isPresent();
            ledger.expect(
                    !hasToStart || stage != Stage.NEW,
                    "I4: " + this + " was never started, and has not handled " + other().sent
                            + ", which was sent before it was deleted");
        }
    }

    @Override
    public String toString() {
        return actor + "-" + side + (handle == null ? "" : "(" + handle + ")");
    }
}
