package dev.peili.mirroring;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.actor.InternalActorRef;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.PreRestart;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

/** An actor: it does what the script says, and keeps the account of it. */
final class Player {
    final Ledger ledger;
    final String name;
    /** Whether it is in a group, so that what it is told plainly is held. */
    final boolean isInGroup;
    /** Whether it is not set up for mirroring at all. */
    final boolean isStranger;

    final OwnerSide ownerSide;
    final MirrorSide mirrorSide;
    final WatchSide watchSide;
    private final Script script;
    private Optional<ActorRef<Note>> ref = Optional.empty();
    private @Nullable Mirroring<Note> mirroring;

    /** Whether it has ever begun to start. */
    boolean isSetUp;

    private boolean isAgain;
    private boolean starts;
    /** Whether the turn in which the behavior has started is over, and another one settles what was there before. */
    private boolean isSettling;

    /** What the library handles when the actor has started again, and of that, whose messages are still to come. */
    private List<Notice> missed = List.of();

    private final List<Notice> handled = new ArrayList<>();
    private boolean isInTurn;
    private boolean fails;
    private boolean isWatching;
    private final Map<String, Integer> seen = new HashMap<>();

    Player(Ledger ledger, Script script, String name, boolean isInGroup, boolean isStranger) {
        this.ledger = ledger;
        this.script = script;
        this.name = name;
        this.isInGroup = isInGroup;
        this.isStranger = isStranger;
        this.ownerSide = new OwnerSide(this);
        this.mirrorSide = new MirrorSide(this);
        this.watchSide = new WatchSide(this);
    }

    void spawned(ActorRef<Note> spawned) {
        ref = Optional.of(spawned);
    }

    ActorRef<Note> ref() {
        return ref.orElseThrow();
    }

    @SuppressWarnings("deprecation")
    boolean hasEnded() {
        return ((InternalActorRef) Adapter.toClassic(ref())).isTerminated();
    }

