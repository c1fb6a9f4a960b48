package dev.peili.actors.internal.dispatch;

/** Who is told of turns that keep their thread for too long. Called by one thread at a time, which is none of the pool's. */
public interface TurnReports {
    /** Whether anybody wants to know. */
    boolean wanted();

    /** A turn was found, at a place in the code where none was found before. */
    void slow(SlowTurn turn);

    /** So many places were reported, and there will be no further one. */
    void noMore(int places);
}
