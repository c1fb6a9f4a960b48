package dev.peili.actors;

import dev.peili.actors.internal.agenda.Glimpse;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** Makes what an operator sees. */
final class Snapshots {
    private Snapshots() {}

    static GroupSnapshot of(SchedulerGroup group, Glimpse seen, GroupTasks tasks) {
        Map<TaskCategory, GroupSnapshot.OfCategory> categories = new EnumMap<>(TaskCategory.class);
        for (TaskCategory category : TaskCategory.values()) {
            int lane = category.lane();
            boolean open = seen.openLane() == lane;
            GroupSnapshot.OfCategory of = new GroupSnapshot.OfCategory(
                    seen.queued()[lane],
                    open && !seen.paused(),
                    open && seen.paused(),
                    Duration.ofNanos(seen.nanos()[lane]),
                    tasks.books().failures(category),
                    tasks.books().rejections(category));
            if (!of.equals(GroupSnapshot.OfCategory.UNUSED)) {
                categories.put(category, of);
            }
        }
        return new GroupSnapshot(group, seen.urgent(), seen.suspended(), categories);
    }
}
