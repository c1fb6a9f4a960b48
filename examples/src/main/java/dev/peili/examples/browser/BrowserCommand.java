package dev.peili.examples.browser;

import dev.peili.examples.OptionValues;
import dev.peili.examples.OutputFile;
import dev.peili.examples.RecordingException;
import dev.peili.examples.Screen;
import dev.peili.examples.UserException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import jdk.jfr.FlightRecorder;
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
            converter = OptionValues.FileName.class)
    private Optional<Path> json = Optional.empty();

    @Option(
            names = "--trace-out",
            paramLabel = "FILE",
            description = "Also writes what the runs on Peili did, turn by turn, to this file: a Chrome trace for"
                    + " ui.perfetto.dev or chrome://tracing, packed if its name ends in .gz.",
            converter = OptionValues.FileName.class)
    private Optional<Path> traceOut = Optional.empty();

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
        if (traceOut.isPresent()) {
            checkThatTurnsCanBeRecorded();
        }
        List<Script> scripts = read();
        Optional<OutputFile> results = open(json);
        Optional<OutputFile> trace = open(traceOut);
        if (trace.isPresent() && json.isPresent()) {
            trace.get().checkIsNot(json.get());
        }
        Load load = new Load(scripts, background.map(OptionalInt::of).orElseGet(OptionalInt::empty), length);
        Screen screen = new Screen(out);
        Work work = Work.calibrate();
        Introduction.lines(load, work).forEach(screen::line);
        try (TurnRecorder recorder = new TurnRecorder()) {
            Trial trial = new Trial(load, work, trace.isPresent() ? recorder : Trial.Recorder.NONE);
            List<RunResult> runs = compare(trial, screen);
            Comparison.lines(runs).forEach(screen::line);
            if (results.isPresent()) {
                JsonFile.write(results.get(), scripts, runs);
            }
            if (trace.isPresent()) {
                TraceFile.write(trace.get(), recorder.takes());
                TraceFile.lines(trace.get()).forEach(screen::line);
            }
        }
        return ExitCode.OK;
    }

    private void checkThatTurnsCanBeRecorded() throws UserException {
        if (contenders().stream().noneMatch(Contender::isPeili)) {
            throw new UserException("option '--trace-out' is of no use with '--only "
                    + contenders().get(0) + "': only runs on Peili give such a trace");
        }
        if (!FlightRecorder.isAvailable()) {
            throw new UserException("option '--trace-out' needs Flight Recorder, which this Java does not have");
        }
    }

    private List<Contender> contenders() {
        return only.map(List::of).orElseGet(() -> Arrays.asList(Contender.values()));
    }

    private Optional<OutputFile> open(Optional<Path> file) throws UserException {
        return file.isPresent() ? Optional.of(OutputFile.open(file.get(), traces)) : Optional.empty();
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
        } catch (RecordingException e) {
            throw new UserException(String.valueOf(e.getMessage()), e);
        }
        return scripts;
    }

    private List<RunResult> compare(Trial trial, Screen screen) throws UserException, InterruptedException {
        List<Contender> contenders = contenders();
        List<RunResult> results = new ArrayList<>();
        for (Contender contender : contenders) {
            String step = "run %d of %d: %s".formatted(results.size() + 1, contenders.size(), contender);
            screen.step(step);
            try {
                results.add(trial.run(
                        contender,
                        (run, planned) ->
                                screen.progress(step + ", foreground tasks run: %d of %d".formatted(run, planned))));
            } catch (UncheckedIOException e) {
                throw new UserException(String.valueOf(e.getMessage()), e);
            }
        }
        screen.endOfSteps();
        return results;
    }
}
