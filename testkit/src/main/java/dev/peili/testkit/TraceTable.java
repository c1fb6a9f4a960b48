package dev.peili.testkit;

import dev.peili.testkit.internal.Times;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Steps as a table, of those columns in which there is anything; in 80 characters where the names allow. */
final class TraceTable {
    private static final int MOST = 22;

    private record Column(String title, boolean right, Function<TraceStep, String> cell) {}

    /** A column of one table; what is too long for it loses its beginning, because names differ at their ends. */
    private record Sized(Column column, int width) {
        static Sized of(Column column, List<TraceStep> steps) {
            int longest = steps.stream()
                    .map(column.cell())
                    .mapToInt(String::length)
                    .max()
                    .orElse(0);
            return new Sized(
                    column,
                    longest == 0 ? 0 : Math.min(MOST, Math.max(column.title().length(), longest)));
        }

        String title() {
            return pad(column.title());
        }

        String cell(TraceStep step) {
            return pad(column.cell().apply(step));
        }

        private String pad(String text) {
            String shown = text.length() > width ? "…" + text.substring(text.length() - width + 1) : text;
            String space = " ".repeat(width - shown.length());
            return column.right() ? space + shown : shown + space;
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
        List<Sized> columns = COLUMNS.stream()
                .map(column -> Sized.of(column, steps))
                .filter(column -> column.width() > 0)
                .toList();
        List<String> lines = new ArrayList<>();
        lines.add(
                steps.size() == all ? "All " + all + " steps:" : "The last " + steps.size() + " of " + all + " steps:");
        lines.add(line(columns, Sized::title, "what"));
        for (TraceStep step : steps) {
            lines.add(line(columns, column -> column.cell(step), "> ".repeat(step.depth()) + step.what()));
        }
        return String.join("\n", lines);
    }

    private static String line(List<Sized> columns, Function<Sized, String> cell, String last) {
        StringBuilder line = new StringBuilder("  ");
        for (Sized column : columns) {
            line.append(cell.apply(column)).append("  ");
        }
        return line.append(last).toString();
    }
}
