package dev.peili.examples.desk;

import dev.peili.examples.FailedException;
import dev.peili.examples.OptionValues;
import dev.peili.examples.OutputFile;
import dev.peili.examples.Screen;
import dev.peili.examples.UserException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

/** The command {@code desk}: mirrors of a trading desk, in viewers that are not all fast enough. */
@Command(
        name = "desk",
        sortOptions = false,
        description = {
            "Mirrors the values of a trading desk in several viewers, one of which is slow.",
            "No viewer ever renders values of two different turns of the desk, and the slow one costs no memory that"
                    + " grows: it skips turns. For comparison, the same is done with a message for each turn. The"
                    + " exit status is 0, and 1 if a viewer did render values of different turns."
        })
public final class DeskCommand implements Callable<Integer> {
    private static final int MAX_TURNS = 100_000_000;
    /** More of them might need more memory than there is. */
    private static final int MAX_MESSAGES = 200_000;

    private final PrintWriter out;

    @Option(
            names = "--turns",
            paramLabel = "N",
            description = "How many turns of the desk, from 1 to " + MAX_TURNS + "; at most " + MAX_MESSAGES
                    + " in the comparison. By default ${DEFAULT-VALUE}.",
            defaultValue = "100000",
            converter = Turns.class)
    private int turns;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Also writes the results to this file.",
            converter = OptionValues.FileName.class)
    private Optional<Path> json = Optional.empty();

    /** @param out where the results go */
    public DeskCommand(PrintWriter out) {
        this.out = out;
    }

    static final class Turns implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String value) {
            return OptionValues.wholeNumber(value, 1, MAX_TURNS);
        }
    }

    @Override
    public Integer call() throws UserException, FailedException {
        Optional<OutputFile> results =
                json.isPresent() ? Optional.of(OutputFile.open(json.get(), List.of())) : Optional.empty();
        Screen screen = new Screen(out);
        Report.introduction().forEach(screen::line);
        Outcome mirrors = run(Way.MIRRORS, turns, "with mirrors", screen);
        Outcome messages = run(Way.MESSAGES, Math.min(turns, MAX_MESSAGES), "with a message for each turn", screen);
        screen.endOfSteps();
        Report.viewers(mirrors).forEach(screen::line);
        Report.comparison(mirrors, messages).forEach(screen::line);
        if (results.isPresent()) {
            OutcomeFile.write(results.get(), mirrors, messages);
        }
        check(mirrors);
        return ExitCode.OK;
    }

    private static Outcome run(Way way, int turns, String how, Screen screen) {
        String step = String.format(Locale.ROOT, "%,d turn%s %s", turns, turns == 1 ? "" : "s", how);
        screen.step(step);
        return new Session(way, turns).run(turn -> screen.progress(String.format(Locale.ROOT, "%s: %,d", step, turn)));
    }

    private static void check(Outcome mirrors) throws FailedException {
        if (mirrors.mixed() > 0) {
            throw new FailedException("viewers rendered values of different turns, in " + mirrors.mixed() + " lines");
        }
    }
}
