package dev.peili.benchmarks;

import dev.peili.actors.EventTarget;
import dev.peili.actors.Groups;
import dev.peili.actors.Tab;
import dev.peili.actors.TaskCategory;
import dev.peili.actors.Turn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** What there being groups costs: memory, opening them, many of them, and checkpoints that are not taken. */
final class Costs {
    private static final int OPENED = 100_000;
    private static final int IDLE = 10_000;
    private static final int FEW = 10;
    private static final int MANY = 100_000;
    private static final Duration SCALED = Duration.ofMillis(500);
    private static final Duration FOR_EVER = Duration.ofMinutes(1);
    private static final int SITES_PER_TAB = 100;
    private static final int CHECKPOINTS = 50_000_000;
    private static final double MOST_NANOS = 2;

    private static final AtomicLong NAMES = new AtomicLong();

    private Costs() {}

    static List<Measure> measures() {
        return List.of(
                Measure.of(
                        Row.cost(
                                "checkpoint.idle",
                                "ns",
                                "a volatile read",
                                Mark.ratio(0.5).atMost(MOST_NANOS)),
                        effort -> checkpoints(effort.count(CHECKPOINTS))),
                Measure.of(
                                Row.cost("group.bytes", "bytes", "an idle typed actor", Mark.ratio(0.5)),
                                effort -> bytes(IDLE))
                        .withOneWarmUp(),
                Measure.of(
                                Row.perSecond("group.open", "group", "spawning actors", 0.5),
                                effort -> openings(effort.count(OPENED)))
                        .withOneWarmUp(),
                Measure.of(
                        Row.perSecond("scale.groups", "turn", "Peili with 10 groups", 0.8),
                        effort -> scales(effort.time(SCALED))));
    }

    /** The same where each group has little to do, so that it is in no cache when its turn comes. */
    static List<Measure> more() {
        return List.of(Measure.of(
                Row.perSecond("scale.groups.brief", "turn", "Peili with 10 groups", 0),
                effort -> briefly(effort.count(4_000_000))));
    }

    // --- Checkpoints ------------------------------------------------------------------------------------------------

    private static final class Field {
        private volatile int value;
    }

    static Sides checkpoints(int count) {
        ActorSystem<?> system = Systems.start("checkpoints");
        EventTarget target = Groups.get(system)
                .openTab()
                .openDocument("https://checkpoints.example/")
                .eventTargetFor(TaskCategory.OTHER);
        Field field = new Field();
        return Sides.of(
                () -> inTurn(target, () -> {
                            for (int i = 0; i < count; i++) {
                                Turn.checkpoint();
                            }
                        })
                        / count,
                () -> inTurn(target, () -> {
                            int sum = 0;
                            for (int i = 0; i < count; i++) {
                                sum += field.value;
                            }
                            if (sum != 0) {
                                throw new IllegalStateException("nobody has written " + sum);
                            }
                        })
                        / count,
                () -> Systems.stop(system));
    }

    /** How many nanoseconds it takes within a turn. */
    private static double inTurn(EventTarget target, Runnable loop) {
        CountDownLatch done = new CountDownLatch(1);
        long[] nanos = new long[1];
        target.execute(() -> {
            long before = System.nanoTime();
            loop.run();
            nanos[0] = System.nanoTime() - before;
            done.countDown();
        });
        Systems.await(done);
        return nanos[0];
    }

    // --- Memory -----------------------------------------------------------------------------------------------------

    private static Sides bytes(int count) {
        ActorSystem<Consumer<ActorContext<?>>> system = Systems.start("bytes");
        return Sides.of(
                () -> {
                    Tab tab = Groups.get(system).openTab();
                    runThrough(List.of(tab.tabGroup().eventTargetFor(TaskCategory.OTHER)));
                    long before = Heap.used();
                    List<EventTarget> targets = open(tab, count);
                    runThrough(targets);
                    targets.clear();
                    double each = (double) (Heap.used() - before) / count;
                    tab.close();
                    Systems.awaitNoGroups(system);
                    return each;
                },
                () -> {
                    long before = Heap.used();
                    List<ActorRef<String>> actors = spawn(system, count);
                    actors.clear();
                    double each = (double) (Heap.used() - before) / count;
                    Systems.stopChildren(system);
                    return each;
                },
                () -> Systems.stop(system));
    }

