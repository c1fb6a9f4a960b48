package dev.peili.testkit;

import dev.peili.actors.TaskCategory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;

/** An actor as the proof knows it, in a group or not, and what it was told. */
final class Member {
    /** What it is told. */
    static final class Note {
        final Member to;
        final Object sender;
        final int number;
        /** How many further ones it tells itself, one after the other. */
        final int chatter;

        boolean handled;
        boolean dead;

        Note(Member to, Object sender, int number, int chatter) {
            this.to = to;
            this.sender = sender;
            this.number = number;
            this.chatter = chatter;
        }

        @Override
        public String toString() {
            return "message " + number + " from " + sender + " to " + to;
        }
    }

    final String name;
    final Place place;
    /** Its group; empty if it is in none. */
    final Optional<Dossier> dossier;

    final TaskCategory category;
    /** Whether the group dispatcher runs it. */
    final boolean inAgenda;
    /** Whether its group spawned it, and supervises it. */
    final boolean spawnedByGroup;

    final boolean restarts;
    Optional<ActorRef<Note>> ref = Optional.empty();
    final List<Note> notes = new ArrayList<>();
    private final Map<Object, Integer> sent = new HashMap<>();
    private final Map<Object, Integer> seen = new HashMap<>();
    int pending;
    boolean started;
    boolean failed;
    boolean stopping;
    boolean ended;

    Member(
            String name,
            Place place,
            Optional<Dossier> dossier,
            TaskCategory category,
            boolean inAgenda,
            boolean spawnedByGroup) {
        this.name = name;
        this.place = place;
        this.dossier = dossier;
        this.category = category;
        this.inAgenda = inAgenda;
        this.spawnedByGroup = spawnedByGroup;
        this.restarts = spawnedByGroup && dossier.map(d -> d.actorsRestart).orElse(false);
    }

    Note newNote(Object sender, int chatter) {
        Note note = new Note(this, sender, sent.merge(sender, 1, Integer::sum), chatter);
        notes.add(note);
        return note;
    }

    /** Takes note of a message that is handled, and returns the number of the one from the same sender before it. */
    int saw(Note note) {
        Integer before = seen.put(note.sender, note.number);
        return before == null ? 0 : before;
    }

    /** Whether it may have something to do, be it only to stop. */
    boolean isBusy() {
        boolean mustStop = dossier.map(d -> !d.group.isOpen()).orElse(false);
        return !ended && (pending > 0 || !started || failed || stopping || mustStop);
    }

    @Override
    public String toString() {
        return name + " of " + dossier.map(Dossier::toString).orElse("no group");
    }
}
