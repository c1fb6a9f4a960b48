package dev.peili.testkit;

import dev.peili.actors.TaskCategory;
import dev.peili.testkit.Ledger.OpenTurn;
import java.util.Optional;

/**
 * The promises G4 and G5, wherever it is beyond doubt that something is ready: it is next by the order, no related turn is
 * open, and nothing wider waits that its group may be kept free for.
 *
 * <p>Where turns that nobody reports may have been among those that are counted, the count is of all steps.
 */
final class Urgency {
    static final int BACKGROUND_EVERY = 4;
    static final int CATEGORY_EVERY = 4;
    static final int K = 16;
    /** Each level of turns on top of others reports its starts only when it asks for the next. */
    private static final int LAG = 17;

    private static final int CATEGORIES = TaskCategory.values().length;

    private final Ledger ledger;
    /** The step in which a background turn began last, and how many were nobody's turn in a group since. */
    private long lastBackground;

    private int elsewhere;

    Urgency(Ledger ledger) {
        this.ledger = ledger;
    }

    /** A turn begins of which the group dispatcher knows nothing. */
    void beginsElsewhere() {
        elsewhere++;
    }

    void begins(OpenTurn turn) {
        long step = ledger.simulation.steps();
        if (isBackground(turn)) {
            checkUrgency(turn, step);
            lastBackground = step;
            elsewhere = 0;
        }
        checkPatience(turn);
        turn.where().forEach(place -> place.lastBegin = step);
    }

    // --- G4 ---------------------------------------------------------------------------------------------------------

    private void checkUrgency(OpenTurn turn, long step) {
        Optional<Job> urgent = ledger.waiting.stream()
                .filter(job -> job.isForeground() && isReady(job))
                .findFirst();
        if (urgent.isEmpty()) {
            return;
        }
        long between = step - lastBackground - 1 - elsewhere;
        long waited = turn.where().stream()
                .mapToLong(place -> step - Math.max(place.workSince, place.lastBegin))
                .max()
                .orElse(0);
        ledger.coverage.count("background turns while the foreground was ready");
        if (between < BACKGROUND_EVERY && waited <= K) {
            ledger.broken("G4: " + turn + " starts in the background although " + urgent.get()
                    + " is ready in the foreground, at most " + between
                    + " turns after another such, having waited for "
                    + waited);
        }
    }

    /** Whether it is beyond doubt that nothing lends this turn its urgency. */
    private boolean isBackground(OpenTurn turn) {
        for (Place place : turn.where()) {
            if (place.isForeground() && place.bit != 0) {
                return false;
            }
        }
        if (turn.families() == 0) {
            return true;
        }
        for (Job job : ledger.waiting) {
            if (job.places == 1 || (job.isJoint() && (job.families & turn.families()) != 0)) {
                return false;
            }
        }
        for (OpenTurn other : ledger.open) {
            if (other.where().size() > 1 && (other.families() & turn.families()) != 0) {
                return false;
            }
        }
        return turn.where().size() == 1 && ledger.members.stream().noneMatch(m -> m.place.bit == 1 && m.isBusy());
    }

    // --- G5 ---------------------------------------------------------------------------------------------------------

    private void checkPatience(OpenTurn turn) {
        int crowd = -1;
        for (Job job : ledger.waiting) {
            if (job.isJoint() || !isReady(job)) {
                job.age = 0;
                job.crowd = 0;
                job.passedOver = 0;
                continue;
            }
            crowd = crowd < 0 ? crowd() : crowd;
            Place place = job.groups.get(0).place;
            if (turn.where().contains(place)) {
                job.age = 0;
                job.passedOver++;
            } else {
                job.age++;
                job.crowd = Math.max(job.crowd, crowd);
            }
            check(job, turn, place);
        }
    }

    private void check(Job job, OpenTurn turn, Place place) {
        ledger.coverage.most("most turns of others before a ready task", job.age);
        ledger.coverage.most("most turns of its group before a ready task", job.passedOver);
        if (job.age > K * job.crowd + LAG) {
            ledger.broken("G5: " + job + " was ready for " + job.age + " turns of others, with at most " + job.crowd
                    + " groups; now " + turn + " starts");
        }
        long actors = ledger.members.stream().filter(m -> m.place == place).count();
        if (job.passedOver > (CATEGORY_EVERY + CATEGORIES) * (actors + 1)) {
            ledger.broken("G5: " + job + " was passed over by " + job.passedOver + " turns of its group; now " + turn
                    + " starts");
        }
    }

    /** How many may be ready at most. */
    private int crowd() {
        long places = 0;
        int loose = 0;
        for (Job job : ledger.waiting) {
            places |= job.places;
        }
        for (Member member : ledger.members) {
            if (member.isBusy()) {
                places |= member.place.bit;
                loose += member.inAgenda && member.place.bit == 0 ? 1 : 0;
            }
        }
        return Long.bitCount(places) + loose;
    }

    // --- What is ready ----------------------------------------------------------------------------------------------

    /** Whether it is beyond doubt that the task may start now. */
    private boolean isReady(Job job) {
        if (job.kind != Job.Kind.TASK
                || job.category == TaskCategory.IDLE_CALLBACK
                || (job.related & ledger.openPlaces) != 0
                || job.isInDoubt()
                || job.isSuspended()) {
            return false;
        }
        for (Job other : ledger.waiting) {
            if (other != job && (other.related & job.places) != 0) {
                boolean wider = (other.places & ~job.reach) != 0;
                boolean older = other.category == job.category && (other.number < job.number || other.kind.isTimed());
                if (wider || older) {
                    return false;
                }
            }
        }
        for (Member member : ledger.members) {
            boolean wider = (member.place.bit & ~job.reach) != 0;
            if (wider && (member.place.related & job.places) != 0 && member.isBusy()) {
                return false;
            }
        }
        return true;
    }
}
