package dev.peili.examples.http;

import dev.peili.examples.Screen;
import dev.peili.examples.Table;
import dev.peili.ipc.DestroyReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What is printed. */
final class Report {
    private static final int LINE = 79;
    /** How long the name of a group may be, so that a row of the table is a line. */
    private static final int NAME = 46;

    private Report() {}

    static List<String> introduction(int processes) {
        return List.of(
                "A parent opens a PBrowser for each tab of a log; the content answers with a new",
                "TabGroup before the first message is there. Each request is a PHttpChannel that",
                "the content makes for the DocGroup of the document that loads it. The parent",
                "sends what the network said, in the order of the log, as fast as it can.",
                processes == 1
                        ? "Both are in this process, and messages are serialized as between two."
                        : "The content is a process of its own.",
                "");
    }

    static List<String> results(Playback playback) {
        Results results = playback.results();
        Script script = results.script();
        Table table = new Table(List.of("group", "channels", "messages", "bytes", "p99 ms"));
        for (int i = 0; i < script.tabs().size(); i++) {
            String tab = script.tabs().get(i);
            row(table, "tab " + (i + 1), results.of(new Target.OfTab(tab)));
            for (Target.OfDocuments documents : results.documentsOf(tab)) {
                row(table, "  " + Screen.end(documents.site().key(), NAME - 2), results.of(documents));
            }
        }
        Optional<Tally> none = results.of(new Target.None());
        if (none.isPresent()) {
            row(table, "no group", none);
        }
        row(table, "all", Optional.of(results.all()));
        List<String> lines = new ArrayList<>();
        lines.add(Screen.end(script.name(), LINE));
        lines.addAll(table.lines());
        lines.add("");
        lines.add(format(
                "%,d messages sent, %,d handled; %,d in a wrong group, %,d out of order",
                playback.sent(),
                results.all().messages(),
                results.all().misrouted(),
                results.all().outOfOrder()));
        lines.add(format(
                "%,d redirect%s besides",
                results.all().redirects(), results.all().redirects() == 1 ? "" : "s"));
        if (playback.refused() > 0) {
            lines.add(format(
                    "%,d time%s the channel was full, and the parent waited until there was room",
                    playback.refused(), playback.refused() == 1 ? "" : "s"));
        }
        lines.add("");
        return lines;
    }

    private static void row(Table table, String name, Optional<Tally> tally) {
        table.row(List.of(
                name,
                Table.count(tally.map(Tally::channels).orElse(0L)),
                Table.count(tally.map(Tally::messages).orElse(0L)),
                Table.count(tally.map(Tally::bytes).orElse(0L)),
                tally.map(some -> Table.number(some.p99Millis())).orElse("-")));
    }

    static List<String> legend() {
        return List.of(
                "tab       its TabGroup, for the document of the tab; below it the DocGroups of",
                "          its sites, for all else",
                "no group  requests of no frame: they inherit the root group of the content",
                "messages  responses, data and ends, without redirects",
                "bytes     as the log says; a message brings at most " + Playback.MOST_BYTES / 1024 + " KiB of them",
                "p99       time from the parent's send to the turn in the content, by the clock",
                "          of this machine");
    }

    static List<String> crash(Crash crash) {
        Table table = new Table(List.of("told", "PContent", "PBrowser", "PHttpChannel", "first s", "last s"));
        for (DestroyReason why : DestroyReason.values()) {
            List<Endings.Ending> told = crash.told(why);
            if (!told.isEmpty()) {
                boolean planned = why == DestroyReason.DELETED;
                table.row(List.of(
                        why.toString(),
                        Table.count(Endings.count(told, Content.PROTOCOL)),
                        Table.count(Endings.count(told, Browser.PROTOCOL)),
                        Table.count(Endings.count(told, HttpChannel.PROTOCOL)),
                        planned ? "-" : Table.number(crash.secondsUntil(told.get(0))),
                        planned ? "-" : Table.number(crash.secondsUntil(told.get(told.size() - 1)))));
            }
        }
        List<String> lines = new ArrayList<>();
        lines.add(Screen.end(crash.script().name(), LINE));
        lines.add(format(
                "killed after %,d of %,d messages; the parent sent %,d more before it knew",
                crash.messages(), Counts.of(crash.script()).messages(), crash.inVain()));
        lines.add("");
        lines.addAll(table.lines());
        lines.add("");
        return lines;
    }

    static List<String> legendOfCrash() {
        return List.of(
                "told         actors of the parent, each once, by the reason that it was given",
                "DELETED      channels that were done before",
                "first, last  time after the kill: the content shows every " + Session.HEARTBEAT.toMillis()
                        + " ms that it is",
                "             there, and the parent takes " + Session.SILENCE.toSeconds() + " s of silence for its end",
                "             (peili.ipc.heartbeat)");
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
