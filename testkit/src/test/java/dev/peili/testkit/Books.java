package dev.peili.testkit;

import dev.peili.actors.DroppedTask;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.pekko.actor.DeadLetter;

/** The promises G6 and G7: what became of everything that was accepted. */
final class Books {
    private final Ledger ledger;
    private final Realm realm;

    Books(Ledger ledger, Realm realm) {
        this.ledger = ledger;
        this.realm = realm;
    }

    /** A task was not accepted. */
    void rejected(Job job) {
        boolean closed = job.groups.stream().anyMatch(group -> !group.group.isOpen());
        if (!closed && job.groups.stream().noneMatch(group -> mayBeFull(group, job))) {
            ledger.broken("G6: " + job + " was rejected although its group is open and its lane is not full");
        }
        ledger.coverage.count(closed ? "rejected as closed" : "rejected as full");
    }

    /** A task was accepted. */
    void accepted(Job job, boolean wereOpen) {
        if (!wereOpen) {
            ledger.broken("G6: " + job + " was accepted although its group is closed");
        }
        if (!job.kind.isTimed() && job.groups.stream().anyMatch(group -> isFull(group, job))) {
            ledger.broken("G6: " + job + " was accepted although its lane is full");
        }
    }

    private boolean isFull(Dossier group, Job job) {
        int capacity = group.place.capacity(job.category).orElse(0);
        return capacity > 0 && queued(group, job, false) >= capacity;
    }

    private boolean mayBeFull(Dossier group, Job job) {
        Optional<Integer> known = group.place.capacity(job.category);
        IntStream capacities = known.isPresent() ? IntStream.of(known.get()) : group.place.everyCapacity(job.category);
        long most = queued(group, job, true);
        return capacities.anyMatch(capacity -> capacity > 0 && most >= capacity);
    }

    private long queued(Dossier group, Job job, boolean maybe) {
        return ledger.waiting.stream()
                .filter(other -> other != job
                        && other.category == job.category
                        && (other.places & group.place.bit) != 0
                        && (maybe || !(other.kind.isTimed() || other.isInDoubt())))
                .count();
    }

    void dead(DeadLetter letter) {
        if (letter.message() instanceof Member.Note note) {
            ledger.coverage.count("messages to dead letters");
            ledger.died(note);
        } else if (letter.message() instanceof DroppedTask dropped) {
            ledger.coverage.count("tasks to dead letters");
            dead(dropped);
        }
    }

    private void dead(DroppedTask dropped) {
        Job job = ledger.jobs.get(dropped.name());
        if (job == null) {
            ledger.broken("G6: " + dropped + " became a dead letter, but nobody dispatched it");
            return;
        }
        if (job.category != dropped.category() || job.groups.stream().noneMatch(g -> g.group == dropped.group())) {
            ledger.broken("G6: " + job + " became a dead letter as " + dropped);
        }
        if (job.state == Job.State.STARTED || job.state == Job.State.DROPPED || job.state == Job.State.REJECTED) {
            ledger.broken("G6: " + job + " became a dead letter although it " + job.state.text);
        }
        boolean mayEnd = job.doomed
                || job.isInDoubt()
                || (job.kind.isTimed() && job.groups.stream().anyMatch(group -> !group.group.isOpen()))
                || (job.kind.isTimed()
                        && job.groups.stream()
                                .anyMatch(group ->
                                        group.place.everyCapacity(job.category).sum() > 0));
        if (!mayEnd) {
            ledger.broken("G6: " + job + " became a dead letter although its group was not stopped");
        }
        if (job.kind != Job.Kind.PERIODIC && job.state == Job.State.WAITING) {
            job.state = Job.State.DROPPED;
            ledger.notWaiting(job);
        }
    }

    /** G7: nothing can run any more, and failures have been counted. */
    void checkFailures() {
        for (Dossier dossier : realm.dossiers) {
            long counted = dossier.group.failedTasks();
            boolean mayLack = !dossier.group.isOpen();
            long most = dossier.failedTasks + dossier.failedActors;
            long least = mayLack ? dossier.failedTasks : most;
            if (counted < least || counted > most) {
                ledger.broken("G7: " + dossier + " counts " + counted + " failures, but " + dossier.failedTasks
                        + " tasks and " + dossier.failedActors + " actors have failed");
            }
            if (dossier.stopped && dossier.group.isOpen()) {
                ledger.broken("G7: " + dossier + " is open although a failure should have stopped it");
            }
        }
    }

    /** G6: all groups have been closed, and nothing can run any more. */
    void checkEnd() {
        for (Job job : ledger.waiting) {
            if (job.kind != Job.Kind.PERIODIC && job.state == Job.State.WAITING) {
                ledger.broken("G6: " + job + " was accepted, and has neither run nor become a dead letter");
            }
        }
        for (Member member : ledger.members) {
            for (Member.Note note : member.notes) {
                if (!note.handled && !note.dead) {
                    ledger.broken("G6: " + note + " was neither handled nor became a dead letter");
                }
            }
            boolean mustHaveEnded = member.dossier.isPresent() && member.place.bit != 1;
            if (mustHaveEnded && member.started && !member.ended) {
                ledger.broken("G6: " + member + " lives on although its group has ended");
            }
        }
        if (realm.groups.snapshot().size() != 1) {
            ledger.broken("G6: all tabs were closed, but these groups go on: " + realm.groups.snapshot());
        }
    }
}
