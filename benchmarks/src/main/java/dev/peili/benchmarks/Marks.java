package dev.peili.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.DoubleStream;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/**
 * Runs measures beside their peers, alternating, and prints the median of the ratios with its spread: above 1 is better
 * than the peer.
 *
 * <p>Arguments are names of measures; none is all. {@code -Dpairs=N} sets the number of pairs, {@code -Dseconds=S} the
 * length of a run of the foreground measures.
 */
public final class Marks {
    private static final int PAIRS = Integer.getInteger("pairs", 5);
    private static final Duration TIME = Duration.ofSeconds(Integer.getInteger("seconds", 5));

    private interface Measure {
        void run(String name);
    }

    private Marks() {}

    /** Runs the measures that are named, or all. */
    public static void main(String[] names) {
        Map<String, Measure> measures = measures();
        List<String> chosen = names.length == 0 ? List.copyOf(measures.keySet()) : Arrays.asList(names);
        for (String name : chosen) {
            Measure measure = measures.get(name);
            if (measure == null) {
                System.err.println(
                        "there is no measure " + name + "; there are " + String.join(", ", measures.keySet()));
                System.exit(2);
            } else {
                try {
                    measure.run(name);
                } catch (RuntimeException | Error e) {
                    // An actor system would keep the process alive.
                    e.printStackTrace();
                    System.exit(1);
                }
            }
        }
    }

    private static Map<String, Measure> measures() {
        Map<String, Measure> measures = new LinkedHashMap<>();
        measures.put(
                "pingpong.1",
                name -> messages(name, 0.8, (system, peili) -> {
                    return Messages.pingPong(system, props(system, peili, true), 1, 500_000);
                }));
        measures.put(
                "pingpong.16",
                name -> messages(name, 0.8, (system, peili) -> {
                    return Messages.pingPong(
                            system, props(system, peili, true), 16, Integer.getInteger("rounds", 60_000));
                }));
        measures.put(
                "pingpong.same-group",
                name -> messages(name, 0.8, (system, peili) -> {
                    return Messages.pingPong(system, props(system, peili, false), 1, 500_000);
                }));
        measures.put(
                "tell",
                name -> messages(name, 0.8, (system, peili) -> {
                    return Messages.tell(system, props(system, peili, true), 2_000_000);
                }));
        measures.put("foreground.100", name -> foreground(name, 100));
        measures.put("foreground.1000", name -> foreground(name, 1000));
        return measures;
    }

    private static Supplier<org.apache.pekko.actor.typed.Props> props(
            ActorSystem<?> system, boolean peili, boolean own) {
        return !peili ? () -> Systems.DEFAULT : own ? Messages.ownGroups(system) : Messages.oneGroup(system);
    }

    private interface Throughput {
        double measure(ActorSystem<Consumer<ActorContext<?>>> system, boolean peili);
    }

    private static void messages(String name, double mark, Throughput throughput) {
        ActorSystem<Consumer<ActorContext<?>>> system = Systems.start("messages");
        for (int warmUp = 0; warmUp < 2; warmUp++) {
            throughput.measure(system, true);
            throughput.measure(system, false);
        }
        List<Double> ours = new ArrayList<>();
        List<Double> theirs = new ArrayList<>();
        for (int pair = 0; pair < PAIRS; pair++) {
            ours.add(throughput.measure(system, true));
            theirs.add(throughput.measure(system, false));
        }
        Systems.stop(system);
        print(name, "msg/s", ours, theirs, true, mark);
    }

    private static void foreground(String name, int background) {
        Work work = Work.calibrated();
        List<Foreground.Result> ours = new ArrayList<>();
        List<Foreground.Result> theirs = new ArrayList<>();
        Foreground.peili(work, background, Duration.ofSeconds(1));
        Foreground.pinned(work, background, Duration.ofSeconds(1));
        for (int pair = 0; pair < PAIRS; pair++) {
            ours.add(Foreground.peili(work, background, TIME));
            theirs.add(Foreground.pinned(work, background, TIME));
        }
        print(name + ".p50", "us", map(ours, Foreground.Result::p50), map(theirs, Foreground.Result::p50), false, 1);
        print(name + ".p99", "us", map(ours, Foreground.Result::p99), map(theirs, Foreground.Result::p99), false, 1);
        print(name + ".max", "us", map(ours, Foreground.Result::max), map(theirs, Foreground.Result::max), false, 0);
        print(
                name + ".loops",
                "",
                map(ours, Foreground.Result::loops),
                map(theirs, Foreground.Result::loops),
                true,
                0.9);
    }

    private static List<Double> map(
            List<Foreground.Result> results, java.util.function.ToDoubleFunction<Foreground.Result> value) {
        return results.stream().mapToDouble(value).boxed().toList();
    }

    private static void print(
            String name, String unit, List<Double> ours, List<Double> theirs, boolean moreIsBetter, double mark) {
        double[] ratios = new double[ours.size()];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = moreIsBetter ? ours.get(i) / theirs.get(i) : theirs.get(i) / ours.get(i);
        }
        double ratio = median(ratios);
        System.out.printf(
                Locale.ROOT,
                "%-22s %,14.0f %,14.0f %-6s ratio %5.2f (%.2f-%.2f) mark %.2f %s%n",
                name,
                median(ours),
                median(theirs),
                unit,
                ratio,
                DoubleStream.of(ratios).min().orElseThrow(),
                DoubleStream.of(ratios).max().orElseThrow(),
                mark,
                ratio >= mark ? "met" : "MISSED");
    }

    private static double median(List<Double> values) {
        return median(values.stream().mapToDouble(v -> v).toArray());
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
