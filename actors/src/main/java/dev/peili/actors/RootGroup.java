package dev.peili.actors;

/**
 * The group for work that could touch anything: a turn of it excludes every other turn of every group, and its tasks are a
 * barrier in their category for everybody. Keep them rare. It is always in the foreground. In Gecko this is an unlabeled
 * runnable.
 */
public final class RootGroup extends SchedulerGroup {
    RootGroup(GroupCore core) {
        super(core);
    }

    @Override
    public String name() {
        return "root";
    }

    @Override
    public boolean isRelatedTo(SchedulerGroup other) {
        return true;
    }

    @Override
    boolean isWithin(SchedulerGroup other) {
        return other == this;
    }

    /** @throws UnsupportedOperationException always: with it, everything would stand still */
    @Override
    public void suspend() {
        throw new UnsupportedOperationException("the root group cannot be suspended");
    }

    /** @throws UnsupportedOperationException if the strategy might stop or suspend this group */
    @Override
    public void superviseTasks(TaskSupervision strategy) {
        if (!isPossible(strategy)) {
            throw new UnsupportedOperationException(
                    "the root group can only resume, or restart at once and for ever: " + strategy);
        }
        super.superviseTasks(strategy);
    }

    static boolean isPossible(TaskSupervision strategy) {
        return strategy instanceof TaskSupervision.Resume
                || (strategy instanceof TaskSupervision.Restart restart
                        && restart.maxBackoff().isZero()
                        && restart.maxRestarts() < 0);
    }
}
