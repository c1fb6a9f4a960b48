package dev.peili.examples.browser;

import dev.peili.actors.TaskCategory;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The events of one thread from which its tasks are made; anything else is dropped as it comes. */
final class ThreadEvents {
    /** The first is today's name; the others are those of older versions of Chrome. */
    private static final Set<String> TASK =
            Set.of("RunTask", "ThreadControllerImpl::RunTask", "TaskQueueManager::ProcessTaskFromWorkQueue");

    /** An outer event before those inside it; a task before what starts with it, however long rounding made that. */
    private static final Comparator<TraceEvent> OUTER_FIRST = Comparator.comparingLong(TraceEvent::start)
            .thenComparing(event -> !isTask(event))
            .thenComparing(Comparator.comparingLong(TraceEvent::duration).reversed());

    private final List<TraceEvent> whole = new ArrayList<>();
    private final List<TraceEvent> halves = new ArrayList<>();

    void add(TraceEvent event) {
        if (event.isBegin() || event.isEnd()) {
            halves.add(event);
        } else if (event.isWhole() && matters(event)) {
            whole.add(event);
        }
    }

    private static boolean isTask(TraceEvent event) {
        return TASK.contains(event.name());
    }

    private static boolean matters(TraceEvent event) {
        return isTask(event)
                || event.frame().isPresent()
                || ChildCategory.of(event).isPresent();
    }

    /** The outermost tasks, with the trace's own times. */
    List<RecordedTask> tasks(FrameTree frames) {
        List<TraceEvent> events = new ArrayList<>(whole);
        fold().stream().filter(ThreadEvents::matters).forEach(events::add);
        events.sort(OUTER_FIRST);

        List<RecordedTask> tasks = new ArrayList<>();
        for (int i = 0; i < events.size(); ) {
            TraceEvent task = events.get(i++);
            if (isTask(task)) {
                int begin = i;
                while (i < events.size() && events.get(i).start() < task.end()) {
                    i++;
                }
                tasks.add(task(task, events.subList(begin, i), frames));
            }
        }
        return tasks;
    }

    /** Makes intervals of pairs; what has no partner was cut off by the start or the end of the recording. */
    private List<TraceEvent> fold() {
        List<TraceEvent> folded = new ArrayList<>();
        Deque<TraceEvent> open = new ArrayDeque<>();
        halves.sort(Comparator.comparingLong(TraceEvent::start));
        for (TraceEvent half : halves) {
            if (half.isBegin()) {
                open.push(half);
            } else {
                innermost(open, half.name()).ifPresent(begin -> folded.add(begin.until(half)));
            }
        }
        return folded;
    }

    /** Takes the event that an end belongs to; an end need not repeat the name. */
    private static Optional<TraceEvent> innermost(Deque<TraceEvent> open, String name) {
        for (Iterator<TraceEvent> it = open.iterator(); it.hasNext(); ) {
            TraceEvent begin = it.next();
            if (name.isEmpty() || name.equals(begin.name())) {
                it.remove();
                return Optional.of(begin);
            }
        }
        return Optional.empty();
    }

    private static RecordedTask task(TraceEvent task, List<TraceEvent> children, FrameTree frames) {
        Optional<TraceEvent> kind = longestCategorised(children);
        Optional<TraceEvent> framed = kind.filter(child -> child.frame().isPresent())
                .or(() -> children.stream()
                        .filter(child -> child.frame().isPresent())
                        .findFirst());
        Optional<String> frame = framed.flatMap(TraceEvent::frame);
        return new RecordedTask(
                task.start(),
                task.duration(),
                task.cpu(),
                kind.orElse(task).name(),
                kind.flatMap(ChildCategory::of).orElse(TaskCategory.OTHER),
                frame.flatMap(frames::tabOf)
                        .or(() -> frames.tabOfProcess(task.thread().process())),
                framed.flatMap(child -> child.frame().flatMap(id -> frames.urlAt(id, child.start()))));
    }

    /** Of several that took equally long, the first. */
    private static Optional<TraceEvent> longestCategorised(List<TraceEvent> children) {
        return children.stream()
                .filter(child -> ChildCategory.of(child).isPresent())
                .reduce((a, b) -> b.duration() > a.duration() ? b : a);
    }
}
