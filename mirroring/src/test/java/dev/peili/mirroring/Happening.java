package dev.peili.mirroring;

/** An event. */
final class Happening {
    final ModelProducer producer;
    final int serial;
    final Requirement requirement;
    /** Whether the turn that has fired it has ended, and well. */
    boolean committed;

    Happening(ModelProducer producer, int serial, Requirement requirement) {
        this.producer = producer;
        this.serial = serial;
        this.requirement = requirement;
    }

    @Override
    public String toString() {
        return "event " + serial + " of " + producer;
    }
}
