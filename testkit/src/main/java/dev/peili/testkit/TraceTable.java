package dev.peili.testkit;

import dev.peili.testkit.internal.Times;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Steps as a table, of those columns in which there is anything; in 80 characters where the names allow. */
final class TraceTable {
    private static final int MOST = 22;

    /** A column; what is too long for it loses its beginning, because names differ at their ends. */
    private record Column(String title, boolean right, Function<TraceStep, String> cell) {
        boolean isUseful(List<TraceStep> steps) {
            return steps.stream().map(cell).anyMatch(text -> !text.isEmpty());
        }

        int width(List<TraceStep> steps) {
            int longest =
                    steps.stream().map(cell).mapToInt(String::length).max().orElse(0);
            return Math.min(MOST, Math.max(title.length(), longest));
        }

        String pad(String text, int width) {
            String shown = text.length() > width ? "…" + text.substring(text.length() - width + 1) : text;
            String space = " ".repeat(width - shown.length());
            return right ? space + shown : shown + space;
        }
    }

    private static final List<Column> COLUMNS = List.of(
            new Column("step", true, step -> String.valueOf(step.number())),
            new Column("time", true, step -> Times.text(step.time())),
            new Column("group", false, TraceStep::group),
            new Column("actor", false, TraceStep::actor),
            new Column("from", false, TraceStep::from));

    private TraceTable() {}

    /** @param all how many steps there were, of which these are the last */
    static String of(List<TraceStep> steps, long all) {
        if (steps.isEmpty()) {
            return "There were no steps.";
        }
        List<Column> columns =
                COLUMNS.stream().filter(column -> column.isUseful(steps)).toList();
        List<String> lines = new ArrayList<>();
        lines.add(
                steps.size() == all ? "All " + all + " steps:" : "The last " + steps.size() + " of " + all + " steps:");
        lines.add(line(columns, steps, Column::title, "what"));
        for (TraceStep step : steps) {
            lines.add(
                    line(columns, steps, column -> column.cell().apply(step), "> ".repeat(step.depth()) + step.what()));
        }
        return String.join("\n", lines);
    }

    private static String line(
            List<Column> columns, List<TraceStep> steps, Function<Column, String> cell, String last) {
        StringBuilder line = new StringBuilder("  ");
        for (Column column : columns) {
            line.append(column.pad(cell.apply(column), column.width(steps))).append("  ");
        }
        return line.append(last).toString();
    }
}
