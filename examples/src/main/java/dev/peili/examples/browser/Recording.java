package dev.peili.examples.browser;

import dev.peili.actors.TaskCategory;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The tasks of one recorded browser session.
 *
 * @param name the file that it was read from, as given
 * @param tasks every task in the order of their starts; those of different processes may overlap
 */
public record Recording(String name, List<RecordedTask> tasks) {
    public Recording {
        tasks = List.copyOf(tasks);
    }

    /** The sum of all durations, in microseconds. */
    public long busyMicros() {
        return tasks.stream().mapToLong(RecordedTask::durationMicros).sum();
    }

    /** How much processor time all tasks took, in microseconds. */
    public long cpuMicros() {
        return tasks.stream().mapToLong(RecordedTask::cpuMicros).sum();
    }

    /** From the start of the first task to the end of the last to end, in microseconds. */
    public long spanMicros() {
        return tasks.stream().mapToLong(RecordedTask::endMicros).max().orElse(0);
    }

    /** The ids of the tabs that have tasks. */
    public Set<String> tabs() {
        return tasks.stream().map(RecordedTask::tab).flatMap(Optional::stream).collect(Collectors.toUnmodifiableSet());
    }

    /** How many tasks each category has that has any. */
    public Map<TaskCategory, Long> countsByCategory() {
        return tasks.stream()
                .collect(Collectors.groupingBy(
                        RecordedTask::category, () -> new EnumMap<>(TaskCategory.class), Collectors.counting()));
    }
}
