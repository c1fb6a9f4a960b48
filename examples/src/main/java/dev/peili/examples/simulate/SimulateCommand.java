package dev.peili.examples.simulate;

import dev.peili.examples.FailedException;
import dev.peili.examples.OptionValues;
import dev.peili.examples.OutputFile;
import dev.peili.examples.Screen;
import dev.peili.examples.UserException;
import dev.peili.testkit.SearchResult;
import dev.peili.testkit.Simulator;
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

/** The command {@code simulate}: looks for an order of messages in which a small system fails. */
@Command(
        name = "simulate",
        sortOptions = false,
        description = {
            "Finds a race between actors by running them in one order after the other.",
            "A dashboard may miss a price that comes while it subscribes to a cache. The system is simulated on one"
                    + " thread, where a seed decides the order of all steps, until that happens; and as often without"
                    + " the mistake. The exit status is 0 if only the first is found to fail, and 1 if not."
        })
public final class SimulateCommand implements Callable<Integer> {
    private static final int MAX_SCHEDULES = 100_000_000;
    private static final long PROGRESS_NANOS = 100_000_000;

    private final PrintWriter out;

    @Option(
            names = "--schedules",
            paramLabel = "N",
            description =
                    "How many orders are tried at most, from 1 to " + MAX_SCHEDULES + ". By default ${DEFAULT-VALUE}.",
            defaultValue = "10000",
            converter = Schedules.class)
    private int schedules;

    @Option(
            names = "--seed",
            paramLabel = "S",
            description = "The seed of the first; each of the others has the next larger one. By default"
                    + " ${DEFAULT-VALUE}.",
            defaultValue = "1",
            converter = Seed.class)
    private long seed;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Also writes the results to this file.",
            converter = OptionValues.FileName.class)
    private Optional<Path> json = Optional.empty();

    /** @param out where the results go */
    public SimulateCommand(PrintWriter out) {
        this.out = out;
    }

    static final class Schedules implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String value) {
            return OptionValues.wholeNumber(value, 1, MAX_SCHEDULES);
        }
    }

    static final class Seed implements ITypeConverter<Long> {
        @Override
        public Long convert(String value) {
            try {
                return Long.valueOf(value);
            } catch (NumberFormatException e) {
                throw OptionValues.wrong(value, "a whole number of at most 64 bits");
            }
        }
    }

    @Override
    public Integer call() throws UserException, FailedException {
        Optional<OutputFile> results =
                json.isPresent() ? Optional.of(OutputFile.open(json.get(), List.of())) : Optional.empty();
        Findings findings = tell(new Screen(out));
        if (results.isPresent()) {
            FindingsFile.write(results.get(), findings);
        }
        check(findings);
        return ExitCode.OK;
    }

    private Findings tell(Screen screen) {
        Story.introduction().forEach(screen::line);
        try (Simulator simulator = Simulator.create()) {
            SearchResult asking = search(simulator, new Scenario(Dashboard::asking), screen);
            asking.failure()
                    .map(race -> Story.race(race, asking))
                    .orElseGet(Story::noRace)
                    .forEach(screen::line);
            Story.remedy().forEach(screen::line);
            SearchResult following = search(simulator, new Scenario(Dashboard::following), screen);
            Findings findings = new Findings(asking, following);
            Story.following(findings).forEach(screen::line);
            if (schedules > 1) {
                findings.race().ifPresent(race -> Story.again(race.seed()).forEach(screen::line));
            }
            return findings;
        }
    }

    private SearchResult search(Simulator simulator, Scenario scenario, Screen screen) {
        String step = Story.step(schedules, seed);
        screen.step(step);
        long[] shown = {System.nanoTime()};
        SearchResult result = simulator.search(seed, schedules, simulation -> {
            if (System.nanoTime() - shown[0] > PROGRESS_NANOS) {
                shown[0] = System.nanoTime();
                screen.progress(String.format(Locale.ROOT, "%s: %,d", step, simulation.seed() - seed));
            }
            scenario.run(simulation);
        });
        screen.endOfSteps();
        return result;
    }

    private void check(Findings findings) throws FailedException {
        if (findings.following().failure().isPresent()) {
            throw new FailedException("the dashboard that follows fails, too: seed "
                    + findings.following().failure().get().seed());
        } else if (findings.race().isEmpty()) {
            throw new FailedException("the race was not found in " + Story.count(schedules, "schedule") + ", from seed "
                    + seed + " on; try more");
        }
    }
}
