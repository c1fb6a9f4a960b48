package dev.peili.actors;

import java.time.Duration;
import java.util.Map;

/**
 * What an operator sees of one group at one moment; see {@link Groups#snapshot()}. The figures of one group fit together,
 * those of different groups may be some microseconds apart.
 *
 * @param group the group
 * @param foreground whether its turns go before those of the background: one of its tabs is visible, or it is in the way of
 *     something that is urgent
 * @param suspended whether it, or its TabGroup, is suspended or waits for a restart
 * @param categories what there is to say of each category, but for those that were never used
 */
public record GroupSnapshot(
        SchedulerGroup group, boolean foreground, boolean suspended, Map<TaskCategory, OfCategory> categories) {
    /** Copies the map. */
    public GroupSnapshot {
        categories = Map.copyOf(categories);
    }

    /** What there is to say of this category, if it is only that nothing ever was in it. */
    public OfCategory category(TaskCategory category) {
        return categories.getOrDefault(category, OfCategory.UNUSED);
    }

    /**
     * One category of a group.
     *
     * @param queued tasks, and actors with messages, that wait
     * @param running whether a turn of this category is open and not paused
     * @param paused whether a turn of this category is paused at a checkpoint
     * @param cpuTime for how long its turns have had a thread. Turns shorter than {@code peili.dispatcher.tick} are
     *     measured by sampling, which comes out even over many of them
     * @param failures tasks that threw, and actors spawned by the group itself that ended with a failure
     * @param rejections tasks that were rejected, because the group was closed or the lane was full
     */
    public record OfCategory(
            int queued, boolean running, boolean paused, Duration cpuTime, long failures, long rejections) {
        static final OfCategory UNUSED = new OfCategory(0, false, false, Duration.ZERO, 0, 0);
    }
}
