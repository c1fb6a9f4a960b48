package dev.peili.benchmarks;

import dev.peili.examples.OptionValues;
import dev.peili.examples.OutputFile;
import dev.peili.examples.Screen;
import dev.peili.examples.UserException;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code benchmarks/run}: the table of what Peili costs and gains. */
@Command(
        name = Run.NAME,
        sortOptions = false,
        description = {
            "Measures Peili beside what a user would take instead, in its best configuration, both in turn, and prints the"
                    + " medians, the median of the ratios with the smallest and the largest, and whether that reaches"
                    + " its mark. Above 1 is better than the peer. Each measure runs in a JVM of its own.",
            "More measures run if they are named: see the end of this text."
        },
        footerHeading = "%nMeasures:%n")
public final class Run implements Callable<Integer> {
    static final String NAME = "benchmarks/run";

    private static final int WIDTH = 76;

    private final PrintWriter out;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this, and ends.")
    @SuppressWarnings("UnusedVariable") // picocli looks at the option
    private boolean isHelp;

    @Option(names = "--quick", description = "5 pairs of half the length, instead of 11: less than six minutes in all.")
    private boolean isQuick;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Also writes the results to this file.",
            converter = OptionValues.FileName.class)
    private Optional<Path> json = Optional.empty();

    @Parameters(paramLabel = "NAME", description = "What to measure; by default the whole table.")
    private List<String> names = new ArrayList<>();

    private Run(PrintWriter out) {
        this.out = out;
    }

    /** Runs the command, and ends the process: status 0, or 1 if a measure failed, or 2 if it was not asked for properly. */
    public static void main(String[] args) {
        System.exit(run(
                args,
                new PrintWriter(System.out, true, Charset.defaultCharset()),
                new PrintWriter(System.err, true, Charset.defaultCharset())));
    }

    static int run(String[] args, PrintWriter out, PrintWriter err) {
        CommandLine line = new CommandLine(new Run(out)).setOut(out).setErr(err);
        line.getCommandSpec()
                .usageMessage()
                .footer(Stream.concat(
                                lines(Measures.names(Measures.TABLE)),
                                Stream.concat(Stream.of("By name only:"), lines(Measures.names(Measures.MORE))))
                        .toArray(String[]::new));
        return line.setParameterExceptionHandler((e, arguments) -> complain(err, e, ExitCode.USAGE))
                .setExecutionExceptionHandler((e, command, result) -> {
                    if (e instanceof UserException) {
                        return complain(err, e, ExitCode.USAGE);
                    } else if (e instanceof MeasureFailedException) {
                        return complain(err, e, ExitCode.SOFTWARE);
                    }
                    throw e;
                })
                .execute(args);
    }

    /** Names are not broken. */
    private static Stream<String> lines(List<String> names) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String name : names) {
            if (line.length() + name.length() > WIDTH) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append("  ").append(name);
        }
        lines.add(line.toString());
        return lines.stream();
    }

    private static int complain(PrintWriter err, Exception e, int status) {
        err.println(NAME + ": " + e.getMessage());
        return status;
    }

    @Override
    public Integer call() throws UserException, MeasureFailedException, InterruptedException {
        Effort effort = isQuick ? Effort.QUICK : Effort.FULL;
        Set<Measure> measures = chosen();
        Optional<OutputFile> file =
                json.isPresent() ? Optional.of(OutputFile.open(json.get(), List.of())) : Optional.empty();
        Screen screen = new Screen(out);
        screen.line(machine(effort));
        screen.line(Outcome.HEADINGS);
        List<Outcome> outcomes = new ArrayList<>();
        for (Measure measure : measures) {
            String name = measure.rows().get(0).name();
            List<Outcome> its = Fork.run(
                    measure, effort, pair -> screen.progress(name + ": pair %d of %d".formatted(pair, effort.pairs())));
            for (Outcome outcome : its) {
                if (names.isEmpty() || names.contains(outcome.row().name())) {
                    outcomes.add(outcome);
                    screen.result(outcome.toString());
                }
            }
        }
        if (file.isPresent()) {
            ResultFile.write(file.get(), outcomes);
        }
        return ExitCode.OK;
    }

    private Set<Measure> chosen() throws UserException {
        Set<Measure> measures = new LinkedHashSet<>();
        for (String name : names) {
            try {
                measures.add(Measures.of(name));
            } catch (IllegalArgumentException e) {
                throw new UserException(e.getMessage() + "; --help lists them", e);
            }
        }
        return measures.isEmpty() ? new LinkedHashSet<>(Measures.TABLE) : measures;
    }

    private static String machine(Effort effort) {
        return String.format(
                Locale.ROOT,
                "%d processors, %s %s, %d pairs",
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.vm.name"),
                Runtime.version(),
                effort.pairs());
    }
}
