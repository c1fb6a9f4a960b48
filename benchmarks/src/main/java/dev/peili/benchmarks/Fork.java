package dev.peili.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;

/**
 * Runs a measure in a JVM of its own, so that none finds code that was compiled for another. What it has to say are lines of
 * its standard output.
 */
public final class Fork {
    private static final String PAIR = "pair ";
    private static final String OUTCOME = "outcome ";
    /** Of what else it writes, so much is shown if it fails. */
    private static final int LINES = 40;

    private Fork() {}

    /** @param progress is told how many pairs are done */
    static List<Outcome> run(Measure measure, Effort effort, IntConsumer progress)
            throws MeasureFailedException, InterruptedException {
        String name = measure.rows().get(0).name();
        Process process = start(name, effort);
        // For the case that somebody ends this process.
        Thread end = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(end);
        List<Outcome> outcomes = new ArrayList<>();
        Deque<String> others = new ArrayDeque<>();
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(PAIR)) {
                    progress.accept(Integer.parseInt(line.substring(PAIR.length())));
                } else if (line.startsWith(OUTCOME)) {
                    outcomes.add(outcome(measure.rows().get(outcomes.size()), line));
                } else {
                    others.add(line);
                    if (others.size() > LINES) {
                        others.remove();
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        int status = process.waitFor();
        Runtime.getRuntime().removeShutdownHook(end);
        if (status != 0 || outcomes.size() != measure.rows().size()) {
            throw new MeasureFailedException(
                    name + " failed; its JVM ended with status " + status + " after:\n" + String.join("\n", others));
        }
        return outcomes;
    }

    private static Process start(String name, Effort effort) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                Fork.class.getName(),
                name,
                String.valueOf(effort.pairs()),
                String.valueOf(effort.scale())));
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Outcome outcome(Row row, String line) {
        String[] values = line.substring(OUTCOME.length()).split(" ", 2);
        return new Outcome(row, numbers(values[0]), numbers(values[1]));
    }

    private static List<Double> numbers(String values) {
        return Arrays.stream(values.split(",")).map(Double::valueOf).toList();
    }

    private static String text(List<Double> values) {
        return values.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    /**
     * The other JVM.
     *
     * @param args the name of a row, the number of pairs, and the scale
     */
    public static void main(String[] args) {
        Effort effort = new Effort(Integer.parseInt(args[1]), Double.parseDouble(args[2]));
        try {
            Measures.of(args[0])
                    .run(effort, pair -> System.out.println(PAIR + pair))
                    .forEach(outcome ->
                            System.out.println(OUTCOME + text(outcome.ours()) + " " + text(outcome.theirs())));
        } catch (RuntimeException | Error e) {
            e.printStackTrace();
            // An actor system would keep the process alive.
            System.exit(1);
        }
        System.exit(0);
    }
}