    <T> T present(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("not known in " + name);
        }
        return value;
    }

    Mirroring<Note> mirroring() {
        return present(mirroring);
    }

    // --- Its behavior -----------------------------------------------------------------------------------------------

    Behavior<Note> behavior() {
        if (isStranger) {
            return Behaviors.receiveMessage(note -> {
                note.handled = true;
                return Behaviors.same();
            });
        }
        Behavior<Object> watched = Behaviors.intercept(() -> new Overseer(this), mirrored());
        return watched.narrow();
    }

    @SuppressWarnings("unchecked")
    private Behavior<Object> mirrored() {
        return (Behavior<Object>) (Behavior<?>) Mirroring.<Note>setup((context, given) -> {
            mirroring = given;
            script.setUp(this);
            return Behaviors.receive(Note.class)
                    .onAnyMessage(this::onNote)
                    .onSignal(PreRestart.class, signal -> onSignal("PreRestart"))
                    .onSignal(PostStop.class, signal -> onSignal("PostStop"))
                    .build();
        });
    }

    private Behavior<Note> onNote(Note note) {
        check();
        note.handled = true;
        note.requirement.ifPresent(requirement -> requirement.check(this));
        if (note.requirement.filter(Requirement::isOfFailedTurn).isPresent()) {
            ledger.coverage.count("messages of turns that failed");
        }
        Integer before = seen.put(note.sender, note.serial);
        if (isInGroup && before != null) {
            ledger.expect(before < note.serial, "M2: " + note + " is handled after message " + before);
        }
        ledger.coverage.count("messages handled");
        return !note.isLast && script.play(this) == Script.Ending.STOP ? Behaviors.stopped() : Behaviors.same();
    }

    private Behavior<Note> onSignal(String what) {
        check();
        ledger.coverage.count(what);
        script.playSignal(this);
        return Behaviors.same();
    }

    /** In a handler of an event. */
    void plays() {
        check();
        script.play(this);
    }

    /** In a watcher. */
    void watches(WatchSide.ModelWatcher watcher) {
        check();
        isWatching = true;
        script.playWatcher(this, watcher);
        isWatching = false;
    }

    boolean isWatching() {
        return isWatching;
    }

    void check() {
        if (!ledger.isBroken()) {
            ownerSide.check();
            mirrorSide.check();
        }
    }

    /** It is about to throw on purpose. */
    void fails() {
        fails = true;
    }

    // --- Its turns --------------------------------------------------------------------------------------------------

    void beginStart() {
        starts = true;
        isAgain = isSetUp;
        isSetUp = true;
        missed = isAgain ? Nodes.of(ledger.simulation.system()).own(ref()).notices() : List.of();
        ledger.coverage.count(isAgain ? "starts again" : "first starts");
        beginTurn();
    }

    void begin(Object message) {
        starts = false;
        if (message instanceof Notice notice && handled.remove(notice)) {
            ledger.coverage.count("notices handled at a start");
            beginTurn();
            return;
        }
        if (message instanceof StateUpdate update) {
            mirrorSide.deliver(update.link());
        } else if (message instanceof Departure departure) {
            ownerSide.departed(departure);
        } else if (message instanceof LinkEnded end) {
            ownerSide.targetEnded(end.link());
        } else if (message instanceof ConnectRefusal refusal) {
            mirrorSide.refused(refusal);
        }
        beginTurn();
        if (message instanceof ConnectRequest request) {
            ownerSide.requested(request);
        } else if (message instanceof FiredEvent event) {
            mirrorSide.fired(event.connection(), event.event());
        } else if (message instanceof EventsEnd end) {
            mirrorSide.fired(end.connection(), null);
        }
    }

    /** What may have been lost while the actor started again is handled then. */
    private void miss(Notice notice) {
        handled.add(notice);
        ownerSide.findRequested();
        if (notice instanceof Departure departure) {
            ownerSide.departed(departure);
        } else if (notice instanceof LinkEnded end) {
            ownerSide.targetEnded(end.link());
        } else if (notice instanceof ConnectRefusal refusal) {
            mirrorSide.refused(refusal);
        } else if (notice instanceof ConnectRequest request) {
            ownerSide.requested(request);
        }
    }

    private void beginTurn() {
        isInTurn = true;
        if (ledger.players.stream().anyMatch(other -> other != this && other.isInTurn)) {
            ledger.coverage.count("turns on top of a turn");
        }
        fails = false;
        isWatching = false;
        isSettling = false;
        ownerSide.beginTurn(starts);
        mirrorSide.beginTurn(starts);
        watchSide.beginTurn(starts);
    }

    /** The behavior has made what it makes. */
    void made() {
        ownerSide.made();
    }

    /** A watcher is about to run: if that is because of what was there before a start, the start has gone well. */
    void beforeWatcher() {
        if (starts && !isSettling && turn().isQuiet()) {
            settle();
        }
    }

    private Turn turn() {
        return Nodes.of(ledger.simulation.system()).own(ref()).turn();
    }

    private void settle() {
        commit();
        isSettling = true;
        ownerSide.beginTurn(false);
        watchSide.beginTurn(false);
        mirrorSide.started(isAgain, () -> missed.forEach(this::miss));
    }

    private Set<ModelLink> commit() {
        ledger.expect(!fails, "M7: " + this + " has failed, but the turn ends well");
        ownerSide.findRequested();
        Set<ModelLink> news = ownerSide.commit();
        watchSide.commit();
        return news;
    }

    void end() {
        if (starts && !isSettling) {
            settle();
        }
        // What a start has published may have been followed by more before it is seen here.
        commit().forEach(ModelLink::checkCounts);
        mirrorSide.endTurn();
        isInTurn = false;
    }

    void fail(Throwable failure) {
        if (!(failure instanceof Mishap)) {
            ledger.broken("M7: " + this + " fails with " + failure + ", "
                    + Arrays.stream(failure.getStackTrace()).limit(6).toList());
        }
        ledger.coverage.count(
                isSettling
                        ? "starts that failed at last"
                        : starts ? "starts that failed" : isWatching ? "watchers failed" : "turns failed");
        ownerSide.rollBack();
        mirrorSide.rollBack(starts && !isSettling);
        watchSide.rollBack();
        isInTurn = false;
    }

    @Override
    public String toString() {
        return name;
    }
}
