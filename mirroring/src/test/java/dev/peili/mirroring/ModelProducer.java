package dev.peili.mirroring;

/** An event producer. */
record ModelProducer(Player owner, String name, EventProducer<Happening> real) implements ModelSource {
    @Override
    public int version() {
        return 0;
    }

    @Override
    public String toString() {
        return name;
    }
}
