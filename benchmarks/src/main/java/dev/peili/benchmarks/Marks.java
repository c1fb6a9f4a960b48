package dev.peili.benchmarks;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.peili.testkit.Simulator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import jdk.jfr.Recording;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/**
 * Runs measures beside their peers, alternating, and prints the median of the ratios with its spread: above 1 is better
 * than the peer.
 *
 * <p>Arguments are names of measures; none is all. {@code -Dpairs=N} sets the number of pairs, {@code -Dseconds=S} the
 * length of a run of the foreground measures.
 */
public final class Marks {
    private static final Config NOT_SERIALIZED = ConfigFactory.parseString("peili.ipc.serialize-in-process = off");

    private final int pairs;
    private final Duration time;
    private final double scale;
    private final Map<String, Measure> measures = new LinkedHashMap<>();

    private interface Measure {
        List<Outcome> run(String name);
    }

    private interface Throughput {
        double measure(ActorSystem<Consumer<ActorContext<?>>> system, Supplier<Props> props);
    }

    /** @param scale how many messages are sent, relative to the usual number */
    Marks(int pairs, Duration time, double scale) {
        this.pairs = pairs;
        this.time = time;
        this.scale = scale;
        measures.put("pingpong.1", name -> messages(name, Messages::ownGroups, pingPong(1, 500_000)));
        measures.put("pingpong.16", name -> messages(name, Messages::ownGroups, pingPong(16, 100_000)));
        measures.put("pingpong.same-group", name -> messages(name, Messages::oneGroup, pingPong(1, 500_000)));
        measures.put(
                "tell",
                name -> messages(name, Messages::ownGroups, (system, props) -> {
                    return Messages.tell(system, props, (int) (2_000_000 * scale));
                }));
        measures.put("recorded.1", name -> recorded(name, Duration.ZERO, pingPong(1, 500_000)));
        measures.put("recorded.16", name -> recorded(name, Duration.ZERO, pingPong(16, 100_000)));
        measures.put("recorded.16.over-10ms", name -> recorded(name, Duration.ofMillis(10), pingPong(16, 100_000)));
        measures.put("simulation.messages", this::simulatedMessages);
        measures.put("simulation.schedules", this::simulatedSchedules);
        measures.put("mirror.fanout.1", name -> fanOut(name, 1, 400_000));
        measures.put("mirror.fanout.1000", name -> fanOut(name, 1_000, 1_000));
        measures.put(
                "mirror.connect",
                name -> mirrors(name, "ns", 2, false, (system, peer) -> {
                    return Mirrors.connect(system, peer, (int) (20_000 * scale));
                }));
        measures.put(
                "mirror.set",
                name -> mirrors(name, "ns", 0.25, false, (system, peer) -> {
                    return Mirrors.set(system, !peer, (int) (2_000 * scale));
                }));
        measures.put(
                "mirror.bytes",
                name -> mirrors(name, "bytes", 0, false, (system, peer) -> {
                    return peer ? Mirrors.bytesOfFirst(system, 2_000) : Mirrors.bytesOfFurther(system, 5_000);
                }));
        measures.put("ipc.local", this::localChannel);
        measures.put("ipc.serialized", this::serializedChannel);
        measures.put("ipc.two-processes", this::twoProcesses);
        measures.put("ipc.construct", this::constructions);
        measures.put("ipc.100000", this::manyActors);
        measures.put("foreground.100", name -> foreground(name, 100));
        measures.put("foreground.1000", name -> foreground(name, 1000));
    }

    /** Runs the measures that are named, or all. */
    public static void main(String[] names) {
        Marks marks =
                new Marks(Integer.getInteger("pairs", 5), Duration.ofSeconds(Integer.getInteger("seconds", 5)), 1);
        List<String> chosen = names.length == 0 ? List.copyOf(marks.measures.keySet()) : Arrays.asList(names);
        for (String name : chosen) {
            if (!marks.measures.containsKey(name)) {
                System.err.println("there is no measure " + name + "; there are " + marks.measures.keySet());
                System.exit(2);
            }
        }
        try {
            chosen.forEach(name -> marks.run(name).forEach(System.out::println));
        } catch (RuntimeException | Error e) {
            // An actor system would keep the process alive.
            e.printStackTrace();
            System.exit(1);
        }
    }

    List<Outcome> run(String name) {
        Measure measure = measures.get(name);
        if (measure == null) {
            throw new IllegalArgumentException("there is no measure " + name);
        }
        return measure.run(name);
    }

    private Throughput pingPong(int count, int rounds) {
        return (system, props) -> Messages.pingPong(system, props, count, (int) (rounds * scale));
    }

