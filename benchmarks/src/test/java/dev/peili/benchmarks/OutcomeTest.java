package dev.peili.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The lines of the table. */
final class OutcomeTest {
    private static final int WIDTH = 79;

    private static final Row THROUGHPUT = Row.perSecond("dispatch.tell", "task", "tell", 1);

    static Stream<Row> rows() {
        return Measures.all().flatMap(measure -> measure.rows().stream());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void everyRow_fitsTheScreen_whateverComesOut(Row row) {
        List<Double> ours = List.of(1e6 - 1, 99.94, 0.5, 123_456_789.0);
        List<Double> theirs = List.of(1.0, 1.0, 123.0, 1e-3);
        assertThat(new Outcome(row, ours, theirs).toString()).hasSizeLessThanOrEqualTo(WIDTH);
        Outcome missed = new Outcome(row, ours, Collections.nCopies(4, 1e-6));
        assertThat(missed.toString()).hasSizeLessThanOrEqualTo(WIDTH);
    }

    @Test
    void missedMark_isSaid() {
        assertThat(new Outcome(THROUGHPUT, List.of(3e6, 1e6, 2e6), List.of(4e6, 4e6, 4e6)))
                .hasToString("dispatch.tell            2.00M 4.00M task/s   0.50 (0.25-0.75)   1.00 MISSED");
        assertThat(Outcome.HEADINGS).isEqualTo("                         Peili  peer         ratio (spread)      mark");
    }

    @Test
    void medianDecides() {
        assertThat(new Outcome(THROUGHPUT, List.of(5.0, 5.0, 1.0), List.of(5.0, 5.0, 5.0)))
                .hasToString("dispatch.tell             5.00  5.00 task/s   1.00 (0.20-1.00)   1.00 met");
    }

    @ParameterizedTest
    @CsvSource({
        "0.3849, 0.38",
        "9.994, 9.99",
        "9.996, 10.0",
        "99.94, 99.9",
        "99.96, 100",
        "999.4, 999",
        "999.6, 1.00k",
        "12_345, 12.3k",
        "999_400, 999k",
        "999_600, 1.00M",
        "14_831_287, 14.8M",
    })
    void numbers_haveThreePlaces(String value, String shown) {
        Outcome outcome = new Outcome(THROUGHPUT, List.of(Double.parseDouble(value.replace("_", ""))), List.of(1.0));
        assertThat(outcome.toString()).containsPattern("^dispatch.tell +" + shown.replace(".", "\\.") + " ");
    }
}
