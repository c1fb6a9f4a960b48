package dev.peili.examples;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Text in columns, each as wide as it has to be: the first to the left, all others to the right. */
public final class Table {
    private final List<List<String>> rows = new ArrayList<>();

    /** @param headings one for each column */
    public Table(List<String> headings) {
        rows.add(headings);
    }

    /** Adds a row, with a cell for each column. */
    public void row(List<String> cells) {
        rows.add(cells);
    }

    /** All rows, the headings first. */
    public List<String> lines() {
        int[] widths = IntStream.range(0, rows.get(0).size())
                .map(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder(row.get(0));
        line.append(" ".repeat(widths[0] - line.length()));
        for (int column = 1; column < widths.length; column++) {
            String cell = row.get(column);
            line.append(" ".repeat(1 + widths[column] - cell.length())).append(cell);
        }
        return line.toString();
    }

    /** At most five characters. */
    public static String count(long count) {
        if (count < 100_000) {
            return Long.toString(count);
        }
        return count < 10_000_000 ? count / 1_000 + "k" : count / 1_000_000 + "M";
    }

    /** At most five characters. */
    public static String number(double number) {
        if (number >= 99_999.5) {
            return Math.round(number / 1_000) + "k";
        }
        int digits = number < 9.995 ? 2 : number < 99.95 ? 1 : 0;
        return String.format(Locale.ROOT, "%." + digits + "f", number);
    }
}
