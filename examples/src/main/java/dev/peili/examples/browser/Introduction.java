package dev.peili.examples.browser;

import dev.peili.examples.Screen;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Says what is about to be played. */
final class Introduction {
    private static final String ROW = "%-26s %6s %9s %9s %8s %8s %8s";

    private Introduction() {}

    static List<String> lines(Load load, Work work) {
        List<String> lines = new ArrayList<>();
        lines.add(format(ROW, "recording", "tasks", "TabGroups", "DocGroups", "busy ms", "CPU ms", "of ms"));
        for (Script script : load.scripts()) {
            Recording recording = script.recording();
            lines.add(format(
                    ROW,
                    Screen.end(recording.name(), 26),
                    recording.tasks().size(),
                    script.tabGroups(),
                    script.docGroups(),
                    Math.round(recording.busyMicros() / 1e3),
                    Math.round(recording.cpuMicros() / 1e3),
                    Math.round(recording.spanMicros() / 1e3)));
        }
        int planned = ForegroundTab.plan(load.scripts().get(0), load.length()).size();
        lines.add("");
        lines.add(format(
                "foreground  the first, in 1 tab for %.1f s: %d tasks at their recorded times",
                load.length().toMillis() / 1e3, planned));
        lines.add(format(
                "background  %d tab%s; at recorded speed busy on %.1f processors, there %s %d;",
                load.backgroundTabs(),
                load.backgroundTabs() == 1 ? "" : "s",
                load.backgroundProcessors(),
                Systems.processors() == 1 ? "is" : "are",
                Systems.processors()));
        lines.add(format(
                "            each keeps %d tasks queued, in recorded order, over and over", BackgroundTab.QUEUED));
        lines.add(format(
                "work        a task's CPU time; 1 us of it is %.0f iterations, which take a",
                work.iterationsPerMicro()));
        lines.add(format(
                "            processor here %.1f us at its best, so that it can keep up with the", Work.SUSTAINED));
        lines.add(format("            recording when it is slower; a checkpoint every %d us", Work.CHECKPOINT_MICROS));
        lines.add("on Pekko    an actor for each group; a tab and its documents are not kept apart");
        lines.add("");
        return lines;
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values).stripTrailing();
    }
}
