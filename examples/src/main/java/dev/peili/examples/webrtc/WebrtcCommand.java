package dev.peili.examples.webrtc;

import dev.peili.examples.FailedException;
import dev.peili.examples.OptionValues;
import dev.peili.examples.OutputFile;
import dev.peili.examples.Screen;
import dev.peili.examples.UserException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

/** The command {@code webrtc}: connects mirrors in the old way and in the new one, and counts races. */
@Command(
        name = "webrtc",
        sortOptions = false,
        description = {
            "Connects mirrors in two ways, one of which is a race, and compares them.",
            "A media conduit mirrors the state of a call. If its mirrors connect themselves, as Firefox's did until"
                    + " 2023, it may see an event before the state that the event is about; if the state's owner"
                    + " connects them, it cannot. The exit status is 0, and 1 if that were not true."
        })
public final class WebrtcCommand implements Callable<Integer> {
    private static final int MAX_ROUNDS = 10_000_000;

    private final PrintWriter out;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description =
                    "How many connections of each way, from 1 to " + MAX_ROUNDS + ". By default" + " ${DEFAULT-VALUE}.",
            defaultValue = "5000",
            converter = Rounds.class)
    private int rounds;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Also writes the results to this file.",
            converter = OptionValues.FileName.class)
    private Optional<Path> json = Optional.empty();

    /** @param out where the results go */
    public WebrtcCommand(PrintWriter out) {
        this.out = out;
    }

    static final class Rounds implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String value) {
            return OptionValues.wholeNumber(value, 1, MAX_ROUNDS);
        }
    }

    @Override
    public Integer call() throws UserException, FailedException {
        Optional<OutputFile> results =
                json.isPresent() ? Optional.of(OutputFile.open(json.get(), List.of())) : Optional.empty();
        Tallies tallies = tell(new Screen(out));
        if (results.isPresent()) {
            TallyFile.write(results.get(), rounds, tallies);
        }
        check(tallies.canonicalInitialized());
        return ExitCode.OK;
    }

    private Tallies tell(Screen screen) {
        Report.introduction().forEach(screen::line);
        String step = "connecting, %d time%s each way".formatted(rounds, rounds == 1 ? "" : "s");
        screen.step(step);
        Tallies tallies = new Trial(rounds)
                .run(played -> screen.progress(step + ": " + (played == 0 ? "warm-up" : Integer.toString(played))));
        screen.endOfSteps();
        Report.results(tallies).forEach(screen::line);
        return tallies;
    }

    private static void check(Tally ownersConnect) throws FailedException {
        if (ownersConnect.races() > 0) {
            throw new FailedException("where owners connect there must be no race, but there was one in "
                    + ownersConnect.races() + " of " + ownersConnect.rounds() + " rounds");
        }
    }
}
