package dev.peili.actors.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peili.actors.internal.dispatch.Watch.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When a turn has kept its thread for too long: in ticks of one millisecond, with limits of 100 and 50. */
final class WatchTest {
    private static final long MILLI = 1_000_000;
    private static final boolean WAITS = true;
    private static final boolean RUNS = false;

    private long cpuTime;
    private boolean onProcessor = true;
    private Watch watch = watch(100, 50);
    private long sign = 1;

    private Watch watch(int longTurn, int blockingTurn) {
        return new Watch(Duration.ofMillis(longTurn), Duration.ofMillis(blockingTurn), () -> cpuTime);
    }

    private Verdict tick(boolean waits, long millis) {
        if (onProcessor && !waits && cpuTime >= 0) {
            cpuTime += millis * MILLI;
        }
        return watch.tick(sign, waits, millis * MILLI);
    }

    private Verdict tick(boolean waits) {
        return tick(waits, 1);
    }

    /** Lets so many ticks pass, settles each verdict, and returns all but those that say nothing. */
    private List<Verdict> ticks(int count, boolean waits) {
        List<Verdict> verdicts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Verdict verdict = tick(waits);
            watch.settle(verdict);
            if (verdict != Verdict.FINE) {
                verdicts.add(verdict);
            }
        }
        return verdicts;
    }

    /** Lets ticks pass until the turn is called. */
    private void untilCalled() {
        for (int i = 0; i < 100; i++) {
            if (tick(RUNS) == Verdict.CALL) {
                return;
            }
        }
        throw new AssertionError("was never called");
    }

    @Test
    void turnWithoutSign_isCalled_andLongOnceTheLimitHasPassedSince() {
        untilCalled();
        assertThat(ticks(99, RUNS)).isEmpty();
        assertThat(tick(RUNS)).isEqualTo(Verdict.LONG);
        assertThat(watch.ran()).isEqualTo(100 * MILLI);
        assertThat(watch.onProcessor()).isEqualTo(100 * MILLI);
    }

    @Test
    void call_comesSoon() {
        assertThat(ticks(10, RUNS)).containsExactly(Verdict.CALL);
    }

    @Test
    void longTurn_isLongUntilSettled_andThenNotAgain() {
        untilCalled();
        ticks(99, RUNS);
        assertThat(tick(RUNS)).isEqualTo(Verdict.LONG);
        assertThat(tick(RUNS)).isEqualTo(Verdict.LONG);
        watch.settle(Verdict.LONG);
        assertThat(ticks(10_000, RUNS)).isEmpty();
    }

    @Test
    void sign_startsAnew() {
        for (int i = 0; i < 20; i++) {
            untilCalled();
            assertThat(ticks(99, RUNS)).isEmpty();
            sign++;
            assertThat(tick(RUNS)).isEqualTo(Verdict.FINE);
        }
    }

    @Test
    void nextLongTurn_isLongToo() {
        for (int i = 0; i < 3; i++) {
            untilCalled();
            assertThat(ticks(100, RUNS)).containsExactly(Verdict.LONG);
            sign++;
        }
    }

    @Test
    void noTurn_isNeverLongNorBlocking() {
        sign = Watch.NO_TURN;
        assertThat(ticks(1_000, WAITS)).isEmpty();
        assertThat(ticks(1_000, RUNS)).isEmpty();
    }

    @Test
    void parkedTurn_countsFromItsReturn() {
        untilCalled();
        ticks(99, RUNS);
        long before = sign;
        sign = Watch.NO_TURN;
        assertThat(ticks(1_000, WAITS)).isEmpty();
        sign = before;
        assertThat(tick(RUNS)).isEqualTo(Verdict.FINE);
        untilCalled();
        assertThat(ticks(99, RUNS)).isEmpty();
    }

    @Test
    void lateTick_countsForATenth() {
        untilCalled();
        assertThat(tick(RUNS, 60_000)).isEqualTo(Verdict.FINE);
        assertThat(ticks(89, RUNS)).isEmpty();
        assertThat(tick(RUNS)).isEqualTo(Verdict.LONG);
    }

    @Test
    void lateTick_whileBlocked_countsForATenth() {
        tick(WAITS);
        assertThat(tick(WAITS, 60_000)).isNotEqualTo(Verdict.BLOCKING);
        assertThat(ticks(44, WAITS)).doesNotContain(Verdict.BLOCKING);
        assertThat(tick(WAITS)).isEqualTo(Verdict.BLOCKING);
    }

    @Test
    void turnThatWaitsAtEveryTick_isBlocking() {
        tick(WAITS);
        assertThat(ticks(49, WAITS)).doesNotContain(Verdict.BLOCKING);
        assertThat(tick(WAITS)).isEqualTo(Verdict.BLOCKING);
        assertThat(watch.waited()).isEqualTo(50 * MILLI);
        watch.settle(Verdict.BLOCKING);
        assertThat(ticks(10_000, WAITS)).as("neither again nor as a long turn").isEmpty();
    }

    @Test
    void turnThatWaitsNowAndThen_isNotBlocking_andLongWhenItRanForSoLong() {
        untilCalled();
        for (int i = 0; i < 9; i++) {
            assertThat(ticks(49, WAITS)).isEmpty();
            assertThat(ticks(11, RUNS)).isEmpty();
        }
        assertThat(ticks(49, WAITS)).isEmpty();
        assertThat(ticks(1, RUNS)).containsExactly(Verdict.LONG);
    }

    @Test
    void turnThatBlocksAgain_isBlockingAgain() {
        assertThat(ticks(60, WAITS)).contains(Verdict.BLOCKING);
        tick(RUNS);
        assertThat(ticks(60, WAITS)).contains(Verdict.BLOCKING);
    }

    @Test
    void turnThatGoesOnAfterBlocking_canBeLong() {
        assertThat(ticks(60, WAITS)).contains(Verdict.BLOCKING);
        assertThat(ticks(110, RUNS)).containsExactly(Verdict.LONG);
    }

    @Test
    void longTurnThatBlocksThen_isBlockingToo() {
        untilCalled();
        assertThat(ticks(100, RUNS)).containsExactly(Verdict.LONG);
        assertThat(ticks(60, WAITS)).containsExactly(Verdict.BLOCKING);
    }

    @Test
    void sign_endsBlocking() {
        ticks(40, WAITS);
        sign++;
        assertThat(ticks(40, WAITS)).doesNotContain(Verdict.BLOCKING);
    }

    @Test
    void turnThatIsNotOnAProcessor_isStalled_moreAndMoreSeldom() {
        untilCalled();
        onProcessor = false;
        assertThat(ticks(99, RUNS)).isEmpty();
        assertThat(ticks(1, RUNS)).containsExactly(Verdict.STALLED);
        assertThat(ticks(99, RUNS)).isEmpty();
        assertThat(ticks(1, RUNS)).containsExactly(Verdict.STALLED);
        assertThat(ticks(199, RUNS)).isEmpty();
        assertThat(ticks(1, RUNS)).containsExactly(Verdict.STALLED);
    }

    @Test
    void stalledTurnThatGetsAProcessor_isLong() {
        untilCalled();
        onProcessor = false;
        assertThat(ticks(100, RUNS)).containsExactly(Verdict.STALLED);
        onProcessor = true;
        assertThat(ticks(100, RUNS)).containsExactly(Verdict.LONG);
    }

    @Test
    void unknownCpuTime_isTakenForRunning() {
        cpuTime = -1;
        untilCalled();
        assertThat(ticks(100, RUNS)).containsExactly(Verdict.LONG);
        assertThat(watch.onProcessor()).isNegative();
    }

    @Test
    void noLimitForLongTurns_meansNever() {
        watch = watch(0, 50);
        assertThat(ticks(100_000, RUNS)).containsExactly(Verdict.CALL);
        assertThat(ticks(60, WAITS)).containsExactly(Verdict.BLOCKING);
    }

    @Test
    void noLimitForBlockingTurns_meansNever() {
        watch = watch(100, 0);
        assertThat(ticks(10_000, WAITS)).containsExactly(Verdict.CALL);
        assertThat(ticks(100, RUNS)).containsExactly(Verdict.LONG);
    }

    @Test
    void limitShorterThanTicks_takesTenOfThem() {
        watch = new Watch(Duration.ofNanos(1), Duration.ofNanos(1), () -> cpuTime);
        tick(RUNS);
        assertThat(tick(RUNS)).isEqualTo(Verdict.CALL);
        assertThat(ticks(9, RUNS)).isEmpty();
        assertThat(tick(RUNS)).isEqualTo(Verdict.LONG);
        sign++;
        tick(WAITS);
        assertThat(ticks(9, WAITS)).doesNotContain(Verdict.BLOCKING);
        assertThat(tick(WAITS)).isEqualTo(Verdict.BLOCKING);
    }
}