    /** Measures both in turn, as many times as there are pairs. */
    private Outcome alternate(
            String name, String unit, boolean moreIsBetter, double mark, DoubleSupplier our, DoubleSupplier their) {
        List<Double> ours = new ArrayList<>();
        List<Double> theirs = new ArrayList<>();
        for (int pair = -2; pair < pairs; pair++) {
            double first = our.getAsDouble();
            double second = their.getAsDouble();
            // The first pairs only warm up.
            if (pair >= 0) {
                ours.add(first);
                theirs.add(second);
            }
        }
        return new Outcome(name, unit, ours, theirs, moreIsBetter, mark);
    }

    private List<Outcome> messages(
            String name, java.util.function.Function<ActorSystem<?>, Supplier<Props>> groups, Throughput throughput) {
        ActorSystem<Consumer<ActorContext<?>>> system = Systems.start("messages");
        Outcome outcome = alternate(
                name,
                "msg/s",
                true,
                0.8,
                () -> throughput.measure(system, groups.apply(system)),
                () -> throughput.measure(system, () -> Systems.DEFAULT));
        Systems.stop(system);
        return List.of(outcome);
    }

    /** What Flight Recorder costs: Peili while turns of at least this length are recorded, beside Peili while none are. */
    private List<Outcome> recorded(String name, Duration threshold, Throughput throughput) {
        ActorSystem<Consumer<ActorContext<?>>> system = Systems.start("recorded");
        List<Double> recorded = new ArrayList<>();
        List<Double> unrecorded = new ArrayList<>();
        for (int pair = -2; pair < pairs; pair++) {
            double on;
            try (Recording recording = new Recording()) {
                recording.enable("dev.peili.Turn").withThreshold(threshold);
                recording.start();
                on = throughput.measure(system, Messages.ownGroups(system));
            }
            double off = throughput.measure(system, Messages.ownGroups(system));
            // The first pairs only warm up.
            if (pair >= 0) {
                recorded.add(on);
                unrecorded.add(off);
            }
        }
        Systems.stop(system);
        return List.of(new Outcome(name, "msg/s", recorded, unrecorded, true, 0.5));
    }

    /** One thread that simulates, beside threads that do it. */
    private List<Outcome> simulatedMessages(String name) {
        int rounds = (int) (200_000 * scale);
        return beside(name, "msg/s", simulator -> Messages.simulated(simulator, rounds), system -> {
            return Messages.pingPong(system, () -> Systems.DEFAULT, 1, rounds);
        });
    }

    private List<Outcome> simulatedSchedules(String name) {
        int runs = (int) (10_000 * scale);
        return beside(name, "runs/s", simulator -> Schedules.simulated(simulator, runs), system -> {
            return Schedules.onThreads(system, runs / 5);
        });
    }

    private List<Outcome> beside(
            String name,
            String unit,
            ToDoubleFunction<Simulator> ours,
            ToDoubleFunction<ActorSystem<Consumer<ActorContext<?>>>> theirs) {
        ActorSystem<Consumer<ActorContext<?>>> system = Systems.start("beside");
        try (Simulator simulator = Simulator.create(ConfigFactory.parseString("peili.testkit.max-steps = 100000000"))) {
            return List.of(alternate(
                    name, unit, true, 0, () -> ours.applyAsDouble(simulator), () -> theirs.applyAsDouble(system)));
        } finally {
            Systems.stop(system);
        }
    }

    private interface Beside {
        double measure(ActorSystem<Consumer<ActorContext<?>>> system, boolean peer);
    }

    /** Mirrors beside plain tells, and beside a topic. */
    private List<Outcome> fanOut(String name, int mirrors, int turns) {
        int all = Math.max(1, (int) (turns * scale));
        List<Outcome> outcomes = new ArrayList<>();
        outcomes.addAll(mirrors(name, "chg/s", 0.8, true, (system, peer) -> {
            return peer ? Mirrors.told(system, mirrors, all) : Mirrors.mirrored(system, mirrors, all);
        }));
        outcomes.addAll(mirrors(name + ".topic", "chg/s", 0, true, (system, peer) -> {
            return peer ? Mirrors.published(system, mirrors, all) : Mirrors.mirrored(system, mirrors, all);
        }));
        return outcomes;
    }

    private List<Outcome> mirrors(String name, String unit, double mark, boolean moreIsBetter, Beside beside) {
        ActorSystem<Consumer<ActorContext<?>>> system = Systems.start("mirrors");
        Outcome outcome = alternate(
                name,
                unit,
                moreIsBetter,
                mark,
                () -> beside.measure(system, false),
                () -> beside.measure(system, true));
        Systems.stop(system);
        return List.of(outcome);
    }

