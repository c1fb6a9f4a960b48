package dev.peili.examples.desk;

import dev.peili.examples.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** What is printed. */
final class Report {
    private Report() {}

    static List<String> introduction() {
        return List.of(
                "A trading desk publishes a bid, an ask, the last price and the volume in each of",
                format(
                        "its turns, as fast as it can. %d viewers mirror the four values and render a line",
                        Session.VIEWERS),
                "when they have changed. All have groups of their own, so their turns run in",
                format(
                        "parallel. viewer-%d is slow: each line is %d ms of work.",
                        Session.VIEWERS, Session.EFFORT.toMillis()),
                "");
    }

    static List<String> viewers(Outcome mirrors) {
        List<String> lines = new ArrayList<>();
        lines.add(format("%-8s %s", "halfway", Quote.headings()));
        lines.addAll(rendered(mirrors, Lines::halfway));
        lines.add(format("%-8s %s", "the end", Quote.headings()));
        lines.addAll(rendered(mirrors, Lines::last));
        lines.add("");
        Table table = new Table(List.of("", "rendered", "skipped", "mixed"));
        for (Lines viewer : mirrors.viewers()) {
            table.row(List.of(
                    viewer.viewer(), count(viewer.rendered()), count(skipped(mirrors, viewer)), count(viewer.mixed())));
        }
        lines.addAll(table.lines());
        lines.add("");
        lines.add("rendered  lines, the one before the first turn included");
        lines.add("skipped   turns of the desk that it never saw, because there was a later one");
        lines.add("mixed     lines with values of more than one turn of the desk");
        lines.add("");
        return lines;
    }

    private static List<String> rendered(Outcome mirrors, Function<Lines, Quote> shown) {
        return mirrors.viewers().stream()
                .map(viewer ->
                        format("%-8s %s", viewer.viewer(), shown.apply(viewer).line()))
                .toList();
    }

    /** The first line is of no turn. */
    static long skipped(Outcome outcome, Lines viewer) {
        return outcome.turns() + 1 - viewer.rendered();
    }

    static List<String> comparison(Outcome mirrors, Outcome messages) {
        Table table = new Table(List.of("", "turns", "a second", "waiting", "heap MB"));
        row(table, "mirrors", mirrors);
        row(table, "a message for each turn", messages);
        List<String> lines = new ArrayList<>(table.lines());
        lines.add("");
        lines.addAll(List.of(
                "waiting  the most messages that the slow viewer had not rendered; with mirrors",
                "         these are the one that it renders and one that is underway",
                "heap MB  how much more is in use at the last turn than before the first, after a",
                "         garbage collection each time"));
        return lines;
    }

    private static void row(Table table, String way, Outcome outcome) {
        table.row(List.of(
                way,
                count(outcome.turns()),
                count(Math.round(outcome.turnsPerSecond())),
                count(outcome.mostWaiting()),
                format("%+.1f", Math.round(outcome.heapGrowth() / 1e5) / 10.0)));
    }

    private static String count(long count) {
        return format("%,d", count);
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
