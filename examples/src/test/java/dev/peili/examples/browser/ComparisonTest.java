package dev.peili.examples.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peili.examples.Table;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class ComparisonTest {
    private static RunResult result(Contender contender, long count, double millis) {
        return new RunResult(
                contender,
                new RunResult.Foreground(count, count, new RunResult.DelayMillis(millis, millis, millis), count, count),
                new RunResult.Background(
                        count, count, contender.hasBackground() ? OptionalDouble.of(0.5) : OptionalDouble.empty()),
                count);
    }

    private static List<String> lines(long count, double millis) {
        return Comparison.lines(Arrays.stream(Contender.values())
                .map(contender -> result(contender, count, millis))
                .toList());
    }

    @Test
    void lines_fitTheTerminal() {
        assertThat(Stream.of(lines(0, 0), lines(99_999, 9.994), lines(9_999_999, 99_999), lines(999_999_999, 602_000))
                        .flatMap(List::stream))
                .allMatch(line -> line.length() <= 80);
    }

    @Test
    void table_hasARowForEachRun() {
        List<String> lines = lines(7, 12.345);
        assertThat(lines.get(0)).isEqualTo("                  planned run  p50  p99  max >16.7 >50 turns share pauses");
        assertThat(lines.get(1)).isEqualTo("peili                   7   7 12.3 12.3 12.3     7   7     7  0.50      7");
        assertThat(lines.get(2)).isEqualTo("peili-alone             7   7 12.3 12.3 12.3     7   7     -     -      7");
        assertThat(lines.subList(1, 6))
                .extracting(line -> line.split(" ", 2)[0])
                .isEqualTo(Arrays.stream(Contender.values())
                        .map(Contender::toString)
                        .toList());
    }

    @Test
    void numbers_haveAtMostFiveCharacters() {
        assertThat(Stream.of(0.0, 9.994, 9.995, 99.94, 99.95, 99_999.4).map(Table::number))
                .containsExactly("0.00", "9.99", "10.0", "99.9", "100", "99999");
        assertThat(Table.number(99_999.5)).isEqualTo("100k");
        assertThat(Stream.of(0L, 99_999L, 100_000L, 9_999_999L, 10_000_000L).map(Table::count))
                .containsExactly("0", "99999", "100k", "9999k", "10M");
    }

    @Test
    void singleRun_isComparedWithNothing() {
        assertThat(Comparison.lines(List.of(result(Contender.PEILI, 1, 1))))
                .noneMatch(line -> line.contains("p99:") || line.contains("pekko"));
    }
}
