package dev.peili.stress;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.openjdk.jcstress.Options;
import org.openjdk.jcstress.infra.Status;
import org.openjdk.jcstress.infra.TestInfo;
import org.openjdk.jcstress.infra.collectors.TestResult;
import org.openjdk.jcstress.infra.runners.ForkedTestConfig;
import org.openjdk.jcstress.infra.runners.Runner;
import org.openjdk.jcstress.infra.runners.TestConfig;
import org.openjdk.jcstress.infra.runners.TestList;
import org.openjdk.jcstress.os.AffinityMode;
import org.openjdk.jcstress.os.NodeType;
import org.openjdk.jcstress.os.SchedulingClass;
import org.openjdk.jcstress.vm.CompileMode;

/**
 * Runs jcstress tests in this JVM, one after the other, and shares a budget of time among them.
 *
 * <p>jcstress's own main class starts a JVM for each test, several times; that would leave most of a short budget to
 * starting JVMs and to code that is not compiled yet. It also leaves out, without an error, what has more actors than the
 * machine has processors.
 */
final class StressRun {
    /** What jcstress takes to find out how many states it may have at a time. */
    private static final Duration PREPARATION = Duration.ofMillis(150);

    private static final Duration LEAST = Duration.ofMillis(50);

    /** Tests whose states start threads, so that each takes a thousand times as long as others. */
    private static final Pattern WITH_THREADS = Pattern.compile("\\.(Worker|Ticker)Stress\\.");

    private final List<TestInfo> tests;
    private final Duration perTest;
    private volatile boolean hangs;

    /** @param selection what the names of the tests have to contain */
    StressRun(Duration budget, Pattern selection) {
        tests = TestList.tests().stream()
                .filter(selection.asPredicate())
                .sorted()
                .map(TestList::getInfo)
                .toList();
        Duration share = budget.dividedBy(Math.max(1, tests.size())).minus(PREPARATION);
        perTest = share.compareTo(LEAST) < 0 ? LEAST : share;
    }

    List<TestInfo> tests() {
        return tests;
    }

    /** Whether the last test has not come to its end, so that its threads go on. */
    boolean hangs() {
        return hangs;
    }

    /** How long a test may take. jcstress gives up a test that hangs after 30 seconds, but not while it prepares it. */
    Duration patience() {
        return perTest.multipliedBy(10).plusSeconds(60);
    }

    TestResult result(TestInfo test) throws ReflectiveOperationException, IOException {
        boolean withThreads = WITH_THREADS.matcher(test.name()).find();
        TestConfig config = new TestConfig(
                withThreads ? options(4, 2) : options(64, 4),
                test,
                0,
                List.of(),
                CompileMode.UNIFIED,
                new SchedulingClass(AffinityMode.NONE, test.threads(), NodeType.PACKAGE));
        hangs = true;
        TestResult result = runner(test, new ForkedTestConfig(config)).run();
        result.setConfig(config);
        hangs = result.status() == Status.TIMEOUT_ERROR;
        return result;
    }

    private static Runner<?> runner(TestInfo test, ForkedTestConfig config) throws ReflectiveOperationException {
        return Class.forName(test.generatedRunner())
                .asSubclass(Runner.class)
                .getConstructor(ForkedTestConfig.class)
                .newInstance(config);
    }

    private Options options(int strideSize, int strideCount) throws IOException {
        Options options = new Options(new String[] {
            "-time", String.valueOf(perTest.toMillis()),
            "-iters", "1",
            "-strideSize", String.valueOf(strideSize),
            "-strideCount", String.valueOf(strideCount),
            // Where there are fewer processors than actors, who waits for the others has to let them run.
            "-spinStyle", "THREAD_YIELD"
        });
        if (!options.parse()) {
            throw new IllegalStateException("jcstress does not understand its options");
        }
        return options;
    }
}
