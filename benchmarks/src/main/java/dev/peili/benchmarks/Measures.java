package dev.peili.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** All measures. */
final class Measures {
    /** The table. */
    static final List<Measure> TABLE = join(
            Dispatches.measures(),
            Messages.measures(),
            Foreground.measures(),
            Browser.measures(),
            Switches.measures(),
            Shares.measures(),
            Costs.measures(),
            Mirrors.measures(),
            Replicated.measures(),
            Channels.measures(),
            Schedules.measures());

    /** Only by name. */
    static final List<Measure> MORE =
            join(Dispatches.more(), Messages.more(), Costs.more(), Mirrors.more(), Channels.more(), Schedules.more());

    private Measures() {}

    @SafeVarargs
    private static List<Measure> join(List<Measure>... lists) {
        List<Measure> all = new ArrayList<>();
        for (List<Measure> list : lists) {
            all.addAll(list);
        }
        return List.copyOf(all);
    }

    static Stream<Measure> all() {
        return Stream.concat(TABLE.stream(), MORE.stream());
    }

    static List<String> names(List<Measure> measures) {
        return measures.stream()
                .flatMap(measure -> measure.rows().stream())
                .map(Row::name)
                .toList();
    }

    /**
     * The measure that has this row.
     *
     * @throws IllegalArgumentException if there is none
     */
    static Measure of(String row) {
        return all().filter(measure ->
                        measure.rows().stream().anyMatch(its -> its.name().equals(row)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no measure " + row));
    }
}
