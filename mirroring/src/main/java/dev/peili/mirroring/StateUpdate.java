package dev.peili.mirroring;

/** From an owner: there is something new for you. What it is waits in the link, where later turns still replace it. */
record StateUpdate(Link link) implements QuietMessage {
    @Override
    public void handle(Node receiver) {
        link.deliver(receiver);
    }

    @Override
    public String toString() {
        return "StateUpdate from " + link.owner.path();
    }
}
