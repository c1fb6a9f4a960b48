package dev.peili.actors.internal.agenda;

import org.jspecify.annotations.Nullable;

/**
 * A fresh agenda with two seats and some groups: what one state of a stress test is about. No thread has a seat; whoever
 * plays the seat's thread calls the methods that are its own.
 */
final class Scene implements Signals {
    /** What a seat opened that was told to go on with a parked seat. */
    static final int RESUMED = 9;

    final Agenda agenda = new Agenda(new Limits(1000, 256, 64, 16, 0, 1), this, () -> 0, "root", "pool");
    final Seat seat = agenda.newSeat();
    final Seat other = agenda.newSeat();
    final Node tab = agenda.newTabGroup("tab");
    final Node doc = agenda.newDocGroup(tab, "doc");
    final Node doc2 = agenda.newDocGroup(tab, "doc2");
    /** A TabGroup that is related to none of those above. */
    final Node away = agenda.newTabGroup("away");

    private volatile boolean told;

    /** Whether somebody was told that work is ready at a time when the run queue had it. */
    boolean told() {
        return told;
    }

    @Override
    public void ready() {
        if (agenda.hasReady()) {
            told = true;
        }
    }

    @Override
    public void urgent() {}

    /** Queues the job; false if it was rejected. */
    boolean enqueue(Job job) {
        return enqueue(job, null);
    }

    /** Queues the job as the turn does that runs on this seat. */
    boolean enqueue(Job job, @Nullable Seat by) {
        return agenda.enqueue(job, by) == Entry.ADMITTED;
    }

    /** Lets the seat open a turn of this job, before the actors begin. */
    void open(Seat on, Job job) {
        enqueue(job);
        begin(on, job.number);
    }

    /** Lets the seat open a turn of the job of this number, which is next, before the actors begin. */
    void begin(Seat on, int number) {
        if (next(on) != number) {
            throw new AssertionError("the scene could not be set");
        }
        told = false;
    }

    /** Lets the seat open what is next, and returns its number; 0 if there is nothing. */
    int next(Seat on) {
        return number(agenda.next(on));
    }

    /** Lets the seat end its turn and open what is next, and returns the latter's number; 0 if there is nothing. */
    int endAndNext(Seat on) {
        return number(agenda.endAndNext(on));
    }

    static int number(@Nullable Work work) {
        if (work instanceof Job job) {
            return job.number;
        }
        return work == null ? 0 : RESUMED;
    }

    /** Ends the turns of both seats, lets one of them run all that is left, and says how often each number began. */
    int[] drain() {
        end(other);
        end(seat);
        int[] begun = new int[RESUMED + 1];
        for (int number = next(seat); number != 0; number = next(seat)) {
            begun[number]++;
            end(seat);
        }
        return begun;
    }

    private void end(Seat on) {
        while (on.inTurn()) {
            agenda.end(on);
        }
    }
}
