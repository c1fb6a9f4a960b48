package dev.peili.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class MainTest {
    @Test
    void help_listsTheCommands() {
        Console console = Console.run("--help");
        console.wentWell();
        assertThat(console.out())
                .contains(
                        "Usage: peili-examples", "Commands:", "browser", "simulate", "webrtc", "desk", "http-channel");
        assertThat(console.out().lines()).allMatch(line -> line.length() <= 80);
    }

    @Test
    void helpOfBrowser_namesItsOptions() {
        Console console = Console.run("browser", "--help");
        console.wentWell();
        assertThat(console.out())
                .contains(
                        "[TRACE...]",
                        "--background=N",
                        "--seconds=S",
                        "--json=FILE",
                        "--trace-out=FILE",
                        "--only=NAME");
        assertThat(console.out().lines()).allMatch(line -> line.length() <= 80);
    }

    @Test
    void helpOfSimulate_namesItsOptions() {
        Console console = Console.run("simulate", "--help");
        console.wentWell();
        assertThat(console.out()).contains("--schedules=N", "default 10000", "--seed=S", "default 1", "--json=FILE");
        assertThat(console.out().lines()).allMatch(line -> line.length() <= 80);
    }

    @Test
    void helpOfWebrtc_namesItsOptions() {
        Console console = Console.run("webrtc", "--help");
        console.wentWell();
        assertThat(console.out()).contains("--rounds=N", "default 5000", "--json=FILE");
        assertThat(console.out().lines()).allMatch(line -> line.length() <= 80);
    }

    @Test
    void helpOfDesk_namesItsOptions() {
        Console console = Console.run("desk", "--help");
        console.wentWell();
        assertThat(console.out()).contains("--turns=N", "default 100000", "--json=FILE");
        assertThat(console.out().lines()).allMatch(line -> line.length() <= 80);
    }

    @Test
    void helpOfHttpChannel_namesItsOptions() {
        Console console = Console.run("http-channel", "--help");
        console.wentWell();
        assertThat(console.out()).contains("[LOG...]", "--processes=N", "--kill-after=MESSAGES", "--json=FILE");
        assertThat(console.out().lines()).allMatch(line -> line.length() <= 80);
    }

    @Test
    void version_namesTheProgram() {
        Console console = Console.run("--version");
        console.wentWell();
        assertThat(console.out()).startsWith("peili-examples ");
        assertThat(console.out().lines()).hasSize(1);
    }

    @Test
    void unknownCommand_isRefused() {
        Console.run("brwser").refused("'brwser' is not a command; --help lists them");
    }

    @Test
    void unknownOption_isRefused() {
        Console.run("--nonsense").refused("Unknown option: '--nonsense'");
        Console.run("browser", "--nonsense").refused("Unknown option: '--nonsense'");
    }

    @Test
    void optionOfACommand_withoutTheCommand_namesIt() {
        Console.run("--only", "peili").refused("Unknown option: '--only'; did you mean 'browser --only'? See --help");
        Console.run("--seconds=1").refused("Unknown option: '--seconds'; did you mean 'browser --seconds'? See --help");
        Console.run("--seed=1").refused("Unknown option: '--seed'; did you mean 'simulate --seed'? See --help");
        Console.run("--rounds=1").refused("Unknown option: '--rounds'; did you mean 'webrtc --rounds'? See --help");
        Console.run("--turns=1").refused("Unknown option: '--turns'; did you mean 'desk --turns'? See --help");
        Console.run("--processes=2")
                .refused("Unknown option: '--processes'; did you mean 'http-channel --processes'? See --help");
    }

    @Test
    void lineBreakInAnArgument_staysOneLine() {
        Console.run("a\nb").refused("'a b' is not a command; --help lists them");
    }
}
