package dev.peili.examples.http;

import dev.peili.examples.FailedException;
import dev.peili.examples.OptionValues;
import dev.peili.examples.OutputFile;
import dev.peili.examples.RecordingException;
import dev.peili.examples.Screen;
import dev.peili.examples.UserException;
import dev.peili.ipc.DestroyReason;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code http-channel}: what a browser loads, as channels between two of its processes. */
@Command(
        name = "http-channel",
        sortOptions = false,
        description = {
            "Plays what a browser loaded as channels between a parent and its content.",
            "Every message has to run in the group that was chosen before its actor existed, and in order; the content"
                    + " checks each of them. The exit status is 0, and 1 if one did not, or was lost."
        })
public final class HttpChannelCommand implements Callable<Integer> {
    private static final int MAX_MESSAGES = 1_000_000_000;

    private final PrintWriter out;

    @Parameters(
            paramLabel = "LOG",
            description = "DevTools protocol logs, plain or gzip; by default one that comes with the program.")
    private List<Path> logs = new ArrayList<>();

    @Option(
            names = "--processes",
            paramLabel = "N",
            description =
                    "1 for both sides in this process, which is the default; 2 for the content in a JVM of its own.",
            defaultValue = "1",
            converter = Processes.class)
    private int processes;

    @Option(
            names = "--kill-after",
            paramLabel = "MESSAGES",
            description = "Kills the content process as soon as so many messages have been sent to it, and shows what"
                    + " the actors of the parent are told. Needs --processes 2.",
            converter = Messages.class)
    private Optional<Integer> killAfter = Optional.empty();

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Also writes the results to this file.",
            converter = OptionValues.FileName.class)
    private Optional<Path> json = Optional.empty();

    /** @param out where the results go */
    public HttpChannelCommand(PrintWriter out) {
        this.out = out;
    }

    static final class Processes implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String value) {
            return OptionValues.wholeNumber(value, 1, 2);
        }
    }

    static final class Messages implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String value) {
            return OptionValues.wholeNumber(value, 1, MAX_MESSAGES);
        }
    }

    @Override
    public Integer call() throws UserException, FailedException, InterruptedException {
        checkOptions();
        List<Script> scripts = read();
        if (killAfter.isPresent()) {
            checkLengths(scripts, killAfter.get());
        }
        Optional<OutputFile> results =
                json.isPresent() ? Optional.of(OutputFile.open(json.get(), logs)) : Optional.empty();
        Screen screen = new Screen(out);
        Report.introduction(processes).forEach(screen::line);
        if (killAfter.isPresent()) {
            crash(scripts, killAfter.get(), screen);
        } else {
            play(scripts, results, screen);
        }
        return ExitCode.OK;
    }

    private void checkOptions() throws UserException {
        if (killAfter.isPresent() && processes == 1) {
            throw new UserException("option '--kill-after' needs '--processes 2'");
        }
        if (killAfter.isPresent() && json.isPresent()) {
            throw new UserException(
                    "option '--json' is of no use with '--kill-after': a killed process has no results");
        }
    }

    private static void checkLengths(List<Script> scripts, int kill) throws UserException {
        for (Script script : scripts) {
            long messages = Counts.of(script).messages();
            if (messages < kill) {
                throw new UserException("option '--kill-after': " + script.name() + " has only " + messages + " message"
                        + (messages == 1 ? "" : "s") + ", not " + kill);
            }
        }
    }

    private List<Script> read() throws UserException {
        List<Script> scripts = new ArrayList<>();
        try {
            for (Path log : logs) {
                if (log.toString().isBlank()) {
                    throw new UserException("'" + log + "' is not the name of a file");
                }
                scripts.add(LogReader.read(log));
            }
            if (logs.isEmpty()) {
                scripts.add(ShippedLog.read());
            }
        } catch (RecordingException e) {
            throw new UserException(String.valueOf(e.getMessage()), e);
        }
        return scripts;
    }

    private void play(List<Script> scripts, Optional<OutputFile> results, Screen screen)
            throws UserException, FailedException, InterruptedException {
        List<Playback> playbacks = new ArrayList<>();
        for (Script script : scripts) {
            String step = step(script, screen);
            playbacks.add(new Session().play(script, processes, sent -> screen.progress(step + sent)));
            screen.endOfSteps();
            Report.results(playbacks.get(playbacks.size() - 1)).forEach(screen::line);
        }
        Report.legend().forEach(screen::line);
        if (results.isPresent()) {
            ResultFile.write(results.get(), playbacks);
        }
        for (Playback playback : playbacks) {
            check(playback);
        }
    }

    private static String step(Script script, Screen screen) {
        String step = "playing " + Screen.end(script.name(), 40);
        screen.step(step);
        return step + ", messages sent: ";
    }

    private static void check(Playback playback) throws FailedException {
        Script script = playback.script();
        Tally all = playback.results().all();
        if (all.misrouted() > 0 || all.outOfOrder() > 0) {
            throw new FailedException("%s: %d messages ran in a wrong group, %d out of order"
                    .formatted(script.name(), all.misrouted(), all.outOfOrder()));
        }
        Optional<String> difference = playback.results().counts().differenceTo(Counts.of(script));
        if (difference.isPresent()) {
            throw new FailedException(
                    script.name() + ": what the content saw is not what the log has: " + difference.get());
        }
    }

    private static void crash(List<Script> scripts, int kill, Screen screen)
            throws FailedException, InterruptedException {
        for (Script script : scripts) {
            String step = step(script, screen);
            Crash crash = Session.withShortSilence().crash(script, kill, sent -> screen.progress(step + sent));
            screen.endOfSteps();
            Report.crash(crash).forEach(screen::line);
            check(crash);
        }
        Report.legendOfCrash().forEach(screen::line);
    }

    /** A process that is gone is gone for all that had not ended before. */
    private static void check(Crash crash) throws FailedException {
        for (DestroyReason why : Arrays.asList(DestroyReason.values())) {
            if (why != DestroyReason.DELETED
                    && why != DestroyReason.PEER_CRASHED
                    && !crash.told(why).isEmpty()) {
                throw new FailedException(crash.script().name() + ": after a crash, actors were told " + why);
            }
        }
    }
}
