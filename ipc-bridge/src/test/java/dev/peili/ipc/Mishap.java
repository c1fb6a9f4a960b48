package dev.peili.ipc;

/** What is thrown on purpose. */
final class Mishap extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Mishap() {
        super("on purpose", null, false, false);
    }
}
