package dev.peili.examples;

import dev.peili.examples.browser.BrowserCommand;
import dev.peili.examples.desk.DeskCommand;
import dev.peili.examples.http.HttpChannelCommand;
import dev.peili.examples.simulate.SimulateCommand;
import dev.peili.examples.webrtc.WebrtcCommand;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line of the examples; without arguments it runs {@code browser}. */
@Command(
        name = Main.NAME,
        description = "Runnable systems that show what Peili does. Without a command: browser.",
        synopsisSubcommandLabel = "[COMMAND]",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = Main.Version.class)
public final class Main implements Callable<Integer> {
    static final String NAME = "peili-examples";

    private final BrowserCommand browser;

    private Main(BrowserCommand browser) {
        this.browser = browser;
    }

    /**
     * Runs a command and ends the process: status 0 if it went well, 1 if it did not come to what it
     * was to show, 2 if it was not asked for properly.
     *
     * @param args a command and its arguments; none runs {@code browser}
     */
    public static void main(String[] args) {
        System.exit(run(args, writer(System.out), writer(System.err)));
    }

    static int run(String[] args, PrintWriter out, PrintWriter err) {
        BrowserCommand browser = new BrowserCommand(out);
        return new CommandLine(new Main(browser))
                .addSubcommand(browser)
                .addSubcommand(new SimulateCommand(out))
                .addSubcommand(new WebrtcCommand(out))
                .addSubcommand(new DeskCommand(out))
                .addSubcommand(new HttpChannelCommand(out))
                .setOut(out)
                .setErr(err)
                .setParameterExceptionHandler((e, arguments) -> complain(err, problem(e), ExitCode.USAGE))
                .setExecutionExceptionHandler((e, command, result) -> {
                    if (e instanceof UserException) {
                        return complain(err, String.valueOf(e.getMessage()), ExitCode.USAGE);
                    } else if (e instanceof FailedException) {
                        return complain(err, String.valueOf(e.getMessage()), ExitCode.SOFTWARE);
                    }
                    throw e;
                })
                .execute(args);
    }

    @Override
    public Integer call() throws Exception {
        return browser.call();
    }

    private static int complain(PrintWriter err, String problem, int status) {
        err.println(NAME + ": " + problem.replaceAll("\\p{Cntrl}+", " "));
        err.flush();
        return status;
    }

    private static String problem(CommandLine.ParameterException e) {
        if (e instanceof UnmatchedArgumentException unmatched
                && unmatched.getCommandLine().getParent() == null) {
            String first = unmatched.getUnmatched().get(0);
            if (!unmatched.isUnknownOption()) {
                return "'" + first + "' is not a command; --help lists them";
            }
            String option = first.split("=", 2)[0];
            for (CommandLine command :
                    unmatched.getCommandLine().getSubcommands().values()) {
                if (command.getCommandSpec().optionsMap().containsKey(option)) {
                    return "Unknown option: '%s'; did you mean '%s %s'? See --help"
                            .formatted(option, command.getCommandName(), option);
                }
            }
        }
        return String.valueOf(e.getMessage());
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, Charset.defaultCharset()), true);
    }

    /** What the build wrote into the manifest; there is none when the classes were not packaged. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {NAME + " " + (version == null ? "(not packaged)" : version)};
        }
    }
}
