package dev.peili.examples.browser;

import dev.peili.examples.browser.TraceEvent.FrameReport;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The frames of a trace: their parents, their documents' URLs over time, and the processes they lived in. */
final class FrameTree {
    private final Map<String, Frame> frames = new HashMap<>();
    private final Map<Long, Set<String>> framesOfProcess = new HashMap<>();

    private static final class Frame {
        private final TreeMap<Long, String> urls = new TreeMap<>();
        private Optional<String> parent = Optional.empty();
    }

    /** Takes note of what was told about a frame at a time; reports may come in any order. */
    void report(FrameReport report, long time) {
        Frame frame = frames.computeIfAbsent(report.frame(), id -> new Frame());
        report.url().ifPresent(url -> frame.urls.put(time, url));
        // A frame keeps its parent for life, but not every report names it.
        frame.parent = report.parent().or(() -> frame.parent);
        report.process()
                .ifPresent(process -> framesOfProcess
                        .computeIfAbsent(process, id -> new HashSet<>())
                        .add(report.frame()));
    }

    /** The URL of a frame's document at a time; before the first one known, that one. */
    Optional<String> urlAt(String frame, long time) {
        return Optional.ofNullable(frames.get(frame))
                .flatMap(known -> Optional.ofNullable(known.urls.floorEntry(time))
                        .or(() -> Optional.ofNullable(known.urls.firstEntry())))
                .map(Map.Entry::getValue);
    }

    /** The root of a frame's chain of parents; empty for a frame that nothing was told about. */
    Optional<String> tabOf(String frame) {
        if (!frames.containsKey(frame)) {
            return Optional.empty();
        }
        Set<String> seen = new HashSet<>(); // a damaged trace may hold a circle
        String root = frame;
        for (Optional<String> up = Optional.of(frame); up.isPresent() && seen.add(up.get()); ) {
            root = up.get();
            up = Optional.ofNullable(frames.get(root)).flatMap(known -> known.parent);
        }
        return Optional.of(root);
    }

    /** The tab whose frames a process ran; empty when it ran none, or those of several tabs. */
    Optional<String> tabOfProcess(long process) {
        Set<String> tabs = new HashSet<>();
        framesOfProcess
                .getOrDefault(process, Set.of())
                .forEach(frame -> tabOf(frame).ifPresent(tabs::add));
        return tabs.size() == 1 ? Optional.of(tabs.iterator().next()) : Optional.empty();
    }
}
