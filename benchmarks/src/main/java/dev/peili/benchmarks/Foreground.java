package dev.peili.benchmarks;

import dev.peili.actors.Groups;
import dev.peili.actors.Tab;
import dev.peili.actors.TaskCategory;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.HdrHistogram.Histogram;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * The delay of one foreground actor that is pinged every 10 to 20 ms, beside background actors that keep a loop of 5 ms of
 * work going by sending to themselves.
 */
final class Foreground {
    private static final int LOOP_MICROS = 5000;

    /**
     * @param p50 in microseconds from the ping to the turn that handles it
     * @param p99 the same
     * @param loops what the background got done
     */
    record Result(double p50, double p99, double max, double loops) {}

    private static final Duration TIME = Duration.ofSeconds(3);
    private static final int FEW = 100;
    private static final int MANY = 1_000;
    private static final String PEER = "a pinned dispatcher for the foreground";

    private Foreground() {}

    static List<Measure> measures() {
        List<Row> rows = List.of(
                Row.cost("foreground.p50.1000", "us", PEER, Mark.ratio(2)),
                Row.cost("foreground.p99.100", "us", PEER, Mark.ratio(1)),
                Row.cost("foreground.p99.1000", "us", PEER, Mark.ratio(1)),
                new Row("background.work", "loops", true, PEER, Mark.ratio(0.95)));
        return List.of(Measure.of(rows, effort -> sides(effort.time(TIME))).withOneWarmUp());
    }

    private static Sides sides(Duration time) {
        Work work = Work.calibrated();
        return Sides.ofRows(
                () -> values(peili(work, FEW, time), peili(work, MANY, time)),
                () -> values(pinned(work, FEW, time), pinned(work, MANY, time)),
                () -> {});
    }

    private static double[] values(Result few, Result many) {
        return new double[] {many.p50(), few.p99(), many.p99(), few.loops() + many.loops()};
    }

    static Result peili(Work work, int background, Duration time) {
        ActorSystem<Consumer<ActorContext<?>>> system = Systems.start("peili");
        Groups groups = Groups.get(system);
        Tab visible = groups.openTab();
        visible.setVisible(true);
        Props foreground = visible.tabGroup().props(TaskCategory.UI);
        return run(
                system,
                work,
                background,
                time,
                foreground,
                i -> groups.openTab().tabGroup().props(TaskCategory.OTHER));
    }

    static Result pinned(Work work, int background, Duration time) {
        return run(Systems.start("pinned"), work, background, time, Systems.PINNED, i -> Systems.FAIR);
    }

    private static Result run(
            ActorSystem<Consumer<ActorContext<?>>> system,
            Work work,
            int background,
            Duration time,
            Props foreground,
            IntFunction<Props> others) {
        Histogram delays = new Histogram(TimeUnit.SECONDS.toNanos(100), 3);
        LongAdder loops = new LongAdder();
        ActorRef<Long> pinged = Systems.spawn(
                system,
                Behaviors.<Long>receiveMessage(sent -> {
                    delays.recordValue(Math.min(System.nanoTime() - sent, delays.getHighestTrackableValue()));
                    return Behaviors.same();
                }),
                "foreground",
                foreground);
        List<ActorRef<String>> all = java.util.stream.IntStream.range(0, background)
                .mapToObj(i -> Systems.spawn(system, loop(work, loops), "background" + i, others.apply(i)))
                .toList();
        all.forEach(actor -> actor.tell(""));
        Random random = new Random(1);
        // Fast at first, so that the measured part runs compiled code on either side.
        pingUntil(pinged, random, System.nanoTime() + time.toNanos() / 3, 100_000);
        pingUntil(pinged, random, System.nanoTime() + time.toNanos() / 10, 10_000_000);
        delays.reset();
        loops.reset();
        pingUntil(pinged, random, System.nanoTime() + time.toNanos(), 10_000_000);
        Result result = new Result(
                delays.getValueAtPercentile(50) / 1e3,
                delays.getValueAtPercentile(99) / 1e3,
                delays.getMaxValue() / 1e3,
                loops.sum());
        Systems.stop(system);
        return result;
    }

    private static Behavior<String> loop(Work work, LongAdder loops) {
        return Behaviors.receive((context, message) -> {
            work.run(LOOP_MICROS);
            loops.increment();
            context.getSelf().tell(message);
            return Behaviors.same();
        });
    }

    private static void pingUntil(ActorRef<Long> actor, Random random, long end, int leastNanos) {
        while (System.nanoTime() - end < 0) {
            LockSupport.parkNanos(leastNanos + random.nextInt(leastNanos));
            actor.tell(System.nanoTime());
        }
    }
}
