package dev.peili.testkit;

import dev.peili.actors.GroupLocal;
import dev.peili.actors.SchedulerGroup;
import dev.peili.actors.TaskCategory;
import dev.peili.actors.TaskSupervision;
import java.util.EnumMap;
import java.util.Map;

/** What the proof knows of one group. */
final class Dossier {
    final SchedulerGroup group;
    final Place place;
    /** Counts those who touched it; {@link #value} is what it should be. */
    final GroupLocal<int[]> local;

    int value;
    TaskSupervision supervision = TaskSupervision.resume();
    boolean actorsRestart;
    /** What {@link SchedulerGroup#failedTasks()} should count. */
    long failedTasks;

    long failedActors;
    /** Whether its supervision stopped it. */
    boolean stopped;

    /** The bounds that it was given for its lanes; 0 is any number. */
    final Map<TaskCategory, Integer> capacities = new EnumMap<>(TaskCategory.class);
    /** Who sends messages from a task: the tasks of one category are one sender. */
    private final Map<TaskCategory, Object> senders = new EnumMap<>(TaskCategory.class);

    Dossier(SchedulerGroup group, Place place) {
        this.group = group;
        this.place = place;
        this.local = GroupLocal.withInitial(group, () -> new int[1]);
        place.groups.add(this);
    }

    Object sender(TaskCategory category) {
        return senders.computeIfAbsent(category, c -> c + " tasks of " + group);
    }

    @Override
    public String toString() {
        return group.name();
    }
}