    private static List<EventTarget> open(Tab tab, int count) {
        List<EventTarget> targets = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            targets.add(tab.openDocument("https://site" + i + ".example/").eventTargetFor(TaskCategory.OTHER));
        }
        return targets;
    }

    private static void runThrough(List<EventTarget> targets) {
        CountDownLatch done = new CountDownLatch(targets.size());
        targets.forEach(target -> target.execute(done::countDown));
        Systems.await(done);
    }

    private static List<ActorRef<String>> spawn(ActorSystem<Consumer<ActorContext<?>>> system, int count) {
        CountDownLatch started = new CountDownLatch(count);
        List<ActorRef<String>> actors = new ArrayList<>(count);
        Behavior<String> behavior = Behaviors.setup(context -> {
            started.countDown();
            return Behaviors.receiveMessage(message -> Behaviors.same());
        });
        system.tell(context -> {
            for (int i = 0; i < count; i++) {
                actors.add(context.spawn(behavior, "actor" + NAMES.incrementAndGet(), Systems.DEFAULT));
            }
        });
        Systems.await(started);
        return actors;
    }

    // --- Opening ----------------------------------------------------------------------------------------------------

    /** A group counts as opened when a task of it has run, an actor when it has started. */
    private static Sides openings(int count) {
        ActorSystem<Consumer<ActorContext<?>>> system = Systems.start("openings");
        return Sides.of(
                () -> {
                    long before = System.nanoTime();
                    List<Tab> tabs = new ArrayList<>();
                    List<EventTarget> targets = new ArrayList<>();
                    for (int i = 0; i < count; i += SITES_PER_TAB) {
                        Tab tab = Groups.get(system).openTab();
                        tabs.add(tab);
                        targets.addAll(open(tab, Math.min(SITES_PER_TAB, count - i)));
                    }
                    runThrough(targets);
                    double seconds = (System.nanoTime() - before) / 1e9;
                    tabs.forEach(Tab::close);
                    Systems.awaitNoGroups(system);
                    return count / seconds;
                },
                () -> {
                    long before = System.nanoTime();
                    spawn(system, count);
                    double seconds = (System.nanoTime() - before) / 1e9;
                    Systems.stopChildren(system);
                    return count / seconds;
                },
                () -> Systems.stop(system));
    }

    // --- Many groups ------------------------------------------------------------------------------------------------

    /** Turns in 100,000 groups or in 10, each of which is sent the next task when it runs one, until the time is over. */
    private static Sides scales(Duration time) {
        return scales(rounds -> rounds.run(Integer.MAX_VALUE, time));
    }

    /** As many turns in each of 100,000 groups, or in total as many in 10. */
    private static Sides briefly(int turns) {
        return scales(rounds -> rounds.run(turns / rounds.groups.size(), FOR_EVER));
    }

    private static Sides scales(ToDoubleFunction<Rounds> way) {
        ActorSystem<?> system = Systems.start("scales");
        Rounds few = new Rounds(system, FEW);
        Rounds many = new Rounds(system, MANY);
        return Sides.of(() -> way.applyAsDouble(many), () -> way.applyAsDouble(few), () -> Systems.stop(system));
    }

    /** Groups that always have work. */
    private static final class Rounds {
        private final List<EventTarget> holders;
        private final List<Round> groups = new ArrayList<>();
        private volatile boolean isOver;
        private CountDownLatch done = new CountDownLatch(0);

        Rounds(ActorSystem<?> system, int count) {
            holders = IntStream.range(0, Systems.THREADS)
                    .mapToObj(i -> Groups.get(system).openTab().tabGroup().eventTargetFor(TaskCategory.OTHER))
                    .toList();
            for (int i = 0; i < count; i += SITES_PER_TAB) {
                Tab tab = Groups.get(system).openTab();
                open(tab, Math.min(SITES_PER_TAB, count - i)).forEach(target -> groups.add(new Round(target)));
            }
        }

        /** One group's. */
        private final class Round implements Runnable {
            private final EventTarget target;
            private int left;
            private int turns;

            Round(EventTarget target) {
                this.target = target;
            }

            @Override
            public void run() {
                boolean ends = isOver;
                turns += ends ? 0 : 1;
                if (ends || turns == left) {
                    done.countDown();
                } else {
                    target.execute(this);
                }
            }
        }

        /** Turns in a second; that each group has its first task beforehand is no part of that. */
        double run(int each, Duration atMost) {
            isOver = false;
            done = new CountDownLatch(groups.size());
            CountDownLatch release = Systems.hold(holders);
            for (Round group : groups) {
                group.left = each;
                group.turns = 0;
                group.target.execute(group);
            }
            long before = System.nanoTime();
            release.countDown();
            boolean ended = Systems.awaitFor(done, atMost);
            isOver = true;
            long nanos = System.nanoTime() - before;
            Systems.await(done);
            long turns = groups.stream().mapToLong(group -> group.turns).sum();
            if (ended && turns != (long) each * groups.size()) {
                throw new IllegalStateException(turns + " turns instead of " + each + " in each group");
            }
            return turns * 1e9 / nanos;
        }
    }
}
