package dev.peili.stress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.openjdk.jcstress.infra.Status;
import org.openjdk.jcstress.infra.TestInfo;
import org.openjdk.jcstress.infra.collectors.TestResult;
import org.openjdk.jcstress.infra.grading.GradingResult;

/**
 * Promises G1, G4, G6, M3, M4 and I7 where threads meet: runs the stress tests, and fails for each that saw what it forbids
 * or ended in an error.
 */
final class StressTest {
    @TestFactory
    Stream<DynamicTest> interleavings_haveNoForbiddenResult() {
        StressRun run = new StressRun(
                Duration.ofSeconds(Long.getLong("peili.stress.seconds", 30)),
                Pattern.compile(System.getProperty("peili.stress.tests", "")));
        assertThat(run.tests()).as("stress tests").isNotEmpty();
        return run.tests().stream().map(test -> DynamicTest.dynamicTest(test.name(), () -> check(run, test)));
    }

    private static void check(StressRun run, TestInfo test) {
        assertThat(run.hangs())
                .as("an earlier test hangs, and takes the processors from " + test.name())
                .isFalse();
        TestResult result = assertTimeoutPreemptively(run.patience(), () -> run.result(test), test.name());
        String report = result.status() == Status.NORMAL ? outcomes(result) : errors(result);
        System.out.println(report);
        assertThat(result.status()).as(report).isEqualTo(Status.NORMAL);
        assertThat(result.grading().isPassed).as(report).isTrue();
    }

    private static String outcomes(TestResult result) {
        return result.grading().gradingResults.values().stream()
                .map(StressTest::outcome)
                .collect(Collectors.joining("\n", result.getName() + "\n", ""));
    }

    private static String outcome(GradingResult seen) {
        return String.format("  %-12s %,12d  %s: %s", seen.id, seen.count, seen.expect, seen.description);
    }

    private static String errors(TestResult result) {
        List<String> messages = result.getMessages();
        return messages.stream().collect(Collectors.joining("\n  ", result.getName() + "\n  ", ""));
    }
}
