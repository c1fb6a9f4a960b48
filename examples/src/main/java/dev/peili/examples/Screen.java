package dev.peili.examples;

import java.io.Console;
import java.io.PrintWriter;

/** Standard output: where it is a terminal, the current step is one line that is written over; elsewhere there is one line each. */
public final class Screen {
    private static final int WIDTH = 79;

    private final PrintWriter out;
    private final boolean terminal;

    /** Writes to this, which is standard output. */
    public Screen(PrintWriter out) {
        this(out, isTerminal());
    }

    Screen(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    @SuppressWarnings("SystemConsoleNull") // the newer question is asked below
    private static boolean isTerminal() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            // Since JDK 22 there is a console in any case, and this method to ask it.
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }

    /** A long name's end says more than its beginning. */
    public static String end(String name, int length) {
        String line = name.replaceAll("\\p{Cntrl}", "?");
        return line.length() <= length ? line : "..." + line.substring(line.length() - length + 3);
    }

    /** Writes a line of its own. */
    public void line(String line) {
        out.println(line);
        out.flush();
    }

    /** Begins a step. */
    public void step(String step) {
        if (terminal) {
            rewrite(step);
        } else {
            line(step);
        }
    }

    /** Says how far the current step is; only where that can be written over. */
    public void progress(String progress) {
        if (terminal) {
            rewrite(progress);
        }
    }

    /** Writes a line in the place of the progress. */
    public void result(String line) {
        if (terminal) {
            rewrite("");
            out.print('\r');
        }
        line(line);
    }

    /** What is written next begins a line. */
    public void endOfSteps() {
        if (terminal) {
            rewrite("");
            out.print('\r');
        } else {
            out.println();
        }
        out.flush();
    }

    private void rewrite(String text) {
        String line = text.substring(0, Math.min(text.length(), WIDTH));
        out.print("\r" + line + " ".repeat(WIDTH - line.length()));
        out.flush();
    }
}
