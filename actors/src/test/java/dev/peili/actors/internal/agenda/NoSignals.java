package dev.peili.actors.internal.agenda;

/** For who plays all threads, and needs not be woken. */
final class NoSignals implements Signals {
    @Override
    public void ready() {}

    @Override
    public void urgent() {}
}
