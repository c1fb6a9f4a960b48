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
    public boolean isRelatedTo(SchedulerGroup other) {
        return true;
    }
}
