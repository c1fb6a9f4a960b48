package dev.peili.examples.browser;

import dev.peili.examples.browser.TraceEvent.ThreadId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Takes the events of a trace one by one and makes a recording of them.
 *
 * <p>Which threads are main threads, and what a frame's URL is, may be told after the events that depend on it.
 */
final class TraceCollector {
    private final Map<ThreadId, ThreadEvents> threads = new LinkedHashMap<>();
    private final Set<ThreadId> mainThreads = new HashSet<>();
    private final FrameTree frames = new FrameTree();

    void add(TraceEvent event) {
        if (event.phase() == 'M') {
            if (event.name().equals("thread_name")
                    && event.metadata().filter("CrRendererMain"::equals).isPresent()) {
                mainThreads.add(event.thread());
            }
            return;
        }
        event.frames().forEach(report -> frames.report(report, event.start()));
        threads.computeIfAbsent(event.thread(), id -> new ThreadEvents()).add(event);
    }

    /** The recording; it has no tasks when the events hold none of a main thread. */
    Recording recording(String name) {
        List<RecordedTask> tasks = new ArrayList<>();
        threads.forEach((id, events) -> {
            if (mainThreads.contains(id)) {
                tasks.addAll(events.tasks(frames));
            }
        });
        tasks.sort(Comparator.comparingLong(RecordedTask::startMicros));
        long first = tasks.isEmpty() ? 0 : tasks.get(0).startMicros();
        tasks.replaceAll(task -> task.startingAt(task.startMicros() - first));
        return new Recording(name, tasks);
    }
}
