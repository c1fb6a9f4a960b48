package dev.peili.examples.browser;

import dev.peili.examples.UserException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code browser}: replays recorded browser sessions on several dispatchers and compares them. */
@Command(
        name = "browser",
        sortOptions = false,
        description = {
            "Replays recorded browser sessions on Peili and on Pekko's dispatchers.",
            "The first recording is played in a visible tab, each task at its recorded time. All of them are played in"
                    + " background tabs, over and over, as fast as those get to; so the processors are always busy. A"
                    + " task burns its recorded CPU time, the same number of iterations everywhere."
        })
public final class BrowserCommand implements Callable<Integer> {
    private final PrintWriter out;

    @Parameters(
            paramLabel = "TRACE",
            description = "Chrome traces as DevTools saves them, plain or gzip, each one tab; by default a recording"
                    + " that comes with the program.")
    private List<Path> traces = new ArrayList<>();

    @Option(
            names = "--background",
            paramLabel = "N",
            description = "How many background tabs, from 1 to " + Arguments.MAX_TABS + ". By default as many as would"
                    + " need three times the processors at recorded speed.",
            converter = Arguments.Tabs.class)
    private Optional<Integer> background = Optional.empty();

    @Option(
            names = "--seconds",
            paramLabel = "S",
            description = "How long each run takes, from 0.1 to " + Arguments.MAX_SECONDS + ", and its warm-up of at"
                    + " most 2 seconds. By default 5.",
            converter = Arguments.Seconds.class)
    private Optional<Duration> length = Optional.empty();

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Also writes the results to this file.",
            converter = Arguments.FileName.class)
    private Optional<Path> json = Optional.empty();

    @Option(
            names = "--only",
            paramLabel = "NAME",
            description = "Runs on one dispatcher only: peili, peili-alone, pekko-default, pekko-thread-pool or"
                    + " pekko-bulkhead.",
            converter = Arguments.Dispatcher.class)
    private Optional<Contender> only = Optional.empty();

    /** @param out where the results go */
    public BrowserCommand(PrintWriter out) {
        this.out = out;
    }

    @Override
    public Integer call() throws UserException, InterruptedException {
        List<Script> scripts = read();
        Optional<JsonFile> file = json.isPresent() ? Optional.of(JsonFile.open(json.get(), traces)) : Optional.empty();
        Load load = new Load(scripts, background.map(OptionalInt::of).orElseGet(OptionalInt::empty), length);
        Screen screen = new Screen(out);
        Work work = Work.calibrate();
        Introduction.lines(load, work).forEach(screen::line);
        List<RunResult> results = compare(new Trial(load, work), screen);
        Comparison.lines(results).forEach(screen::line);
        if (file.isPresent()) {
            file.get().write(scripts, results);
        }
        return ExitCode.OK;
    }

    private List<Script> read() throws UserException {
        List<Script> scripts = new ArrayList<>();
        try {
            for (Path trace : traces) {
                if (trace.toString().isBlank()) {
                    throw new UserException("'" + trace + "' is not the name of a file");
                }
                scripts.add(Script.of(TraceReader.read(trace)));
            }
            if (traces.isEmpty()) {
                scripts.add(Script.of(ShippedRecording.read()));
            }
        } catch (TraceException e) {
            throw new UserException(String.valueOf(e.getMessage()), e);
        }
        return scripts;
    }

    private List<RunResult> compare(Trial trial, Screen screen) throws InterruptedException {
        List<Contender> contenders = only.map(List::of).orElseGet(() -> Arrays.asList(Contender.values()));
        List<RunResult> results = new ArrayList<>();
        for (Contender contender : contenders) {
            String step = "run %d of %d: %s".formatted(results.size() + 1, contenders.size(), contender);
            screen.step(step);
            results.add(trial.run(
                    contender,
                    (run, planned) ->
                            screen.progress(step + ", foreground tasks run: %d of %d".formatted(run, planned))));
        }
        screen.endOfSteps();
        return results;
    }
}
