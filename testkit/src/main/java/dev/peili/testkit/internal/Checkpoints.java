package dev.peili.testkit.internal;

import dev.peili.actors.internal.agenda.Work;
import dev.peili.actors.internal.dispatch.ThreadState;
import dev.peili.testkit.EndlessError;
import java.util.function.BooleanSupplier;

/** What happens where a turn lets others run: steps on top of it, as if they ran on other threads. */
final class Checkpoints {
    private static final int DEEPEST = 16;
    /** After so many at which nothing could run, time passes. */
    private static final int PATIENCE = 1_000;
    /** So many count as one step towards the end of a schedule that does not end by itself. */
    private static final int PER_STEP = 100;

    private final Steps steps;
    private final Decisions decisions;
    private final Timers timers;
    private final long maxSteps;
    private final BooleanSupplier couldStep;
    private final BooleanSupplier step;
    private long count;
    private int inVain;

    /**
     * @param couldStep whether there is anything that looks as if it could run
     * @param step runs a step; false if nothing could run after all
     */
    Checkpoints(
            Steps steps,
            Decisions decisions,
            Timers timers,
            long maxSteps,
            BooleanSupplier couldStep,
            BooleanSupplier step) {
        this.steps = steps;
        this.decisions = decisions;
        this.timers = timers;
        this.maxSteps = maxSteps;
        this.couldStep = couldStep;
        this.step = step;
    }

    void reset() {
        count = 0;
        inVain = 0;
    }

    /** The running turn has come to one. */
    void checkpoint() {
        Work work = steps.work();
        if (steps.depth() == 0 || steps.depth() > DEEPEST || (work != null && !work.pausable())) {
            return;
        }
        count++;
        if (count / PER_STEP + steps.count() > maxSteps) {
            EndlessError endless = new EndlessError(steps.count(), "at the end of a turn that calls checkpoints,");
            steps.fail(endless);
            throw endless;
        }
        if (couldStep.getAsBoolean() || timeHasCome()) {
            letOthersRun();
        }
    }

    /** Where a turn does nothing but call checkpoints, it may wait for a timer: time has to pass, though it does not end. */
    private boolean timeHasCome() {
        inVain++;
        if (inVain < PATIENCE) {
            return false;
        }
        inVain = 0;
        return timers.passToNext(Long.MAX_VALUE);
    }

    private void letOthersRun() {
        inVain = 0;
        ThreadState state = null;
        while (couldStep.getAsBoolean() && decisions.switchNow()) {
            state = state == null ? ThreadState.save() : state;
            if (!step.getAsBoolean()) {
                break;
            }
        }
        if (state != null) {
            state.restore();
        }
    }

    /** Whether the running turn should go to one. */
    boolean shouldYield() {
        return steps.depth() > 0 && couldStep.getAsBoolean() && decisions.yieldNow();
    }
}
