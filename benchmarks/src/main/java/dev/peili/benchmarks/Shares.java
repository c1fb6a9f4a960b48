package dev.peili.benchmarks;

import dev.peili.actors.Groups;
import dev.peili.actors.TaskCategory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * How equally 1,000 groups get on that are always ready, and have from one actor to ten: Jain's index of the work that each
 * has done, which is 1 where all have done the same (Jain, Chiu and Hawe, 1984). The peer knows no groups.
 */
final class Shares {
    private static final int GROUPS = 1_000;
    private static final int MOST_ACTORS = 10;
    private static final int LOOP_MICROS = 20;
    private static final Duration TIME = Duration.ofSeconds(4);
    private static final double LEAST = 0.95;

    private final Work work = Work.calibrated();
    private final List<LongAdder> done = new ArrayList<>();
    private final List<ActorRef<String>> actors = new ArrayList<>();
    private volatile boolean isBusy;

    private Shares(ActorSystem<Consumer<ActorContext<?>>> system, IntFunction<Props> groups) {
        for (int group = 0; group < GROUPS; group++) {
            LongAdder its = new LongAdder();
            done.add(its);
            Props props = groups.apply(group);
            for (int i = 0; i <= group % MOST_ACTORS; i++) {
                actors.add(Systems.spawn(
                        system,
                        Behaviors.<String>receive((context, message) -> {
                            if (isBusy) {
                                work.run(LOOP_MICROS);
                                its.increment();
                                context.getSelf().tell(message);
                            }
                            return Behaviors.same();
                        }),
                        "actor" + group + "-" + i,
                        props));
            }
        }
    }

    static List<Measure> measures() {
        return List.of(Measure.of(
                        new Row("fairness.jain", "index", true, "thread pool, throughput 1", Mark.NONE.atLeast(LEAST)),
                        effort -> sides(effort.time(TIME)))
                .withOneWarmUp());
    }

    private static Sides sides(Duration time) {
        ActorSystem<Consumer<ActorContext<?>>> ours = Systems.start("groups");
        ActorSystem<Consumer<ActorContext<?>>> theirs = Systems.start("pool");
        Groups groups = Groups.get(ours);
        Shares inGroups = new Shares(ours, number -> groups.openTab().tabGroup().props(TaskCategory.OTHER));
        Shares inPool = new Shares(theirs, number -> Systems.THREAD_POOL);
        return Sides.of(() -> inGroups.index(time), () -> inPool.index(time), () -> {
            Systems.stop(ours);
            Systems.stop(theirs);
        });
    }

    private double index(Duration time) {
        done.forEach(LongAdder::reset);
        isBusy = true;
        actors.forEach(actor -> actor.tell(""));
        LockSupport.parkNanos(time.toNanos());
        double[] shares = done.stream().mapToDouble(LongAdder::sum).toArray();
        isBusy = false;
        awaitIdle();
        double sum = 0;
        double squares = 0;
        for (double share : shares) {
            sum += share;
            squares += share * share;
        }
        return sum * sum / (GROUPS * squares);
    }

    /** What is queued is handled without work, before anything that is sent now. */
    private void awaitIdle() {
        long before;
        do {
            before = done.stream().mapToLong(LongAdder::sum).sum();
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        } while (done.stream().mapToLong(LongAdder::sum).sum() != before);
    }
}
