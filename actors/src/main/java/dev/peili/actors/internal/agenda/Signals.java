package dev.peili.actors.internal.agenda;

/** What the agenda tells whoever owns the threads. Called with no lock held, on any thread. */
public interface Signals {
    /** There is work that an idle seat could take. */
    void ready();

    /** There is urgent work, so whoever runs background work should look up at its next checkpoint. */
    void urgent();
}