    // --- Channels ---------------------------------------------------------------------------------------------------

    private interface BesideChannel {
        double measure(Channels channels);
    }

    private Outcome pairs(
            String name, String unit, double mark, Channels channels, BesideChannel ours, BesideChannel peers) {
        return alternate(name, unit, true, mark, () -> ours.measure(channels), () -> peers.measure(channels));
    }

    private List<Outcome> localChannel(String name) {
        ActorSystem<Consumer<ActorContext<?>>> system = Systems.start("channels", NOT_SERIALIZED);
        int count = (int) (2_000_000 * scale);
        try (Channels channels = new Channels(system).local()) {
            return List.of(pairs(name, "msg/s", 0.5, channels, its -> its.routed(count), its -> its.told(count)));
        } finally {
            Systems.stop(system);
        }
    }

    private List<Outcome> serializedChannel(String name) {
        ActorSystem<Consumer<ActorContext<?>>> system = Systems.start("channels");
        int count = (int) (300_000 * scale);
        try (Channels channels = new Channels(system).local()) {
            return List.of(pairs(
                    name, "msg/s", 1 / 1.3, channels, its -> its.routed(count), its -> its.serializedAndTold(count)));
        } finally {
            Systems.stop(system);
        }
    }

    private List<Outcome> twoProcesses(String name) {
        ActorSystem<Consumer<ActorContext<?>>> system = Systems.start("channels", FarSide.REMOTING);
        int count = (int) (300_000 * scale);
        Channels channels = new Channels(system);
        FarSide far = FarSide.start(channels.address());
        try {
            channels.remote();
            return List.of(
                    pairs(name, "msg/s", 0.7, channels, its -> its.routed(count), its -> its.toldOverArtery(count)));
        } finally {
            channels.close();
            far.close();
            Systems.stop(system);
        }
    }

    /** The second half of 100,000 actors on one channel, beside the first. */
    private List<Outcome> constructions(String name) {
        int half = (int) (50_000 * scale);
        List<Double> second = new ArrayList<>();
        List<Double> first = new ArrayList<>();
        for (int pair = -2; pair < pairs; pair++) {
            ActorSystem<Consumer<ActorContext<?>>> system = Systems.start("channels", NOT_SERIALIZED);
            try (Channels channels = new Channels(system).local()) {
                double before = channels.construct(half);
                double after = channels.construct(half);
                // The first pairs only warm up.
                if (pair >= 0) {
                    first.add(before);
                    second.add(after);
                }
            } finally {
                Systems.stop(system);
            }
        }
        return List.of(new Outcome(name, "act/s", second, first, true, 0.8));
    }

    /** Messages to one actor among 100,000, beside one among ten. */
    private List<Outcome> manyActors(String name) {
        ActorSystem<Consumer<ActorContext<?>>> one = Systems.start("many");
        ActorSystem<Consumer<ActorContext<?>>> other = Systems.start("few");
        int count = (int) (300_000 * scale);
        try (Channels many = new Channels(one).local();
                Channels few = new Channels(other).local()) {
            many.construct((int) (100_000 * scale));
            few.construct(10);
            return List.of(pairs(name, "msg/s", 0.8, many, its -> its.routed(count), its -> few.routed(count)));
        } finally {
            Systems.stop(one);
            Systems.stop(other);
        }
    }

    private List<Outcome> foreground(String name, int background) {
        Work work = Work.calibrated();
        List<Foreground.Result> ours = new ArrayList<>();
        List<Foreground.Result> theirs = new ArrayList<>();
        for (int pair = -1; pair < pairs; pair++) {
            Foreground.Result our = Foreground.peili(work, background, time);
            Foreground.Result their = Foreground.pinned(work, background, time);
            if (pair >= 0) {
                ours.add(our);
                theirs.add(their);
            }
        }
        return List.of(
                outcome(name + ".p50", "us", ours, theirs, Foreground.Result::p50, false, 1),
                outcome(name + ".p99", "us", ours, theirs, Foreground.Result::p99, false, 1),
                outcome(name + ".work", "loops", ours, theirs, Foreground.Result::loops, true, 0.9));
    }

    private static Outcome outcome(
            String name,
            String unit,
            List<Foreground.Result> ours,
            List<Foreground.Result> theirs,
            ToDoubleFunction<Foreground.Result> value,
            boolean moreIsBetter,
            double mark) {
        return new Outcome(
                name,
                unit,
                ours.stream().mapToDouble(value).boxed().toList(),
                theirs.stream().mapToDouble(value).boxed().toList(),
                moreIsBetter,
                mark);
    }
}
