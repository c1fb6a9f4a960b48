package dev.peili.testkit;

import dev.peili.actors.TaskCategory;
import java.util.List;
import org.apache.pekko.actor.Cancellable;

/** A task as the proof knows it, from its dispatch to its end. */
final class Job {
    enum Kind {
        TASK,
        /** Idle work with a deadline. */
        IDLE,
        TIMER,
        PERIODIC;

        /** Whether it is queued at a moment that only the library knows. */
        boolean isTimed() {
            return this == TIMER || this == PERIODIC;
        }
    }

    enum State {
        WAITING("waits"),
        STARTED("had run"),
        CANCELLED("was cancelled"),
        DROPPED("became a dead letter"),
        REJECTED("was rejected");

        final String text;

        State(String text) {
            this.text = text;
        }
    }

    final String name;
    final Kind kind;
    final List<Dossier> groups;
    final TaskCategory category;
    /** Grows in the order of dispatch. */
    final int number;
    /** When it was dispatched, and when it is queued at the earliest, in virtual nanoseconds. */
    final long acceptedAt;

    final long notBefore;
    final long places;
    final long related;
    final long reach;
    final long families;

    State state = State.WAITING;
    /** Whether its group was stopped while it waited, so that it has to become a dead letter. */
    boolean doomed;

    Cancellable timer = Cancellable.alreadyCancelled();
    /** How many turns of other groups have begun while it was ready, and the most groups that had work meanwhile. */
    int age;

    int crowd;
    /** How many turns of its own group have begun while it was ready. */
    int passedOver;

    Job(String name, Kind kind, List<Dossier> groups, TaskCategory category, int number, long now, long delay) {
        this.name = name;
        this.kind = kind;
        this.groups = groups;
        this.category = category;
        this.number = number;
        this.acceptedAt = now;
        this.notBefore = now + delay;
        long all = 0;
        long excluded = 0;
        long within = 0;
        long wide = 0;
        for (Dossier group : groups) {
            all |= group.place.bit;
            excluded |= group.place.related;
            within |= group.place.reach;
            wide |= group.place.family;
        }
        places = all;
        related = excluded;
        reach = within;
        families = wide;
    }

    boolean isJoint() {
        return groups.size() > 1;
    }

    boolean isSuspended() {
        for (int i = 0; i < groups.size(); i++) {
            if (groups.get(i).place.isSuspended()) {
                return true;
            }
        }
        return false;
    }

    boolean isInDoubt() {
        boolean doubtful = doomed;
        for (int i = 0; i < groups.size(); i++) {
            doubtful |= groups.get(i).place.isInDoubt();
        }
        return doubtful;
    }

    boolean isForeground() {
        return groups.stream().allMatch(group -> group.place.isForeground());
    }

    @Override
    public String toString() {
        return name + " (" + category + (kind == Kind.TASK ? "" : ", " + kind) + ", number " + number + ") of "
                + groups;
    }
}
