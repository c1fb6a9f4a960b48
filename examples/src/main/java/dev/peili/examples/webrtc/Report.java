package dev.peili.examples.webrtc;

import dev.peili.examples.Table;
import java.util.ArrayList;
import java.util.List;

/** What is printed, for somebody who has not heard of the race. */
final class Report {
    private Report() {}

    static List<String> introduction() {
        return List.of(
                "A transceiver owns the state of a call: mid, direction, sync group, codecs. An",
                "audio conduit in another tab mirrors it. In each round a script begins a call",
                "with a new conduit, and without waiting for it negotiates again and has a DTMF",
                "tone sent. The conduit has to see the state that the tone was sent with.",
                "",
                "mirror-initialized     The owner tells the conduit to set itself up, the mirrors",
                "                       ask to be connected, and the owner answers with values.",
                "                       What it sends before it has read that gets there first:",
                "                       a race, Mozilla bug 1837570.",
                "canonical-initialized  The owner connects the mirrors, in one message that has",
                "                       the values. Nothing that it sends later can overtake it.",
                "");
    }

    static List<String> results(Tallies tallies) {
        Table table = new Table(List.of("", "races", "per mirror", "per conduit", "p50", "p99", "sent", "conflated"));
        for (Mode mode : Mode.values()) {
            Tally tally = tallies.of(mode);
            table.row(List.of(
                    mode.toString(),
                    Table.count(tally.races()),
                    Table.number(tally.messagesPerConnect()),
                    Table.number(tally.messagesPerConduit()),
                    Table.number(tally.connectMicros(50)),
                    Table.number(tally.connectMicros(99)),
                    Table.count(tally.updatesSent()),
                    Table.count(tally.updatesConflated())));
        }
        List<String> lines = new ArrayList<>(table.lines());
        lines.addAll(List.of(
                "",
                "races            rounds in which the conduit saw older state than it had to",
                "per mirror       messages until a mirror is readable: \"set up\", its request, and",
                "                 what brings the value; one for several counts for each",
                "per conduit      the same until all its four mirrors are; each counts once",
                "p50, p99         time of that in us, from the begin of the owner's turn",
                "sent, conflated  updates, and those that became part of one underway"));
        if (tallies.mirrorInitialized().races() == 0) {
            lines.add("");
            lines.add("No race was seen this time, which proves nothing; more rounds may show one.");
        }
        return lines;
    }
}
