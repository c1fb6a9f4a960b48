package dev.peili.mirroring;

import java.util.Optional;

/** A message between actors, or from the test. */
final class Note {
    final String sender;
    final Player receiver;
    final int serial;
    /** Whether it is the last, which does nothing. */
    final boolean isLast;

    Optional<Requirement> requirement = Optional.empty();
    boolean handled;

    Note(String sender, Player receiver, int serial, boolean isLast) {
        this.sender = sender;
        this.receiver = receiver;
        this.serial = serial;
        this.isLast = isLast;
    }

    @Override
    public String toString() {
        return "message " + serial + " from " + sender + " to " + receiver;
    }
}
