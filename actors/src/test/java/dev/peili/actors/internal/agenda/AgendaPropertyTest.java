package dev.peili.actors.internal.agenda;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.statistics.Statistics;

/**
 * Promises G1 to G5, and G6 as far as a decision can keep it: random schedules of users, threads and time, each step
 * checked against {@link ReferenceModel}. A failure prints its seed and the shortest schedule found that fails.
 */
final class AgendaPropertyTest {
    @Property(shrinking = ShrinkingMode.BOUNDED)
    void everySchedule_keepsG1ToG6(@ForAll("numbers") List<Integer> numbers) {
        Schedule schedule = new Schedule();
        schedule.run(numbers);
        Statistics.label("turns on top of others").collect(schedule.onTopCount > 0);
        Statistics.label("parked turns").collect(schedule.parkedCount > 0);
        Statistics.label("messages withdrawn").collect(schedule.withdrawnCount > 0);
        Statistics.label("tasks started in a batch").collect(schedule.batchedCount > 0);
        Statistics.label("work of several groups").collect(schedule.jointCount > 0);
    }

    @Provide
    Arbitrary<List<Integer>> numbers() {
        return Arbitraries.integers()
                .between(0, (1 << 20) - 1)
                .withoutEdgeCases()
                .list()
                .ofMaxSize(300);
    }
}
