package dev.peili.examples.browser;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A recording with its tasks labelled, as it is played by every tab that shows it.
 *
 * @param recording where it comes from
 * @param labels the different labels of its tasks
 * @param cues its tasks, in the order of their starts
 */
record Script(Recording recording, List<Label> labels, List<Cue> cues) {
    /**
     * One task and where it goes.
     *
     * @param task what was recorded
     * @param label the number of its label in {@link Script#labels}
     */
    record Cue(RecordedTask task, int label) {}

    Script {
        labels = List.copyOf(labels);
        cues = List.copyOf(cues);
    }

    static Script of(Recording recording) {
        Labeller labeller = new Labeller(recording);
        Map<Label, Integer> numbers = new LinkedHashMap<>();
        List<Cue> cues = new ArrayList<>(recording.tasks().size());
        for (RecordedTask task : recording.tasks()) {
            Label label = labeller.labelOf(task);
            numbers.putIfAbsent(label, numbers.size());
            cues.add(new Cue(task, Objects.requireNonNull(numbers.get(label))));
        }
        return new Script(recording, List.copyOf(numbers.keySet()), cues);
    }

    /** How many tabs it opens. Each is opened by nobody, so it is a TabGroup of its own. */
    long tabGroups() {
        return labels.stream().flatMap(Script::tabOf).distinct().count();
    }

    /** How many DocGroups its tabs have. */
    long docGroups() {
        return labels.stream().filter(Label.OfDocuments.class::isInstance).count();
    }

    /** Which part of one processor its CPU time needs to be played at the speed of the recording. */
    double cpuShare() {
        return (double) recording.cpuMicros() / Math.max(1, recording.spanMicros());
    }

    private static Stream<String> tabOf(Label label) {
        if (label instanceof Label.OfDocuments documents) {
            return Stream.of(documents.tab());
        }
        return label instanceof Label.OfTab tab ? Stream.of(tab.tab()) : Stream.empty();
    }
}
