package dev.peili.testkit;

import dev.peili.actors.SchedulerGroup;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What waits and which turns are open in one schedule, by what the tasks and actors themselves report; and the promises G1
 * to G3, as far as they are broken when a turn begins. The first that is broken is kept for the test to throw.
 */
final class Ledger {
    /**
     * A turn that has begun.
     *
     * @param subject the task, the message or the signal
     * @param sender who sends what is sent in this turn
     */
    record OpenTurn(Object subject, long places, long related, long families, List<Place> where, Object sender) {
        static OpenTurn of(Job job) {
            Object sender = job.isJoint() ? job : job.groups.get(0).sender(job.category);
            return new OpenTurn(
                    job,
                    job.places,
                    job.related,
                    job.families,
                    job.groups.stream().map(group -> group.place).toList(),
                    sender);
        }

        static OpenTurn of(Member member, Object subject) {
            Place place = member.place;
            return new OpenTurn(subject, place.bit, place.related, place.family, List.of(place), member);
        }

        @Override
        public String toString() {
            return subject.toString();
        }
    }

    final Simulation simulation;
    final Coverage coverage;
    final List<Job> waiting = new ArrayList<>();
    final Map<String, Job> jobs = new HashMap<>();
    final List<Member> members = new ArrayList<>();
    final List<OpenTurn> open = new ArrayList<>();
    long openPlaces;
    private final Urgency urgency;
    private Optional<String> broken = Optional.empty();

    Ledger(Simulation simulation, Coverage coverage) {
        this.simulation = simulation;
        this.coverage = coverage;
        this.urgency = new Urgency(this);
    }

    /** Takes note of a promise that does not hold; the text begins with its number. */
    void broken(String text) {
        if (broken.isEmpty()) {
            broken = Optional.of(text + "; at step " + simulation.steps());
        }
    }

    /** Throws if a promise was broken. */
    void check() {
        broken.ifPresent(text -> {
            throw new AssertionError(text);
        });
    }

    boolean isBroken() {
        return broken.isPresent();
    }

    // --- Tasks ------------------------------------------------------------------------------------------------------

    void accepted(Job job) {
        jobs.put(job.name, job);
        if (job.state == Job.State.WAITING) {
            waiting.add(job);
            job.groups.forEach(group -> group.place.queued(simulation.steps()));
        }
    }

    void notWaiting(Job job) {
        if (waiting.remove(job)) {
            job.groups.forEach(group -> group.place.unqueued());
        }
    }

    /** A timer was cancelled; if its task was queued already, something that does nothing keeps its place. */
    void cancelled(Job job) {
        job.state = Job.State.CANCELLED;
        if (simulation.now().toNanos() < job.notBefore) {
            notWaiting(job);
        }
    }

    OpenTurn begin(Job job) {
        OpenTurn turn = OpenTurn.of(job);
        if (job.state != Job.State.WAITING) {
            broken("G6: " + job + " starts although it " + job.state.text);
        } else if (job.doomed) {
            broken("G6: " + job + " starts although its group was stopped");
        } else if (simulation.now().toNanos() < job.notBefore && job.kind.isTimed()) {
            broken("G2: " + job + " starts before its delay is over");
        }
        checkOrder(job);
        checkMayBegin(turn);
        urgency.begins(turn);
        if (job.kind != Job.Kind.PERIODIC) {
            job.state = Job.State.STARTED;
            notWaiting(job);
        }
        coverage.count(job.isJoint() ? "tasks of several groups" : job.kind.name());
        return push(turn);
    }

    /** G2: whatever was dispatched before it to a related group, in the same category, has started. */
    private void checkOrder(Job job) {
        if (job.kind == Job.Kind.PERIODIC) {
            return;
        }
        for (Job other : waiting) {
            boolean older = other.kind.isTimed()
                    ? false
                    : job.kind.isTimed() ? other.acceptedAt < job.notBefore : other.number < job.number;
            if (older
                    && other.category == job.category
                    && (other.related & job.places) != 0
                    && !other.isInDoubt()
                    && !other.isSuspended()) {
                broken("G2: " + job + " starts although " + other + " was dispatched before it");
            }
        }
    }

    // --- Messages ---------------------------------------------------------------------------------------------------

    void told(Member member) {
        member.pending++;
        member.place.queued(simulation.steps());
    }

    private static void notPending(Member member) {
        member.pending--;
        member.place.unqueued();
    }

    void died(Member.Note note) {
        if (note.handled || note.dead) {
            broken("G6: " + note + " became a dead letter although it " + (note.dead ? "was one" : "had been handled"));
        }
        note.dead = true;
        notPending(note.to);
    }

    OpenTurn begin(Member.Note note) {
        Member member = note.to;
        OpenTurn turn = OpenTurn.of(member, note);
        if (note.handled || note.dead) {
            broken("G6: " + note + " is handled although it " + (note.dead ? "became a dead letter" : "had been"));
        }
        int before = member.saw(note);
        if (note.number <= before) {
            broken("G2: " + note + " is handled after " + before);
        }
        note.handled = true;
        checkMayBegin(turn);
        if (member.inAgenda) {
            urgency.begins(turn);
        } else {
            urgency.beginsElsewhere();
        }
        notPending(member);
        coverage.count("messages");
        return push(turn);
    }

    /** A part of a turn for which nothing is chosen: a signal, or the setup. */
    OpenTurn beginSignal(Member member, String what) {
        OpenTurn turn = OpenTurn.of(member, what + " of " + member);
        checkAlone(turn);
        return push(turn);
    }

    // --- Turns ------------------------------------------------------------------------------------------------------

    private void checkMayBegin(OpenTurn turn) {
        checkAlone(turn);
        if (turn.where.stream().anyMatch(Place::isSuspended)) {
            broken("Suspension: " + turn + " starts although its group is suspended");
        }
    }

    /** G1. */
    private void checkAlone(OpenTurn turn) {
        if ((turn.related & openPlaces) != 0) {
            OpenTurn other = open.stream()
                    .filter(o -> (o.places & turn.related) != 0)
                    .findFirst()
                    .orElseThrow();
            broken("G1: " + turn + " starts although " + other + " is open");
        }
        SchedulerGroup current = SchedulerGroup.current().orElse(null);
        boolean right = turn.places == 0
                ? current == null
                : turn.where.stream().flatMap(place -> place.groups.stream()).anyMatch(d -> d.group == current);
        if (!right) {
            broken("G1: " + turn + " runs in a turn of " + current);
        }
    }

    private OpenTurn push(OpenTurn turn) {
        if (!open.isEmpty()) {
            coverage.count("turns beside an open one");
            coverage.most("most open turns", open.size() + 1);
        }
        open.add(turn);
        openPlaces |= turn.places;
        return turn;
    }

    void end(OpenTurn turn) {
        OpenTurn last = open.remove(open.size() - 1);
        if (!last.equals(turn)) {
            broken("G1: " + turn + " ends while " + last + " is open");
        }
        openPlaces = 0;
        for (int i = 0; i < open.size(); i++) {
            openPlaces |= open.get(i).places;
        }
    }

    /** G3: when nothing can run any more, only what is suspended waits. */
    void checkIdle() {
        for (Job job : waiting) {
            if (!job.kind.isTimed() && !job.isInDoubt() && !job.isSuspended()) {
                broken("G3: nothing runs, but " + job + " waits, or was lost (G6)");
            }
        }
        for (Member member : members) {
            if (member.pending > 0
                    && member.ref.isPresent()
                    && !member.place.isInDoubt()
                    && !member.place.isSuspended()) {
                broken("G3: nothing runs, but " + member + " has messages");
            }
        }
    }
}
