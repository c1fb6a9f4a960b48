package dev.peili.benchmarks;

import dev.peili.actors.EventTarget;
import dev.peili.actors.Groups;
import dev.peili.actors.Tab;
import dev.peili.actors.TaskCategory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * How long it takes from {@code setVisible} to the first turn of a tab that has work queued, beside 1,000 background groups
 * that are always busy. The floor is the same with nothing else to do. The tab is suspended until then, or its work might
 * run before.
 */
final class Switches {
    private static final int BUSY = 1_000;
    private static final int LOOP_MICROS = 5_000;
    private static final int SWITCHES = 200;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final Groups groups;
    private final Work work = Work.calibrated();
    private final List<EventTarget> others = new ArrayList<>();
    private final Tab tab;
    private volatile boolean isBusy;

    private Switches(Groups groups) {
        this.groups = groups;
        this.tab = groups.openTab();
    }

    static List<Measure> measures() {
        return List.of(Measure.of(
                Row.cost("switch.latency", "us", "Peili idle", Mark.ratio(0.5)),
                effort -> sides(effort.count(SWITCHES))));
    }

    private static Sides sides(int switches) {
        ActorSystem<?> system = Systems.start("switches");
        Switches measured = new Switches(Groups.get(system));
        return Sides.of(
                () -> measured.beside(BUSY, switches), () -> measured.beside(0, switches), () -> Systems.stop(system));
    }

    private double beside(int busy, int switches) {
        while (others.size() < busy) {
            others.add(groups.openTab().tabGroup().eventTargetFor(TaskCategory.OTHER));
        }
        isBusy = true;
        others.subList(0, busy).forEach(this::keepBusy);
        double delay = p50(switches);
        isBusy = false;
        CountDownLatch idle = new CountDownLatch(others.size());
        others.forEach(other -> other.execute(idle::countDown));
        Systems.await(idle);
        return delay;
    }

    private void keepBusy(EventTarget target) {
        target.execute(() -> {
            if (isBusy) {
                work.run(LOOP_MICROS);
                keepBusy(target);
            }
        });
    }

    private double p50(int switches) {
        Histogram delays = new Histogram(TimeUnit.SECONDS.toNanos(100), 3);
        EventTarget target = tab.tabGroup().eventTargetFor(TaskCategory.OTHER);
        for (int i = 0; i < switches; i++) {
            LockSupport.parkNanos(PAUSE_NANOS);
            CountDownLatch done = new CountDownLatch(1);
            long[] begun = new long[1];
            tab.tabGroup().suspend();
            target.execute(() -> {
                begun[0] = System.nanoTime();
                done.countDown();
            });
            long shown = System.nanoTime();
            tab.setVisible(true);
            tab.tabGroup().resume();
            Systems.await(done);
            delays.recordValue(begun[0] - shown);
            tab.setVisible(false);
        }
        return delays.getValueAtPercentile(50) / 1e3;
    }
}
