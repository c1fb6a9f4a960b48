package dev.peili.examples;

/** Placeholder entry point of the runnable jar, to be replaced by the real command line. */
public final class Main {
    private Main() {}

    /**
     * Prints that there is nothing to run yet.
     *
     * @param args the command line, ignored
     */
    public static void main(String[] args) {
        System.out.println("peili-examples: no example yet");
    }
}
