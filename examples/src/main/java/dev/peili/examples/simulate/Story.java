package dev.peili.examples.simulate;

import dev.peili.testkit.ScheduleFailedError;
import dev.peili.testkit.SearchResult;
import dev.peili.testkit.TraceStep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** What is printed, in the order of the searches, for somebody who has never seen one. */
final class Story {
    /** The rates of fewer schedules are those of a JVM that has just been started. */
    private static final int ENOUGH_FOR_RATES = 1_000;

    private static final String ROW = "%6s  %-9s  %-9s  %-15s  %s";

    private Story() {}

    static List<String> introduction() {
        return List.of(
                "A feed gives a cache one price after the other. Meanwhile a dashboard is opened:",
                "it asks the cache for the present price, and subscribes to those that follow.",
                "",
                "    cache.tell(new Cache.Get(share, self));",
                "    cache.tell(new Cache.Subscribe(share, self));",
                "",
                "When nothing is left to do, it has to show the last price. It does if everybody",
                "gets the messages in the order of sending. But Pekko promises only the order of",
                "those from one sender: is there another one, in which it shows an old price?",
                "");
    }

    static String step(int schedules, long seed) {
        return "searching " + count(schedules, "schedule") + ", from seed " + seed + " on";
    }

    static List<String> noRace() {
        return List.of("No, not in these schedules.", "");
    }

    static List<String> race(ScheduleFailedError race, SearchResult search) {
        List<String> lines = new ArrayList<>();
        lines.add(format("Yes, in schedule %,d, after %s:", search.schedules(), seconds(search.time())));
        lines.add(Objects.requireNonNull(race.getCause()).getMessage() + ".");
        lines.add("");
        lines.add(format(ROW, "step", "actor", "from", "what", ""));
        List<TraceStep> steps = race.lastSteps();
        for (int i = 0; i < steps.size(); i++) {
            TraceStep step = steps.get(i);
            lines.add(format(ROW, step.number(), step.actor(), step.from(), step.what(), remark(steps, i)));
        }
        lines.add("");
        lines.add(format(
                "seed %d, %d steps, trace %s",
                race.seed(), race.steps(), HexFormat.of().toHexDigits(race.traceHash())));
        lines.add("");
        return lines;
    }

    /** In each schedule that fails the last price comes between the two messages of the dashboard, or it would be shown. */
    private static String remark(List<TraceStep> steps, int index) {
        TraceStep step = steps.get(index);
        return switch (step.what()) {
            case "Cache.Get" -> "answers with the present price";
            case "Cache.Put" -> isLast(steps, index) ? "the last price: nobody is told" : "";
            case "Cache.Subscribe" -> "too late: no other price follows";
            case "Price" -> "shows it";
            case "(start)" -> step.actor().equals("dashboard") ? "sends Get and Subscribe" : "";
            default -> "";
        };
    }

    private static boolean isLast(List<TraceStep> steps, int index) {
        String what = steps.get(index).what();
        return steps.stream().skip(index + 1).noneMatch(step -> step.what().equals(what));
    }

    static List<String> remedy() {
        return List.of(
                "Without the mistake it is one message, which the cache answers with the present",
                "price, and then with each that follows:",
                "",
                "    cache.tell(new Cache.Follow(share, self));",
                "");
    }

    static List<String> following(Findings findings) {
        SearchResult search = findings.following();
        List<String> lines = new ArrayList<>();
        lines.add(format(
                "%s, %s, in %s.",
                count(search.schedules(), "schedule"),
                count(findings.fixedFailures(), "failure"),
                seconds(search.time())));
        if (search.schedules() >= ENOUGH_FOR_RATES) {
            lines.add(format(
                    "That is %,d schedules a second, and %,d messages.",
                    Math.round(findings.schedulesPerSecond()), Math.round(findings.messagesPerSecond())));
        }
        return lines;
    }

    static List<String> again(long seed) {
        return List.of("", "The schedule that fails, and no other: simulate --seed " + seed + " --schedules 1");
    }

    static String count(long count, String what) {
        return format("%,d %s%s", count, what, count == 1 ? "" : "s");
    }

    private static String seconds(Duration time) {
        return format("%.1f s", time.toMillis() / 1e3);
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values).stripTrailing();
    }
}
