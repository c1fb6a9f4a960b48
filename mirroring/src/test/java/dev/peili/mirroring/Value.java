package dev.peili.mirroring;

/** A value of a canonical; there are so few that a turn often sets the one that was there. */
record Value(String canonical, int number) {
    @Override
    public String toString() {
        return canonical + "=" + number;
    }
}
