package dev.peili.examples.browser;

import dev.peili.examples.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The table of all runs, and what there is to see in it. */
final class Comparison {
    private Comparison() {}

    static List<String> lines(List<RunResult> results) {
        List<String> lines = new ArrayList<>(table(results).lines());
        lines.add("");
        lines.add("planned to >50  foreground tasks, how many of them ran, and their delay in ms,");
        lines.add("                from the recorded time to the start; what never ran counts with");
        lines.add("                the time it waited");
        lines.add("turns, share    background tasks done meanwhile, and what the tab that got the");
        lines.add("                least of their CPU time has of an equal share");
        lines.add("pauses          of background tasks at a checkpoint, for others to go first");
        List<String> findings = findings(results);
        if (!findings.isEmpty()) {
            lines.add("");
            lines.addAll(findings);
        }
        return lines;
    }

    private static Table table(List<RunResult> results) {
        Table table = new Table(
                List.of("", "planned", "run", "p50", "p99", "max", ">16.7", ">50", "turns", "share", "pauses"));
        for (RunResult result : results) {
            RunResult.Foreground foreground = result.foreground();
            RunResult.Background background = result.background();
            boolean alone = !result.dispatcher().hasBackground();
            table.row(List.of(
                    result.dispatcher().toString(),
                    Table.count(foreground.planned()),
                    Table.count(foreground.run()),
                    Table.number(foreground.delayMillis().p50()),
                    Table.number(foreground.delayMillis().p99()),
                    Table.number(foreground.delayMillis().max()),
                    Table.count(foreground.over16_7()),
                    Table.count(foreground.over50()),
                    alone ? "-" : Table.count(background.turns()),
                    share(background),
                    Table.count(result.pauses())));
        }
        return table;
    }

    private static List<String> findings(List<RunResult> results) {
        Optional<RunResult> peili = find(results, Contender.PEILI);
        Optional<RunResult> alone = find(results, Contender.PEILI_ALONE);
        Optional<RunResult> bulkhead = find(results, Contender.PEKKO_BULKHEAD);
        if (peili.isEmpty() || alone.isEmpty() || bulkhead.isEmpty()) {
            return List.of();
        }
        return List.of(
                "Foreground p99: %s ms on Peili, %s ms there without a background,"
                        .formatted(p99(peili.get()), p99(alone.get())),
                "%s ms on a dispatcher of its own (pekko-bulkhead).".formatted(p99(bulkhead.get())),
                String.format(
                        Locale.ROOT,
                        "Background turns on Peili: %.2f times those on pekko-bulkhead.",
                        (double) peili.get().background().turns()
                                / Math.max(1, bulkhead.get().background().turns())));
    }

    private static Optional<RunResult> find(List<RunResult> results, Contender contender) {
        return results.stream()
                .filter(result -> result.dispatcher() == contender)
                .findFirst();
    }

    private static String p99(RunResult result) {
        return Table.number(result.foreground().delayMillis().p99());
    }

    private static String share(RunResult.Background background) {
        return background.slowestGroupShare().isPresent()
                ? String.format(
                        Locale.ROOT, "%.2f", background.slowestGroupShare().getAsDouble())
                : "-";
    }
}
